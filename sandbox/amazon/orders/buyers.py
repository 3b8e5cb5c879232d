"""Buyers and addresses made up for orders that name none; the same key gives the same buyer."""

from __future__ import annotations

from sandbox.amazon.identifiers import NumberSource
from sandbox.amazon.wire import Json

_GIVEN_NAMES = ("Ada", "Bela", "Carmen", "Dagny", "Emil", "Fatou", "Goran", "Hana", "Ines", "Jun")
_FAMILY_NAMES = ("Abel", "Brook", "Castro", "Dahl", "Evers", "Frost", "Grau", "Holm", "Ito", "Kern")
_STREETS = ("Alder Street", "Birch Lane", "Chestnut Road", "Elm Avenue", "Harbour Way")
_PLACES = {
    "US": ("Seattle", "WA", "98101", "206-555-01"),
    "CA": ("Toronto", "ON", "M5H 2N2", "416-555-01"),
    "MX": ("Guadalajara", "JAL", "44100", "33-5550-01"),
    "GB": ("Bristol", "", "BS1 4ST", "0117 496 01"),
    "DE": ("Hamburg", "", "20095", "040 555 01"),
    "FR": ("Lyon", "", "69002", "04 72 55 01 "),
    "JP": ("Osaka", "Osaka", "530-0001", "06-5550-01"),
    "AU": ("Perth", "WA", "6000", "08 5550 01"),
}
_ELSEWHERE = ("Capital", "", "10000", "555-01")


def made_up_buyer(numbers: NumberSource, order_id: str) -> Json:
    """A name, and an anonymised address of Amazon's mail relay."""
    return {
        "buyerName": _name(numbers, order_id),
        "buyerEmail": f"{numbers.digits('email', order_id, 12)}@marketplace.example",
    }


def made_up_address(numbers: NumberSource, order_id: str, country_code: str) -> Json:
    """A delivery address in the store's own country."""
    city, region, postal_code, phone = _PLACES.get(country_code, _ELSEWHERE)
    street = _STREETS[numbers.number("street", order_id, len(_STREETS))]
    address = {
        "name": _name(numbers, order_id),
        "addressLine1": f"{numbers.number('house', order_id, 200) + 1} {street}",
        "city": city,
        "postalCode": postal_code,
        "countryCode": country_code,
        "phone": phone + numbers.digits("phone", order_id, 2),
        "addressType": "RESIDENTIAL",
    }
    return {**address, "stateOrRegion": region} if region else address


def _name(numbers: NumberSource, order_id: str) -> str:
    given = _GIVEN_NAMES[numbers.number("given", order_id, len(_GIVEN_NAMES))]
    family = _FAMILY_NAMES[numbers.number("family", order_id, len(_FAMILY_NAMES))]
    return f"{given} {family}"
