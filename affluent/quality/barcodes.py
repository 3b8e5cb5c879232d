"""Barcodes: GTIN-8, UPC (12), EAN (13) and GTIN-14, one number system with one check digit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from stdnum import isbn

#: Digits alone, 8, 12, 13 or 14 of them, and not the row of zeros that stands for "none".
WELL_FORMED: Final = r"\A(?!0+\Z)(?:[0-9]{8}|[0-9]{12,14})\Z"

#: Of GTIN-14s, the numbers that name no product of a maker: those that a shop or a company gives
#: itself (02, 04, 2; of GTIN-8s 0 and 2), coupons (05, 981 to 984, 99) and refund receipts (980).
#: Source: gs1.org/standards/id-keys/company-prefix
RESTRICTED: Final = r"\A(?:0{6}[02]|[0-9](?:0[245]|2|98[0-4]|99))"

_WELL_FORMED: Final = re.compile(WELL_FORMED)
_GTIN_LENGTH: Final = 14
_ZERO: Final = ord("0")
#: The lengths that a spreadsheet shortens: of a longer one, what is left is a barcode itself.
_PADDED: Final = (8, 12)
_SEPARATORS: Final = re.compile(r"[\s\u2010-\u2015-]+")
_ROUNDED: Final = re.compile(r"\A[0-9][.,]?[0-9]*[eE]\+?[0-9]+\Z")
_OTHER_CHARACTERS: Final = re.compile(r"[^0-9\s\u2010-\u2015-]")


def is_well_formed(barcode: str) -> bool:
    """Whether the barcode has digits enough, and no other characters, for a check digit."""
    return bool(_WELL_FORMED.match(barcode))


def has_good_check_digit(barcode: str) -> bool:
    """Whether the last digit of a well-formed barcode follows from the others."""
    digits = barcode.encode()
    own, tripled = digits[-1::-2], digits[-2::-2]
    total = sum(own) + 3 * sum(tripled) - _ZERO * (len(own) + 3 * len(tripled))
    return total % 10 == 0


def as_gtin(barcode: str) -> str:
    """The barcode as a GTIN-14, so that a UPC equals the EAN that it is."""
    return barcode.zfill(_GTIN_LENGTH)


def likely_meant(barcode: str) -> str:
    """What a malformed barcode looks like, as a sentence; "" where nothing is likely.

    It is told and never used: only the packaging knows.
    """
    bare = _SEPARATORS.sub("", barcode)
    if len(bare) == len("0306406152") and isbn.is_valid(bare):
        return f"It is an ISBN-10; the ISBN-13 of that book is {isbn.to_isbn13(bare)}."
    if _ROUNDED.match(bare):
        return "A spreadsheet has rounded it: the digits are lost, read them off the packaging."
    if others := sorted(set(_OTHER_CHARACTERS.findall(bare))):
        return f"What is no digit does not belong in it: {' '.join(others)}"
    if bare != barcode and is_well_formed(bare):
        return f"Without its spaces and hyphens it would be {bare}."
    return _with_its_zeros(bare)


def _with_its_zeros(digits: str) -> str:
    for length in _PADDED:
        whole = digits.zfill(length)
        if len(digits) < length and is_well_formed(whole) and has_good_check_digit(whole):
            return f"With the leading zeros that a spreadsheet drops it would be {whole}."
    return ""


def keepers(
    candidates: Iterable[tuple[str, str]], live_barcodes: Mapping[str, str]
) -> dict[str, str]:
    """Which SKU keeps each GTIN: the live one, or else the earliest of the (sku, barcode) pairs."""
    kept = {as_gtin(barcode): sku for barcode, sku in live_barcodes.items()}
    for sku, barcode in candidates:
        kept.setdefault(as_gtin(barcode), sku)
    return kept
