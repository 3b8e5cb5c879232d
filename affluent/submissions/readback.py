"""What is now true on Amazon: ACCEPTED is a receipt, only a reading shows the effect.

A write is effective when Amazon shows what it was meant to do, refused when Amazon shows an error
on the listing, and still under way otherwise. What a reading shows is kept with the listing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from affluent.domain.effect import Effect, EffectState, Resolution
from affluent.domain.issue import Severity
from affluent.domain.listing import AmazonListing, Listing, ListingStatus
from affluent.domain.plan import Operation
from affluent.submissions.context import Sender

_POLL_SECONDS: Final = 10.0


def settle(effects: Sequence[Effect], sender: Sender, patience_seconds: float) -> int:
    """Read back until every effect is effective or refused, or the patience is used up.

    Answers how many are still under way; they stay accepted, and the next run reads them again.
    """
    waiting = list(effects)
    waited = 0.0
    while waiting:
        is_last = waited >= patience_seconds
        waiting = _look(waiting, sender, is_last=is_last)
        sender.progress.show("read back", len(effects) - len(waiting), len(effects))
        if not waiting or is_last:
            break
        sender.clock.sleep(_POLL_SECONDS)
        waited += _POLL_SECONDS
    return len(waiting)


def look_again(effects: Sequence[Effect], sender: Sender) -> None:
    """Resolve what a dead run left behind: effective if Amazon shows it, superseded if not."""
    planned = [effect for effect in effects if effect.state is EffectState.PLANNED]
    sent = [effect for effect in effects if effect.state is not EffectState.PLANNED]
    left = _look(sent, sender, is_last=True)
    words = ("The run that planned this ended early; a new plan takes its place.",)
    with sender.units() as work:
        superseded = [
            Resolution(effect.effect_id, EffectState.SUPERSEDED, messages=words)
            for effect in left + planned
        ]
        work.ledger.resolve(superseded, sender.clock.now())
        work.commit()


def _look(effects: Sequence[Effect], sender: Sender, *, is_last: bool) -> list[Effect]:
    """Read the effects' listings once; answers the effects of which nothing can be said yet."""
    skus = sorted({effect.key for effect in effects})
    shown = {
        listing.sku: listing for listing in sender.amazon.listings.find(sender.marketplace_id, skus)
    }
    with sender.units() as work:
        known = {one.sku: one for one in work.listings.of(sender.account, sender.marketplace_id)}
    resolutions = {
        effect.effect_id: resolution
        for effect in effects
        if effect.key in shown
        for resolution in [_judge(effect, shown[effect.key], known.get(effect.key), is_last)]
        if resolution is not None
    }
    put = {
        effect.key
        for effect in effects
        if effect.effect_id in resolutions and effect.operation is Operation.PUT_LISTING
    }
    seen = [_seen(known[sku], shown[sku], sku in put) for sku in shown if sku in known]
    with sender.units() as work:
        work.ledger.resolve(list(resolutions.values()), sender.clock.now())
        work.listings.save(seen, sender.clock.now())
        work.commit()
    return [effect for effect in effects if effect.effect_id not in resolutions]


def _judge(
    effect: Effect, listing: AmazonListing, known: Listing | None, is_last: bool
) -> Resolution | None:
    """What a reading proves. An error that was there before the write counts only at last."""
    if not _can_tell(effect, known):
        return None
    errors = _errors(listing)
    is_shown = shows(listing, effect.after)
    if is_shown and (not errors or effect.operation is Operation.PATCH_OFFER):
        price = f"price {listing.price}, " if listing.price else ""
        words = (f"Amazon shows {price}quantity {listing.quantity}.",)
        return Resolution(
            effect.effect_id, EffectState.EFFECTIVE, issues=listing.issues, messages=words
        )
    if errors and (is_last or not set(errors) <= set(known.reasons if known else ())):
        return Resolution(
            effect.effect_id, EffectState.REFUSED, issues=listing.issues, messages=errors
        )
    return None


def _can_tell(effect: Effect, known: Listing | None) -> bool:
    """Whether a reading can prove the write: price and quantity say nothing of the content, so a
    put over a listing that Amazon showed before is only proven by Amazon's receipt."""
    is_first = known is None or not known.was_seen
    has_receipt = effect.state is EffectState.ACCEPTED
    return is_first or has_receipt or effect.operation is not Operation.PUT_LISTING


def shows(listing: AmazonListing, after: Mapping[str, object]) -> bool:
    """Whether Amazon shows the price and quantity that a change was meant to bring about."""
    if "price" in after and (
        listing.price is None or listing.price.amount != Decimal(str(after["price"]))
    ):
        return False
    return after.get("quantity") is None or listing.quantity == after["quantity"]


def _seen(known: Listing, shown: AmazonListing, is_settled: bool) -> Listing:
    """A listing whose content is still on its way stays pending, whatever stood there before."""
    if is_settled or known.status is not ListingStatus.PENDING:
        return refreshed(known, shown)
    if not known.was_seen:
        return known
    return replace(refreshed(known, shown), status=known.status, reasons=known.reasons)


def _errors(listing: AmazonListing) -> tuple[str, ...]:
    return tuple(issue.text() for issue in listing.issues if issue.severity is Severity.ERROR)


def refreshed(known: Listing, shown: AmazonListing) -> Listing:
    """What we know of a listing, brought up to what Amazon shows."""
    errors = _errors(shown)
    return replace(
        known,
        status=ListingStatus.ERROR if errors else ListingStatus.LINKED,
        reasons=errors,
        asin=shown.asin or known.asin,
        product_type=shown.product_type or known.product_type,
        channel=shown.channel,
        price=shown.price,
        quantity=shown.quantity,
        buyable="BUYABLE" in shown.statuses,
    )
