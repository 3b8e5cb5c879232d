"""Offers of single SKUs, which go before the offer profile, as a file."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import Final

from affluent.domain.given import GivenOverride
from affluent.domain.offer.override import NO_OVERRIDE, OfferOverride
from affluent.selling.tables.cells import (
    STORE_SKU_LENGTH,
    amount_in,
    one_of,
    sku_in,
    whole_in,
)
from affluent.selling.tables.form import SOURCE, CellRefused, Cells, Column, Form

_MOST: Final = 1_000_000
_LONGEST_LEAD: Final = 30

_VALUES: Final = ("price", "quantity", "lead_time_days", "floor", "ceiling")
_COLUMNS: Final = (
    Column("selling_list", ("list",)),
    Column("store_sku", ("bigcommerce_sku", "product_sku", "sku")),
    Column("price", required=False),
    Column("quantity", ("qty",), required=False),
    Column("lead_time_days", ("handling_time",), required=False),
    Column("floor", ("min_price", "minimum_price"), required=False),
    Column("ceiling", ("max_price", "maximum_price"), required=False),
    Column(SOURCE, required=False),
)


def overrides_form(lists: Collection[str], source: str) -> Form[GivenOverride]:
    """The form of overrides; amounts are in the currency of the list's marketplace. An empty cell
    leaves its value to the offer profile."""

    def read(cells: Cells) -> GivenOverride:
        given = GivenOverride(
            selling_list=one_of(cells, "selling_list", lists, "selling list"),
            store_sku=sku_in(cells, "store_sku", STORE_SKU_LENGTH),
            override=OfferOverride(
                price=amount_in(cells, "price"),
                quantity=whole_in(cells, "quantity", _MOST),
                lead_time_days=whole_in(cells, "lead_time_days", _LONGEST_LEAD),
                floor=amount_in(cells, "floor"),
                ceiling=amount_in(cells, "ceiling"),
            ),
            source=cells.get(SOURCE, "") or source,
        )
        _check(given.override, cells)
        return given

    return Form(_COLUMNS, read, _written, _key)


def _check(override: OfferOverride, cells: Cells) -> None:
    if override == NO_OVERRIDE:
        fix = f"fill one of {', '.join(_VALUES)}, or leave the row out"
        raise CellRefused("price", "", "is empty, and so is all the rest of the row", fix)
    lowest, highest = override.floor, override.ceiling
    if lowest is not None and highest is not None and lowest > highest:
        raise CellRefused("ceiling", cells["ceiling"], "is below the floor", "swap the two")


def _written(given: GivenOverride) -> Cells:
    override = given.override
    return {
        "selling_list": given.selling_list,
        "store_sku": given.store_sku,
        **{name: _text(getattr(override, name)) for name in _VALUES},
        SOURCE: given.source,
    }


def _text(value: Decimal | int | None) -> str:
    return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)


def _key(given: GivenOverride) -> tuple[str, ...]:
    return given.selling_list, given.store_sku
