"""Sending a gated plan of listings, and keeping the listings' status as it goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from affluent.domain.collecting import few_collections
from affluent.domain.effect import Effect
from affluent.domain.listing import Listing, ListingStatus, Requirements, SubmissionPath
from affluent.domain.plan import Change, Gated, Held, Operation
from affluent.domain.product import Variant
from affluent.domain.variation import kinship_of
from affluent.listings.standing import content_fingerprint
from affluent.listings.waiting import in_waves, part_by_parent
from affluent.submissions.budget import refuse_beyond_budget
from affluent.submissions.context import Sender
from affluent.submissions.endings import forget_endings
from affluent.submissions.readback import PATIENCE, settle
from affluent.submissions.sending import record_held, refused, send, under_way, words_of_warnings


@few_collections()
def apply_listings(
    gated: Gated,
    paths: Mapping[str, SubmissionPath],
    variants: Mapping[str, Variant],
    sender: Sender,
) -> list[Effect]:
    """Send what passed, each selling list on its own path; answers what Amazon took.

    `paths` is keyed by selling list, `variants` by SKU. Raises BatchStopped where all of it takes
    longer than the account allows.
    """
    lists = _Lists(gated.hash, paths, variants, words_of_warnings(gated))
    batches = lists.batches(gated.passed)
    refuse_beyond_budget([(batch, path) for path, batch in batches.items() if batch], sender)
    record_held(gated.held, gated.hash, sender)
    with sender.units() as work:
        known = {one.sku: one for one in work.listings.of(sender.account, sender.marketplace_id)}
        passed = [change.key for change in gated.passed]
        forget_endings(sender.account, sender.marketplace_id, passed, work)
        work.commit()
    _save([_held(one, variants, known.get(one.change.key)) for one in gated.held], sender)
    first, children = in_waves(gated.passed, known)
    _send(first, lists, sender)
    if children:
        _send_children(children, lists, sender)
    return under_way(sender)


@dataclass(frozen=True)
class _Lists:
    """What a plan is sent with: the lists' paths, the variants by SKU, and the gate's warnings."""

    plan_hash: str
    paths: Mapping[str, SubmissionPath]
    variants: Mapping[str, Variant]
    warnings: Mapping[str, tuple[str, ...]]

    def batches(self, changes: Sequence[Change]) -> dict[SubmissionPath, list[Change]]:
        """The changes by the path of their list."""
        return {
            path: [one for one in changes if self.paths[one.after["selling_list"]] is path]
            for path in SubmissionPath
        }


def _send_children(children: Sequence[Change], lists: _Lists, sender: Sender) -> None:
    """Wait until Amazon shows the parents, and send the children of those that it does."""
    parents = sorted({one.after["parent_sku"] for one in children})
    sent = [effect for effect in under_way(sender) if effect.key in parents]
    settle(sent, sender, PATIENCE[Operation.PUT_LISTING])
    with sender.units() as work:
        known = work.listings.named(
            sender.account, sender.marketplace_id, [*parents, *(one.key for one in children)]
        )
    ready, waiting = part_by_parent(children, known)
    record_held(waiting, lists.plan_hash, sender)
    _save([_held(one, lists.variants, known.get(one.change.key)) for one in waiting], sender)
    _send(ready, lists, sender)


def _send(changes: Sequence[Change], lists: _Lists, sender: Sender) -> None:
    with sender.units() as work:
        keys = [change.key for change in changes]
        known = work.listings.named(sender.account, sender.marketplace_id, keys)
    pending = [pending_listing(change, lists.variants, known.get(change.key)) for change in changes]
    _save(pending, sender)
    for path, batch in lists.batches(changes).items():
        if batch:
            send(batch, lists.plan_hash, path, sender, lists.warnings)
    _mark_refused(pending, sender)


def _mark_refused(pending: Sequence[Listing], sender: Sender) -> None:
    messages = {effect.key: effect.messages for effect in refused(sender)}
    errors = [
        replace(listing, status=ListingStatus.ERROR, reasons=messages[listing.sku])
        for listing in pending
        if listing.sku in messages
    ]
    _save(errors, sender)


def _held(held: Held, variants: Mapping[str, Variant], known: Listing | None) -> Listing:
    """A listing that is on Amazon already stays what it is there: its stock must still follow."""
    reasons = tuple(finding.message for finding in held.findings)
    if known is not None and known.status.is_taken:
        return replace(known, reasons=reasons)
    fresh = _fresh(held.change, variants.get(held.change.key))
    return replace(fresh, status=ListingStatus.HELD, reasons=reasons)


def pending_listing(
    change: Change, variants: Mapping[str, Variant], known: Listing | None
) -> Listing:
    """What Amazon shows of it, and the errors it shows, count until a reading says otherwise."""
    fresh = _fresh(change, variants.get(change.key))
    base = known if known is not None and known.status.is_taken else fresh
    return replace(
        base,
        status=ListingStatus.PENDING,
        selling_list=fresh.selling_list,
        store_sku=fresh.store_sku,
        variant_id=fresh.variant_id,
        asin=change.after["asin"],
        product_type=change.after["product_type"],
        barcode=fresh.barcode,
        kinship=fresh.kinship,
        created_by_us=change.after["requirements"] == Requirements.LISTING,
        fingerprint=content_fingerprint(change),
        reasons=() if base.status is ListingStatus.LINKED else base.reasons,
    )


def _fresh(change: Change, variant: Variant | None) -> Listing:
    """The parent of a tree sells no variant."""
    return Listing(
        account=change.account,
        marketplace_id=change.marketplace_id,
        sku=change.key,
        status=ListingStatus.DRAFT,
        selling_list=change.after["selling_list"],
        store_sku=variant.sku if variant else "",
        variant_id=variant.variant_id if variant else None,
        barcode=variant.barcode if variant else "",
        kinship=kinship_of(change.after),
    )


def _save(listings: Sequence[Listing], sender: Sender) -> None:
    with sender.units() as work:
        work.listings.save(listings, sender.clock.now())
        work.commit()
