"""Where price, quantity and handling time come from, as it is kept beside what is sent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from affluent.domain.offer.offered import OfferedPrice
from affluent.domain.offer.override import OfferOverride
from affluent.domain.offer.profile import OfferProfile, QuantityMode
from affluent.domain.product import Variant
from affluent.domain.provenance import Provenance

#: The parts of Amazon's attributes, under the names that people know them by.
OFFER_PATHS: Final = {
    "price": "purchasable_offer.our_price",
    "quantity": "fulfillment_availability.quantity",
    "lead_time_days": "fulfillment_availability.lead_time_to_ship_max_days",
}

#: Whatever the stock is.
_FIXED: Final = (QuantityMode.CUSTOM, QuantityMode.SINGLE)
_VALUED: Final = (
    QuantityMode.CUSTOM,
    QuantityMode.AT_MOST,
    QuantityMode.BUFFER,
    QuantityMode.PERCENT,
)


def price_origin(
    offered: OfferedPrice, variant: Variant, profile: OfferProfile, override: OfferOverride
) -> Provenance:
    """The store's price, and the steps that made the offered one."""
    return Provenance(
        path=OFFER_PATHS["price"],
        source="price in the store",
        raw=str(variant.price),
        steps=offered.steps,
        profile=profile.name,
        version=profile.version,
        override=_given(override, "price", "floor", "ceiling"),
    )


def quantity_origin(
    in_store: int | None, reserved: int, profile: OfferProfile, override: OfferOverride
) -> Provenance:
    """The store's stock (None: not tracked), what is taken off it, and by which mode."""
    return Provenance(
        path=OFFER_PATHS["quantity"],
        source="stock",
        raw="not tracked" if in_store is None else str(in_store),
        steps=tuple(_quantity_steps(in_store, reserved, profile, override)),
        profile=profile.name,
        version=profile.version,
        override=_given(override, "quantity"),
    )


def gone_origin(profile: OfferProfile, *, is_deleted: bool) -> Provenance:
    """A quantity of 0, because the store has, or shows, the product no longer."""
    return Provenance(
        path=OFFER_PATHS["quantity"],
        source="visibility",
        raw="deleted" if is_deleted else "hidden",
        steps=(f"when gone {profile.when_gone}",),
        profile=profile.name,
        version=profile.version,
    )


def kept_origin(quantity: int) -> Provenance:
    """A quantity that stays as it is on Amazon."""
    steps = ("a single unit that was sold does not come back",)
    return Provenance(OFFER_PATHS["quantity"], "quantity on Amazon", str(quantity), steps)


def handling_origin(profile: OfferProfile, override: OfferOverride) -> Provenance:
    """The days in which the merchant ships, of his profile or given for the SKU."""
    return Provenance(
        path=OFFER_PATHS["lead_time_days"],
        source="lead_time_days",
        raw="" if profile.lead_time_days is None else str(profile.lead_time_days),
        profile=profile.name,
        version=profile.version,
        override=_given(override, "lead_time_days"),
    )


def _quantity_steps(
    in_store: int | None, reserved: int, profile: OfferProfile, override: OfferOverride
) -> Iterator[str]:
    if override.quantity is not None:
        yield f"{override.quantity} set by hand"
        return
    if in_store is None:
        yield f"{profile.untracked_quantity} stand for it"
    elif reserved:
        yield f"{reserved} reserved for orders that the store does not hold yet"
    value = f" {profile.quantity_value}" if profile.quantity_mode in _VALUED else ""
    yield f"mode {profile.quantity_mode}{value}"
    if profile.quantity_mode in _FIXED:
        return
    if profile.quantity_minimum:
        yield f"none below {profile.quantity_minimum}"
    if profile.quantity_maximum is not None:
        yield f"at most {profile.quantity_maximum}"


def _given(override: OfferOverride, *names: str) -> str:
    values = {name: getattr(override, name) for name in names}
    return ", ".join(f"{name} {value}" for name, value in values.items() if value is not None)
