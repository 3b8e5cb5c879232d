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
from affluent.submissions.context import Sender

_POLL_SECONDS: Final = 10.0


def settle(effects: Sequence[Effect], sender: Sender, patience_seconds: float) -> int:
    """Read back until every effect is effective or refused, or the patience is used up.

    Answers how many are still under way; they stay accepted, and the next run reads them again.
    """
    waiting = list(effects)
    waited = 0.0
    while waiting:
        waiting = _look(waiting, sender)
        sender.progress.show("read back", len(effects) - len(waiting), len(effects))
        if not waiting or waited >= patience_seconds:
            break
        sender.clock.sleep(_POLL_SECONDS)
        waited += _POLL_SECONDS
    return len(waiting)


def look_again(effects: Sequence[Effect], sender: Sender) -> None:
    """Resolve what a dead run left behind: effective if Amazon shows it, superseded if not."""
    left = _look([effect for effect in effects if effect.state is not EffectState.PLANNED], sender)
    planned = [effect for effect in effects if effect.state is EffectState.PLANNED]
    words = ("The run that planned this ended early; a new plan takes its place.",)
    with sender.units() as work:
        superseded = [
            Resolution(effect.effect_id, EffectState.SUPERSEDED, messages=words)
            for effect in left + planned
        ]
        work.ledger.resolve(superseded, sender.clock.now())
        work.commit()


def _look(effects: Sequence[Effect], sender: Sender) -> list[Effect]:
    """Read the effects' listings once; answers the effects that Amazon does not show yet."""
    skus = sorted({effect.key for effect in effects})
    shown = {
        listing.sku: listing for listing in sender.amazon.listings.find(sender.marketplace_id, skus)
    }
    resolutions = {
        effect.effect_id: resolution
        for effect in effects
        if effect.key in shown
        for resolution in [_judge(effect, shown[effect.key])]
        if resolution is not None
    }
    with sender.units() as work:
        work.ledger.resolve(list(resolutions.values()), sender.clock.now())
        known = {one.sku: one for one in work.listings.of(sender.account, sender.marketplace_id)}
        seen = [refreshed(known[sku], listing) for sku, listing in shown.items() if sku in known]
        work.listings.save(seen, sender.clock.now())
        work.commit()
    return [effect for effect in effects if effect.effect_id not in resolutions]


def _judge(effect: Effect, listing: AmazonListing) -> Resolution | None:
    errors = tuple(issue for issue in listing.issues if issue.severity is Severity.ERROR)
    if errors:
        return Resolution(
            effect.effect_id,
            EffectState.REFUSED,
            issues=listing.issues,
            messages=tuple(issue.text() for issue in errors),
        )
    if not shows(listing, effect.after):
        return None
    price = f"price {listing.price}, " if listing.price else ""
    return Resolution(
        effect.effect_id,
        EffectState.EFFECTIVE,
        issues=listing.issues,
        messages=(f"Amazon shows {price}quantity {listing.quantity}.",),
    )


def shows(listing: AmazonListing, after: Mapping[str, object]) -> bool:
    """Whether Amazon shows the price and quantity that a change was meant to bring about."""
    if "price" in after and (
        listing.price is None or listing.price.amount != Decimal(str(after["price"]))
    ):
        return False
    return "quantity" not in after or listing.quantity == after["quantity"]


def refreshed(known: Listing, shown: AmazonListing) -> Listing:
    """What we know of a listing, brought up to what Amazon shows."""
    errors = tuple(issue.text() for issue in shown.issues if issue.severity is Severity.ERROR)
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
