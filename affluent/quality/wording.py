"""What a merchant reads when a row of a batch is held: the field, its value, and a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from affluent.domain.issue import Finding, Reason
from affluent.quality.amazon_issues import IDENTIFIER, SUGGESTED_ASIN, required
from affluent.quality.barcodes import likely_meant
from affluent.quality.listing_rows import LONGEST_NAME
from affluent.quality.row import Row


def _no_hint(_value: str) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Wording:
    """The field a reason speaks of, the column that holds its value, and the message's template.

    A template names columns of the row; `hint` adds a sentence on the value, or "".
    """

    field: str
    column: str
    template: str
    hint: Callable[[str], str] = _no_hint


WORDINGS: Final[Mapping[Reason, Wording]] = {
    Reason.NO_IDENTIFIER: Wording(IDENTIFIER, "identifier", required(IDENTIFIER).text()),
    Reason.MALFORMED_BARCODE: Wording(
        "barcode",
        "barcode",
        "The barcode '{barcode}' is not one of 8, 12, 13 or 14 digits.",
        likely_meant,
    ),
    Reason.BAD_CHECK_DIGIT: Wording(
        "barcode",
        "barcode",
        "The barcode '{barcode}' does not end in its check digit: a digit of it is wrong.",
    ),
    Reason.RESTRICTED_BARCODE: Wording(
        "barcode",
        "barcode",
        "The barcode '{barcode}' is a number that shops give themselves, or a coupon's: it names "
        "no product outside.",
    ),
    Reason.DUPLICATE_SKU: Wording(
        "sku", "sku", "The SKU '{sku}' stands more than once in this batch."
    ),
    Reason.DUPLICATE_GTIN: Wording(
        "barcode",
        "barcode",
        "The barcode '{barcode}' belongs to the SKU '{keeper}' already.",
    ),
    Reason.ZERO_PRICE: Wording("price", "price", "The price {price} {currency} is not above 0."),
    Reason.HUGE_PRICE: Wording(
        "price",
        "price",
        "The price {price} {currency} is above the ceiling of {ceiling} of profile '{profile}'.",
    ),
    Reason.LOW_PRICE: Wording(
        "price",
        "price",
        "The price {price} {currency} is below the floor of {floor} of profile '{profile}'.",
    ),
    Reason.NEGATIVE_QUANTITY: Wording(
        "quantity", "quantity", "The quantity {quantity} is below 0."
    ),
    Reason.NO_NAME: Wording("item_name", "name", "The product has no name."),
    Reason.LONG_NAME: Wording(
        "item_name",
        "name_bytes",
        f"The name takes {{name_bytes}} bytes in UTF-8; Amazon allows {LONGEST_NAME}.",
    ),
    Reason.TITLE_CHARACTERS: Wording(
        "item_name", "title", "The title has what Amazon does not take in titles: {title_flaws}"
    ),
    Reason.INSECURE_IMAGE: Wording(
        "image_url",
        "insecure_image",
        "The image '{insecure_image}' is not on https: on its way to Amazon, anybody can "
        "put another in its place.",
    ),
    Reason.NOT_IN_CATALOG: Wording(SUGGESTED_ASIN, "barcode", required(SUGGESTED_ASIN).text()),
    Reason.SEVERAL_MATCHES: Wording(
        SUGGESTED_ASIN,
        "barcode",
        "Amazon knows {undecided_matches} products with the barcode '{barcode}': choose one.",
    ),
    Reason.PRICE_MOVED: Wording(
        "price",
        "price",
        "The price moves from {before} to {price} {currency}, by {change:+.1%}; profile "
        "'{profile}' lets it move by {largest_move:.0%} at once.",
    ),
    Reason.FBA_QUANTITY: Wording(
        "quantity",
        "quantity",
        "Amazon keeps the stock of this SKU ({channel}): a quantity of ours must not be sent.",
    ),
}


def finding(row: Row, reason: Reason) -> Finding:
    """The finding that holds a row."""
    wording = WORDINGS[reason]
    given = row.get(wording.column)
    value = "" if given is None else str(given)
    message = wording.template.format_map(row)
    hint = wording.hint(value)
    return Finding(
        key=str(row["sku"]),
        reason=reason,
        message=f"{message} {hint}" if hint else message,
        field=wording.field,
        value=value,
    )
