"""BigCommerce's carriers in Amazon's words.

BigCommerce names a carrier in one of three fields, in its own codes or in free text; Amazon wants
one of its carrier codes, or Other with the name.
"""

from __future__ import annotations

from typing import Final

from affluent.domain.shipment import Carrier, StoreShipment

_CODES: Final = {
    "auspost": "Australia Post",
    "australiapost": "Australia Post",
    "canadapost": "Canada Post",
    "dhl": "DHL",
    "dhlexpress": "DHL Express",
    "dpd": "DPD",
    "endicia": "USPS",
    "fedex": "FedEx",
    "gls": "GLS",
    "hermes": "Hermes",
    "ontrac": "OnTrac",
    "royalmail": "Royal Mail",
    "tnt": "TNT",
    "ups": "UPS",
    "upsready": "UPS",
    "usps": "USPS",
    "yodel": "Yodel",
}


def carrier_of(shipment: StoreShipment) -> Carrier:
    """The carrier that the shipment names, in whichever field; Other where Amazon has no code."""
    named = [shipment.provider, shipment.tracking_carrier, shipment.method]
    for name in named:
        code = _CODES.get("".join(letter for letter in name.casefold() if letter.isalnum()))
        if code:
            return Carrier(code, code)
    return Carrier("Other", next((name for name in named if name.strip()), "Unknown"))
