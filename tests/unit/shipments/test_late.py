"""Orders whose ship-by time is near or over are named, the most urgent first."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from affluent.domain.account import FulfilledBy
from affluent.domain.order import OrderStatus, RecordedOrder
from affluent.domain.shipment_policy import ShipmentPolicy
from affluent.shipments.late import late_notes
from tests.builders.orders import recorded_order
from tests.fakes.clock import NOON

POLICY = ShipmentPolicy(warn_before=timedelta(hours=24))


def due(order_id: str, hours: float, **fields: Any) -> RecordedOrder:
    return recorded_order(order_id, ship_by=NOON + timedelta(hours=hours), **fields)


def notes(*orders: RecordedOrder) -> list[str]:
    return list(late_notes(orders, POLICY, NOON))


def test_near_and_late_orders_are_named_by_their_urgency() -> None:
    assert notes(due("near", 5), due("late", -3), due("far", 25)) == [
        "Order late is 3 hours late (by 2026-11-24 09:00 UTC) and is UNSHIPPED.",
        "Order near is to be shipped in 5 hours (by 2026-11-24 17:00 UTC) and is UNSHIPPED.",
    ]


@pytest.mark.parametrize(
    "fields",
    [
        {"fulfilled_by": FulfilledBy.AMAZON},
        {"status": OrderStatus.PENDING},
        {"status": OrderStatus.CANCELLED},
    ],
)
def test_what_the_merchant_need_not_ship_is_not_named(fields: dict[str, Any]) -> None:
    assert notes(due("order", 1, **fields)) == []
    assert notes(recorded_order(ship_by=None)) == []


def test_of_many_the_others_are_counted() -> None:
    found = notes(*(due(f"{number:02}", 1) for number in range(12)))

    assert (len(found), found[-1]) == (
        11,
        "2 more orders are near their ship-by time or late.",
    )
