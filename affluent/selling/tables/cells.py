"""What a cell must be: SKUs as text that no spreadsheet has harmed, amounts, whole numbers."""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import Decimal
from typing import Final

from affluent.domain.amazon_catalog import is_asin
from affluent.domain.marketplace import find_marketplace
from affluent.selling.tables.form import CellRefused, Cells

#: Amazon's longest SKU, and the store's.
AMAZON_SKU_LENGTH: Final = 40
STORE_SKU_LENGTH: Final = 255

_ROUNDED: Final = re.compile(r"\d(?:[.,]\d+)?[eE][+-]\d{2,3}")
_BROKEN: Final = re.compile(r"#(?:N/A|REF!|NAME\?|VALUE!|DIV/0!|NULL!|NUM!)")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_AMOUNT: Final = re.compile(r"\d{1,12}(?:\.\d{1,4})?")
_WHOLE: Final = re.compile(r"\d{1,9}")


def sku_in(cells: Cells, column: str, longest: int) -> str:
    """A SKU, as text: leading zeros stay."""
    sku = cells.get(column, "")
    if not sku:
        raise CellRefused(column, sku, "is empty", "give a SKU")
    if _ROUNDED.fullmatch(sku):
        problem = "is a number that a spreadsheet has rounded; its last digits are lost"
        raise CellRefused(column, sku, problem, "format the column as text and export it again")
    if _BROKEN.fullmatch(sku):
        raise CellRefused(column, sku, "is a spreadsheet's error", "mend the formula behind it")
    if _CONTROL.search(sku):
        raise CellRefused(column, sku, "holds a control character", "type the SKU anew")
    if len(sku) > longest:
        problem = f"is {len(sku)} characters long; {longest} are possible"
        raise CellRefused(column, sku, problem, "check that the columns are not shifted")
    return sku


def account_in(cells: Cells, column: str, known: Collection[str]) -> str:
    """The name of an account of the settings."""
    return one_of(cells, column, known, "account")


def one_of(cells: Cells, column: str, known: Collection[str], noun: str) -> str:
    """A name that the settings know."""
    name = cells.get(column, "")
    if name not in known:
        raise CellRefused(
            column, name, f"is no {noun} that is known", f"use one of {', '.join(known) or 'none'}"
        )
    return name


def marketplace_in(cells: Cells, column: str) -> str:
    """The id of a marketplace, by its country code or id."""
    name = cells.get(column, "")
    found = find_marketplace(name)
    if found is None:
        raise CellRefused(column, name, "is no marketplace", "use a country code such as US or DE")
    return found.marketplace_id


def asin_in(cells: Cells, column: str) -> str:
    """An ASIN: ten capital letters and digits."""
    asin = cells.get(column, "")
    if not is_asin(asin):
        fix = "copy it from the product's page on Amazon; an ISBN needs its leading zero"
        raise CellRefused(column, asin, "is no ASIN of ten capital letters and digits", fix)
    return asin


def amount_in(cells: Cells, column: str) -> Decimal | None:
    """An amount above zero, with a point before its decimals; None where the cell is empty."""
    text = cells.get(column, "")
    if not text:
        return None
    amount = Decimal(text) if _AMOUNT.fullmatch(text) else None
    if not amount:
        fix = "write it like 19.90: digits alone, a point before the decimals"
        raise CellRefused(column, text, "is no amount above zero", fix)
    return amount


def whole_in(cells: Cells, column: str, most: int) -> int | None:
    """A whole number from 0; None where the cell is empty."""
    text = cells.get(column, "")
    if not text:
        return None
    if not _WHOLE.fullmatch(text) or int(text) > most:
        problem = f"is no whole number from 0 to {most}"
        raise CellRefused(column, text, problem, "write digits alone")
    return int(text)
