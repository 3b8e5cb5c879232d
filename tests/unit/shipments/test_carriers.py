"""BigCommerce names the carrier in one of three fields; Amazon wants its own code."""

from __future__ import annotations

import pytest

from affluent.domain.shipment import Carrier, StoreShipment
from affluent.shipments.carriers import carrier_of
from tests.fakes.clock import NOON


@pytest.mark.parametrize(
    ("provider", "tracking_carrier", "method", "expected"),
    [
        ("usps", "", "", Carrier("USPS", "USPS")),
        ("", "royal-mail", "", Carrier("Royal Mail", "Royal Mail")),
        ("", "", "FedEx", Carrier("FedEx", "FedEx")),
        ("shipperhq", "dhl", "", Carrier("DHL", "DHL")),
        ("", "Pigeon Post", "", Carrier("Other", "Pigeon Post")),
        ("", "", "By hand", Carrier("Other", "By hand")),
        ("", " ", "", Carrier("Other", "Unknown")),
    ],
)
def test_a_carrier_is_found_in_any_field_and_otherwise_named(
    provider: str, tracking_carrier: str, method: str, expected: Carrier
) -> None:
    shipment = StoreShipment(1, 100, NOON, "1Z", provider, tracking_carrier, method, ())

    assert carrier_of(shipment) == expected
