"""How a shipment is confirmed to Amazon, and what is told where it refuses."""

from datetime import UTC, datetime

import httpx
import pytest
from scripted_amazon import US, ScriptedAmazon, refusal

from affluent.domain.errors import Refused
from affluent.domain.shipment import Carrier, ShipmentConfirmation

CONFIRM = "POST /orders/v0/orders/111-1/shipmentConfirmation"
CONFIRMATION = ShipmentConfirmation(
    order_id="111-1",
    marketplace_id=US,
    reference_id="42",
    carrier=Carrier("Other", "Slow Boats"),
    method="Standard",
    tracking_number="T1",
    shipped_at=datetime(2026, 1, 2, tzinfo=UTC),
    quantities=(("i1", 2), ("i2", 1)),
)


def test_package_reference_id_as_a_string_and_items_as_a_list_confirm_a_shipment() -> None:
    amazon = ScriptedAmazon().on(
        CONFIRM,
        httpx.ReadTimeout("late"),
        httpx.Response(204, headers={"x-amzn-RequestId": "req-7"}),
    )
    assert amazon.account().orders.confirm(CONFIRMATION) == "req-7"
    assert amazon.body(CONFIRM) == {
        "marketplaceId": US,
        "packageDetail": {
            "packageReferenceId": "42",
            "carrierCode": "Other",
            "carrierName": "Slow Boats",
            "shippingMethod": "Standard",
            "trackingNumber": "T1",
            "shipDate": "2026-01-02T00:00:00.000Z",
            "orderItems": [
                {"orderItemId": "i1", "quantity": 2},
                {"orderItemId": "i2", "quantity": 1},
            ],
        },
    }
    assert amazon.sent(CONFIRM)[0].content == amazon.sent(CONFIRM)[1].content


def test_a_refused_confirmation_keeps_amazons_words() -> None:
    words = "Unable to find package to update, errorMetric=PackageToUpdateNotFound"
    amazon = ScriptedAmazon().on(CONFIRM, refusal(400, "InvalidInput", words))
    with pytest.raises(Refused, match="PackageToUpdateNotFound"):
        amazon.account().orders.confirm(CONFIRMATION)
