"""The sections that say which price and quantity are offered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from affluent.domain.offer import PriceMode, QuantityMode, WhenGone
from affluent.domain.offer.formula import FormulaInvalid, parse_formula
from affluent.domain.offer.profile import Outside
from affluent.domain.offer.rounding import Direction
from affluent.domain.offer.template import PriceRange, range_flaws
from affluent.settings.problems import flaw
from affluent.settings.section import Section


def _readable(text: str) -> str:
    try:
        parse_formula(text)
    except FormulaInvalid as invalid:
        raise flaw(f"{invalid.what} {invalid.why}", invalid.fix) from None
    return text


#: A formula such as `x1.2 +3`, as the merchant wrote it.
FormulaText = Annotated[str, AfterValidator(_readable)]


class PriceRangeSettings(Section):
    """A formula, and the store's prices that it counts for."""

    at_least: Decimal = Field(Decimal(0), ge=0, description="The lowest price of the range.")
    below: Decimal | None = Field(
        None, gt=0, description="The price before which the range ends; unset has no end."
    )
    formula: FormulaText = Field(description="What is made of the price: x1.2 +3, -5%, =19.99.")


class RoundingSettings(Section):
    """Which prices may stand on a label."""

    step: Decimal = Field(Decimal(1), gt=0, description="How far label prices lie apart.")
    ending: Decimal = Field(Decimal(0), ge=0, description="What they end in, such as 0.99.")
    direction: Direction = Field(Direction.NEAREST, description="nearest, up or down.")

    @model_validator(mode="after")
    def _ends_within_a_step(self) -> Self:
        if self.ending >= self.step:
            raise flaw("is not below the step.", "Raise the step, or lower it.", ("ending",))
        return self


class LimitSettings(Section):
    """Limits that a product brings beside the floor and the ceiling; the strictest counts."""

    outside: Outside = Field(
        Outside.HOLD, description="hold a price outside of its limits, or clamp it to them."
    )
    floor_field: str = Field("", description="A custom field that holds a floor.")
    ceiling_field: str = Field("", description="A custom field that holds a ceiling.")
    margin: Decimal | None = Field(
        None, ge=0, description="How much above its cost a product must sell; 0.2 is 20 %."
    )
    map_price: bool = Field(False, description="Whether the product's MAP price is a floor.")
    tell_amazon: bool = Field(
        False, description="Whether Amazon is told the limits, which it never forgets again."
    )


class SaleSettings(Section):
    """A lower price for a while."""

    formula: FormulaText | None = Field(
        None, description="What is made of the price; unset takes the store's sale price."
    )
    starts: date | None = Field(None, description="The first day, such as 2026-11-27.")
    ends: date | None = Field(None, description="The last day.")
    starts_field: str = Field("", description="The custom field that holds the first day.")
    ends_field: str = Field("", description="The custom field that holds the last day.")

    @model_validator(mode="after")
    def _has_a_window(self) -> Self:
        for name in ("starts", "ends"):
            if bool(getattr(self, name)) == bool(getattr(self, f"{name}_field")):
                fix = f"Name either {name} or {name}_field."
                raise flaw("must say one way when the sale runs.", fix, (name,))
        if self.starts and self.ends and self.ends < self.starts:
            raise flaw("lies before the start.", "Correct one of the two days.", ("ends",))
        return self


class TierSettings(Section):
    """A lower price for businesses that buy more."""

    units: int = Field(ge=2, description="From how many units on.")
    formula: FormulaText = Field(description="What is made of the business price.")


class BusinessSettings(Section):
    """Prices for Amazon Business, where the product type allows them."""

    formula: FormulaText | None = Field(
        None, description="What is made of the price; unset leaves it as everybody's."
    )
    tiers: tuple[TierSettings, ...] = Field(
        (), max_length=5, description="Lower prices for more units, at most five."
    )

    @model_validator(mode="after")
    def _rises(self) -> Self:
        units = [tier.units for tier in self.tiers]
        if units != sorted(set(units)):
            fix = "Order them by units, each number once."
            raise flaw("do not rise from tier to tier.", fix, ("tiers",))
        return self


class OfferProfileSettings(Section):
    """How quantity and price follow from the store's."""

    quantity_mode: QuantityMode = Field(
        QuantityMode.PRODUCT,
        description="product, custom, single, at_most, buffer or percent.",
    )
    quantity_value: int = Field(
        0, ge=0, description="The constant, the cap, the buffer or the percentage."
    )
    quantity_minimum: int = Field(0, ge=0, description="A smaller quantity is offered as 0.")
    quantity_maximum: int | None = Field(None, ge=0, description="No quantity is larger.")
    untracked_quantity: int = Field(0, ge=0, description="Offered where no stock is tracked.")
    sells_both_ways: frozenset[str] = Field(
        frozenset(), description="SKUs of which you ship units beside those that Amazon keeps."
    )
    price_mode: PriceMode = Field(
        PriceMode.PRODUCT, description="product, custom, ratio or template."
    )
    price_value: Decimal = Field(
        Decimal(1), gt=0, description="The constant, or the factor (after a template)."
    )
    price_template: tuple[PriceRangeSettings, ...] = Field(
        (), description="For price_mode template: formulas by ranges of the store's price."
    )
    rounding: RoundingSettings | None = Field(
        None, description="Which prices may stand on a label; unset rounds to the currency."
    )
    floor: Decimal = Field(Decimal("0.01"), gt=0, description="A lower price is held.")
    ceiling: Decimal = Field(Decimal(100_000), gt=0, description="A higher price is held.")
    limits: LimitSettings = Field(
        LimitSettings(), description="Limits that a product brings beside floor and ceiling."
    )
    sale: SaleSettings | None = Field(None, description="A lower price for a while.")
    business: BusinessSettings | None = Field(None, description="Prices for Amazon Business.")
    largest_move: Decimal = Field(Decimal("0.5"), gt=0, description="0.5 holds a move over 50 %.")
    largest_share: Decimal = Field(
        Decimal("0.2"),
        gt=0,
        le=1,
        description="0.2 stops a batch in which over 20 % of the prices move that far.",
    )
    largest_zero_share: Decimal = Field(
        Decimal("0.3"),
        gt=0,
        le=1,
        description="0.3 stops a batch in which over 30 % of what is in stock falls to zero.",
    )
    when_gone: WhenGone = Field(
        WhenGone.ZERO,
        description="What the store has no longer: zero, or leave the stock as it is.",
    )
    lead_time_days: int | None = Field(
        None, ge=0, le=30, description="Days until you ship; unset leaves it to Amazon."
    )

    @model_validator(mode="after")
    def _has_quantities_that_can_be(self) -> Self:
        if self.quantity_mode is QuantityMode.PERCENT and self.quantity_value > 100:
            fix = "Use at most 100."
            raise flaw("offers more than the store has.", fix, ("quantity_value",))
        most = self.quantity_maximum
        if most is not None and most < self.quantity_minimum:
            raise flaw(
                "is below quantity_minimum, so that nothing is ever offered.",
                "Raise it.",
                ("quantity_maximum",),
            )
        return self

    @model_validator(mode="after")
    def _has_prices_that_can_be(self) -> Self:
        if self.floor > self.ceiling:
            raise flaw("is above the ceiling.", "Lower it, or raise the ceiling.", ("floor",))
        if (self.price_mode is PriceMode.TEMPLATE) != bool(self.price_template):
            fix = "Use price_mode: template together with price_template."
            raise flaw("and price_mode do not go together.", fix, ("price_template",))
        for problem in range_flaws(tuple(self.ranges())):
            fix = "Let each range begin where the one before ends."
            raise flaw(f"is not whole: {problem}.", fix, ("price_template",))
        return self

    def ranges(self) -> Iterator[PriceRange]:
        """The ranges of the price template."""
        for one in self.price_template:
            yield PriceRange(parse_formula(one.formula), one.at_least, one.below)
