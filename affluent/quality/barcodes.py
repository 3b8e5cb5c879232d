"""Barcodes: GTIN-8, UPC (12), EAN (13) and GTIN-14, one number system with one check digit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from stdnum import ean

#: Digits alone, 8, 12, 13 or 14 of them, and not the row of zeros that stands for "none".
WELL_FORMED: Final = r"\A(?!0+\Z)(?:[0-9]{8}|[0-9]{12,14})\Z"

_WELL_FORMED: Final = re.compile(WELL_FORMED)
_GTIN_LENGTH: Final = 14


def is_well_formed(barcode: str) -> bool:
    """Whether the barcode has digits enough, and no other characters, for a check digit."""
    return bool(_WELL_FORMED.match(barcode))


def has_good_check_digit(barcode: str) -> bool:
    """Whether the last digit follows from the others."""
    return bool(ean.is_valid(barcode))


def as_gtin(barcode: str) -> str:
    """The barcode as a GTIN-14, so that a UPC equals the EAN that it is."""
    return barcode.zfill(_GTIN_LENGTH)


def keepers(
    candidates: Iterable[tuple[str, str]], live_barcodes: Mapping[str, str]
) -> dict[str, str]:
    """Which SKU keeps each GTIN: the live one, or else the earliest of the (sku, barcode) pairs."""
    kept = {as_gtin(barcode): sku for barcode, sku in live_barcodes.items()}
    for sku, barcode in candidates:
        kept.setdefault(as_gtin(barcode), sku)
    return kept
