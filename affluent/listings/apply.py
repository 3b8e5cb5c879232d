"""Sending a gated plan of listings, and keeping the listings' status as it goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from affluent.domain.collecting import few_collections
from affluent.domain.effect import Effect
from affluent.domain.listing import Listing, ListingStatus, Requirements, SubmissionPath
from affluent.domain.plan import Change, Gated, Held
from affluent.domain.product import Variant
from affluent.listings.plan import content_fingerprint
from affluent.submissions.budget import refuse_beyond_budget
from affluent.submissions.context import Sender
from affluent.submissions.endings import forget_endings
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
    batches = {
        path: [one for one in gated.passed if paths[one.after["selling_list"]] is path]
        for path in SubmissionPath
    }
    refuse_beyond_budget([(batch, path) for path, batch in batches.items() if batch], sender)
    record_held(gated.held, gated.plan.hash, sender)
    with sender.units() as work:
        known = {one.sku: one for one in work.listings.of(sender.account, sender.marketplace_id)}
        passed = [change.key for change in gated.passed]
        forget_endings(sender.account, sender.marketplace_id, passed, work)
        work.commit()
    held = [_held(one, variants, known.get(one.change.key)) for one in gated.held]
    pending = [pending_listing(change, variants, known.get(change.key)) for change in gated.passed]
    _save([*held, *pending], sender)
    warnings = words_of_warnings(gated)
    for path, batch in batches.items():
        if batch:
            send(batch, gated.plan.hash, path, sender, warnings)
    _mark_refused(pending, sender)
    return under_way(sender)


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
    fresh = _fresh(held.change, variants[held.change.key])
    return replace(fresh, status=ListingStatus.HELD, reasons=reasons)


def pending_listing(
    change: Change, variants: Mapping[str, Variant], known: Listing | None
) -> Listing:
    """What Amazon shows of it, and the errors it shows, count until a reading says otherwise."""
    variant = variants[change.key]
    base = known if known is not None and known.status.is_taken else _fresh(change, variant)
    return replace(
        base,
        status=ListingStatus.PENDING,
        selling_list=change.after["selling_list"],
        store_sku=variant.sku,
        variant_id=variant.variant_id,
        asin=change.after["asin"],
        product_type=change.after["product_type"],
        barcode=variant.barcode,
        created_by_us=change.after["requirements"] == Requirements.LISTING,
        fingerprint=content_fingerprint(change),
        reasons=() if base.status is ListingStatus.LINKED else base.reasons,
    )


def _fresh(change: Change, variant: Variant) -> Listing:
    return Listing(
        account=change.account,
        marketplace_id=change.marketplace_id,
        sku=change.key,
        status=ListingStatus.DRAFT,
        selling_list=change.after["selling_list"],
        store_sku=variant.sku,
        variant_id=variant.variant_id,
        barcode=variant.barcode,
    )


def _save(listings: Sequence[Listing], sender: Sender) -> None:
    with sender.units() as work:
        work.listings.save(listings, sender.clock.now())
        work.commit()
