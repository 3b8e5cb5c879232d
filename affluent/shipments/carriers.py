"""The store's carriers in Amazon's words.

BigCommerce names a carrier in one of three fields, in its own codes or in free text; Amazon wants
one of its carrier codes, or Other with the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from rapidfuzz import fuzz, process

from affluent.domain.carrier_codes import CARRIER_CODES, OTHER
from affluent.domain.shipment import Carrier, StoreShipment

#: Carriers whose names begin longer ones, such as `UPS Ground` or AfterShip's `dhl-germany`. Other
#: codes of Amazon's are words of every day, such as Target, and must be named alone.
_WELL_KNOWN: Final = (
    "Aramex|Australia Post|BlueDart|BRT|Canada Post|Chronopost|Colissimo|Correos|Correos Express|"
    "Delhivery|Deutsche Post|DHL|DHL eCommerce|DHL Express|DHL Freight|DHL Global Mail|DPD|"
    "DPD Local|FedEx|Fedex Freight|FedEx SmartPost|GLS|Hermes|India Post|InPost|Japan Post|"
    "La Poste|Lasership|Mondial Relay|OnTrac|Parcelforce|Poste Italiane|PostNL|PostNord|PUROLATOR|"
    "Royal Mail|Seur|Singapore Post|Swiss post|TNT|UPS|UPS Freight|UPS Mail Innovations|USPS|Yodel"
)
#: Other names of the same: BigCommerce's codes, and the carriers' own.
_ALIASES: Final = {
    "auspost": "Australia Post",
    "endicia": "USPS",
    "federalexpress": "FedEx",
    "unitedparcelservice": "UPS",
    "unitedstatespostalservice": "USPS",
    "uspostalservice": "USPS",
    "upsonline": "UPS",
    "upsready": "UPS",
}
#: What BigCommerce writes into the field though it carries nothing.
_NO_CARRIERS: Final = frozenset({"shipperhq"})

#: Of 100; two names of this likeness differ by a slip of the pen.
_ALIKE: Final = 88
_SHORTEST_ALIKE: Final = 4
#: Stands where a shipment names no carrier at all.
UNNAMED: Final = "Unknown"


class Found(StrEnum):
    """How a name came to its code."""

    SETTINGS = "settings"
    KNOWN = "known"
    ALIKE = "alike"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class NamedCarrier:
    """A carrier by the name it has in the store, and Amazon's code for it."""

    name: str
    code: str
    found: Found

    def in_amazons_words(self) -> Carrier:
        """What confirmShipment is told."""
        return Carrier(self.code, self.name if self.code == OTHER else self.code)


def carrier_of(shipment: StoreShipment, own: Mapping[str, str]) -> NamedCarrier:
    """The carrier that the shipment names, in whichever field; Other where Amazon has no code.

    `own` are the merchant's names and codes, which go before ours. The shipping method is a
    phrase, in which only the well-known carriers are looked for.
    """
    fields = (shipment.provider, shipment.tracking_carrier, shipment.method)
    named = [
        carrier_named(name.strip(), own, is_phrase=is_phrase)
        for name, is_phrase in zip(fields, (False, False, True), strict=True)
        if _key(name) and _key(name) not in _NO_CARRIERS
    ]
    known = (one for one in named if one.found is not Found.UNKNOWN)
    return next(known, named[0] if named else NamedCarrier(UNNAMED, OTHER, Found.UNKNOWN))


def carrier_named(name: str, own: Mapping[str, str], *, is_phrase: bool = False) -> NamedCarrier:
    """Amazon's code for one name: by the settings, as it is, by its first words, or by likeness."""
    merchants = {_key(one): code for one, code in own.items()}
    if code := merchants.get(_key(name)):
        return NamedCarrier(name, code, Found.SETTINGS)
    known = _BY_LEADING_WORDS if is_phrase else _BY_NAME
    if code := known.get(_key(name)) or _by_leading_words(name):
        return NamedCarrier(name, code, Found.KNOWN)
    if not is_phrase and (code := _alike(_key(name), {**_BY_NAME, **merchants})):
        return NamedCarrier(name, code, Found.ALIKE)
    return NamedCarrier(name, OTHER, Found.UNKNOWN)


def _by_leading_words(name: str) -> str | None:
    """The code of as many leading words as make one."""
    found = (_BY_LEADING_WORDS.get(words) for words in _leading_words(name))
    return next((code for code in found if code), None)


def _leading_words(name: str) -> Iterator[str]:
    words = [_key(word) for word in re.split(r"[\W_]+", name)]
    for count in range(len(words), 0, -1):
        yield "".join(words[:count])


def _alike(key: str, codes: Mapping[str, str]) -> str | None:
    long_enough = [one for one in codes if len(one) > _SHORTEST_ALIKE]
    if len(key) < _SHORTEST_ALIKE:
        return None
    match = process.extractOne(key, long_enough, scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return codes[match[0]] if match else None


def _key(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _by_key(codes: Iterable[str]) -> dict[str, str]:
    """Of the codes that differ in their spelling only, the first counts."""
    keyed: dict[str, str] = {}
    for code in codes:
        keyed.setdefault(_key(code), code)
    return keyed


_BY_LEADING_WORDS: Final = _by_key(_WELL_KNOWN.split("|")) | _ALIASES
_BY_NAME: Final = _by_key(code for code in CARRIER_CODES if code != OTHER) | _BY_LEADING_WORDS
