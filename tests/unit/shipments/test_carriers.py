"""BigCommerce names the carrier in one of three fields; Amazon wants its own code."""

from __future__ import annotations

import pytest

from affluent.domain.carrier_codes import CARRIER_CODES, OTHER
from affluent.domain.shipment import Carrier, StoreShipment
from affluent.shipments.carriers import Found, carrier_named, carrier_of
from tests.fakes.clock import NOON

OWN = {"Bike Ned": "DHL", "The Pigeons": "Other"}


def told(provider: str = "", tracking_carrier: str = "", method: str = "") -> Carrier:
    shipment = StoreShipment(1, 100, NOON, "1Z", provider, tracking_carrier, method, ())
    return carrier_of(shipment, OWN).in_amazons_words()


@pytest.mark.parametrize(
    ("provider", "tracking_carrier", "method", "expected"),
    [
        ("usps", "", "", Carrier("USPS", "USPS")),
        ("upsready", "", "", Carrier("UPS", "UPS")),
        ("", "royal-mail", "", Carrier("Royal Mail", "Royal Mail")),
        ("", "dhl-germany", "", Carrier("DHL", "DHL")),
        ("", "postnl", "", Carrier("PostNL", "PostNL")),
        ("", "", "FedEx", Carrier("FedEx", "FedEx")),
        ("", "", "DHL Express Worldwide", Carrier("DHL Express", "DHL Express")),
        ("", "", "Target delivery", Carrier("Other", "Target delivery")),
        ("shipperhq", "dhl", "", Carrier("DHL", "DHL")),
        ("shipperhq", "", "", Carrier("Other", "Unknown")),
        ("", "Pigeon Post", "USPS Priority", Carrier("USPS", "USPS")),
        ("", "Pigeon Post", "", Carrier("Other", "Pigeon Post")),
        ("", "Pigeon Post", "Ground", Carrier("Other", "Pigeon Post")),
        ("", "", "By hand", Carrier("Other", "By hand")),
        ("", " ", "", Carrier("Other", "Unknown")),
    ],
)
def test_a_carrier_is_found_in_any_field_and_otherwise_named(
    provider: str, tracking_carrier: str, method: str, expected: Carrier
) -> None:
    assert told(provider, tracking_carrier, method) == expected


@pytest.mark.parametrize(
    ("name", "code", "found"),
    [
        ("BIKE-NED", "DHL", Found.SETTINGS),
        ("the pigeons", "Other", Found.SETTINGS),
        ("bike nedd", "DHL", Found.ALIKE),
        ("Fedx", "FedEx", Found.ALIKE),
        ("Royal Mial", "Royal Mail", Found.ALIKE),
        ("Lasrship", "Lasership", Found.ALIKE),
        ("trans-o-flex", "Trans-o-Flex", Found.KNOWN),
        ("Pigeon Post", "Other", Found.UNKNOWN),
        ("ups", "UPS", Found.KNOWN),
        ("upps", "Other", Found.UNKNOWN),
    ],
)
def test_a_name_is_found_by_the_settings_as_it_is_or_by_likeness(
    name: str, code: str, found: Found
) -> None:
    carrier = carrier_named(name, OWN)

    assert (carrier.code, carrier.found) == (code, found)


def test_the_settings_may_say_that_a_carrier_is_another() -> None:
    assert told("The Pigeons") == Carrier("Other", "The Pigeons")
    assert carrier_named("ups", {"UPS": "DHL"}).code == "DHL"


def test_every_code_of_amazons_finds_itself_but_for_its_spelling() -> None:
    spelled = {code: carrier_named(code, {}).code for code in CARRIER_CODES if code != OTHER}

    def letters(name: str) -> str:
        return "".join(filter(str.isalnum, name.casefold()))

    assert [code for code, found in spelled.items() if letters(code) != letters(found)] == []
