"""Product identifiers and the numbers that Amazon gives: GTINs, ASINs, order and feed ids.

All given numbers follow from the seed and a key, so that a run can be repeated.
"""

from __future__ import annotations

from hashlib import blake2b

GTIN_LENGTHS = {
    "EAN": (8, 13),
    "UPC": (12,),
    "GTIN": (8, 12, 13, 14),
    "ISBN": (10, 13),
    "JAN": (8, 13),
}
_ASIN_ALPHABET = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def gtin14(value: str) -> str:
    """The identifier in its 14-digit form, under which its shorter forms are found too."""
    return value.strip().zfill(14)


def is_valid_gtin(value: str) -> bool:
    """Whether length and check digit (GS1, modulo 10) are right."""
    if not value.isdecimal() or len(value) not in GTIN_LENGTHS["GTIN"]:
        return False
    digits = [int(digit) for digit in value]
    weighted = sum(
        digit * (3 if place % 2 == 0 else 1) for place, digit in enumerate(digits[-2::-1])
    )
    return (10 - weighted % 10) % 10 == digits[-1]


def equivalent_forms(identifiers: dict[str, str]) -> dict[str, str]:
    """The identifiers by type, with the GTIN, EAN and UPC forms of the same number."""
    forms = dict(identifiers)
    number = next(
        (identifiers[kind] for kind in ("GTIN", "EAN", "UPC") if kind in identifiers), None
    )
    if number is None:
        return forms
    full = gtin14(number)
    forms.setdefault("GTIN", full)
    if full.startswith("0"):
        forms.setdefault("EAN", full[1:])
    if full.startswith("00"):
        forms.setdefault("UPC", full[2:])
    return forms


class NumberSource:
    """Repeatable numbers by kind and key."""

    def __init__(self, seed: int) -> None:
        self._seed = seed

    def number(self, kind: str, key: str, below: int) -> int:
        """A number from 0 to `below` - 1 that looks drawn by lot."""
        digest = blake2b(f"{self._seed}:{kind}:{key}".encode(), digest_size=8).digest()
        return int.from_bytes(digest) % below

    def digits(self, kind: str, key: str, length: int) -> str:
        """So many decimal digits."""
        return f"{self.number(kind, key, 10**length):0{length}}"

    def asin(self, key: str) -> str:
        """A new ASIN: B0 and eight letters or digits."""
        rest = self.number("asin", key, len(_ASIN_ALPHABET) ** 8)
        letters = []
        for _ in range(8):
            rest, index = divmod(rest, len(_ASIN_ALPHABET))
            letters.append(_ASIN_ALPHABET[index])
        return "B0" + "".join(letters)

    def order_id(self, key: str) -> str:
        """An Amazon order id of 3, 7 and 7 digits."""
        digits = self.digits("order", key, 17)
        return f"{digits[:3]}-{digits[3:10]}-{digits[10:]}"
