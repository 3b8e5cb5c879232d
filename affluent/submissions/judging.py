"""What one reading of a listing proves about a write. Pure.

A write is effective when Amazon shows what it was meant to do, refused when Amazon shows an error
on the listing, and still under way otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from affluent.domain.effect import Effect, EffectState, Resolution
from affluent.domain.issue import Severity
from affluent.domain.listing import AmazonListing, Listing, ListingStatus
from affluent.domain.offer import beside_price
from affluent.domain.plan import Operation


def judge(
    effect: Effect, listing: AmazonListing, known: Listing | None, *, is_last: bool
) -> Resolution | None:
    """What a reading proves, or None. An error that stood there before the write counts at once
    where Amazon has changed the listing since, and else only at last."""
    if effect.operation is Operation.DELETE_LISTING or not _can_tell(effect, known):
        return None
    errors = errors_of(listing)
    is_shown = shows(listing, effect.after)
    if is_shown and (not errors or effect.operation is Operation.PATCH_OFFER):
        return Resolution(
            effect.effect_id,
            EffectState.EFFECTIVE,
            issues=listing.issues,
            messages=(f"Amazon shows {shown_offer(listing)}.",),
        )
    is_new = not set(errors) <= set(known.reasons if known else ())
    if errors and (is_last or is_new or _was_judged(effect, listing)):
        return Resolution(
            effect.effect_id, EffectState.REFUSED, issues=listing.issues, messages=errors
        )
    return None


def judge_absence(effect: Effect) -> Resolution | None:
    """What a reading proves that finds no listing: a deletion, and nothing else."""
    if effect.operation is not Operation.DELETE_LISTING:
        return None
    words = ("Amazon shows the listing no longer.",)
    return Resolution(effect.effect_id, EffectState.EFFECTIVE, messages=words)


def shows(listing: AmazonListing, after: Mapping[str, object]) -> bool:
    """Whether Amazon shows the price, quantity and parent that a change was to bring about."""
    if "price" in after and (
        listing.price is None or listing.price.amount != Decimal(str(after["price"]))
    ):
        return False
    parent = after.get("parent_sku")
    if parent and parent not in listing.parent_skus:
        return False
    return after.get("quantity") is None or listing.quantity == after["quantity"]


def shown_offer(listing: AmazonListing) -> str:
    """Price and quantity as Amazon shows them, in words; the parent of a tree has neither."""
    price = [f"price {listing.price}"] if listing.price else []
    quantity = [] if listing.quantity is None else [f"quantity {listing.quantity}"]
    return ", ".join([*price, *quantity]) or "the listing"


def wanted_offer(after: Mapping[str, object]) -> str:
    """Price and quantity as a change wants them, in words."""
    if after.get("status") == ListingStatus.ENDED and "quantity" not in after:
        return "the deletion"
    named = [name for name in ("price", "quantity") if after.get(name) is not None]
    return " and ".join(f"{name} {after[name]}" for name in named) or "the listing"


def seen(known: Listing, shown: AmazonListing, *, is_settled: bool) -> Listing:
    """A listing whose content is still on its way stays pending, whatever stood there before."""
    if is_settled or known.status is not ListingStatus.PENDING:
        return refreshed(known, shown)
    if not known.was_seen:
        return known
    return replace(refreshed(known, shown), status=known.status, reasons=known.reasons)


def refreshed(known: Listing, shown: AmazonListing) -> Listing:
    """What we know of a listing, brought up to what Amazon shows; what ended comes back only by
    being listed or linked again."""
    errors = errors_of(shown)
    status = ListingStatus.ERROR if errors else ListingStatus.LINKED
    return replace(
        known,
        status=known.status if known.status is ListingStatus.ENDED else status,
        reasons=errors,
        asin=shown.asin or known.asin,
        product_type=shown.product_type or known.product_type,
        channel=shown.channel,
        price=shown.price,
        quantity=shown.quantity,
        buyable="BUYABLE" in shown.statuses,
        changed_on_amazon_at=shown.changed_at or known.changed_on_amazon_at,
    )


def ended(known: Listing, effect: Effect) -> Listing:
    """A listing after an effect that was to end it: no river follows it any longer."""
    if effect.after.get("status") != ListingStatus.ENDED:
        return known
    if effect.operation is Operation.DELETE_LISTING:
        known = replace(known, price=None, quantity=None, fingerprint="", beside_price="")
    return replace(known, status=ListingStatus.ENDED, buyable=False, reasons=())


def with_terms(known: Listing, effect: Effect) -> Listing:
    """A listing with what an effect that Amazon took brought of the terms that no reading shows.

    A put replaces all of them. What has no receipt proves nothing, and is sent again.
    """
    if effect.state is not EffectState.ACCEPTED:
        return known
    after, is_put = effect.after, effect.operation is Operation.PUT_LISTING
    beside = beside_price(after) if is_put or "price" in after else known.beside_price
    days = after.get("lead_time_days", None if is_put else known.lead_time_days)
    return replace(known, beside_price=beside, lead_time_days=days)


def errors_of(listing: AmazonListing) -> tuple[str, ...]:
    """The issues that keep the listing from being sold, as a merchant knows them."""
    return tuple(issue.text() for issue in listing.issues if issue.severity is Severity.ERROR)


def _can_tell(effect: Effect, known: Listing | None) -> bool:
    """Whether a reading can prove the write: price and quantity say nothing of the content, so a
    put over a listing that Amazon showed before is only proven by Amazon's receipt."""
    is_first = known is None or not known.was_seen
    has_receipt = effect.state is EffectState.ACCEPTED
    return is_first or has_receipt or effect.operation is not Operation.PUT_LISTING


def _was_judged(effect: Effect, listing: AmazonListing) -> bool:
    """Whether Amazon has changed the listing after its receipt for the put: what it shows now is
    its answer. A feed's receipt comes after its changes, so there the recording counts."""
    if effect.operation is not Operation.PUT_LISTING or effect.state is not EffectState.ACCEPTED:
        return False
    since = effect.updated_at if effect.parent_id is None else effect.created_at
    return listing.changed_at is not None and listing.changed_at > since
