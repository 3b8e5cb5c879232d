"""Which lane a change is sent in."""

from typing import Any

import pytest

from affluent.domain.lane import Lane, lane_of
from affluent.domain.plan import Change, Operation

PATCH = Operation.PATCH_OFFER


@pytest.mark.parametrize(
    ("operation", "before", "after", "lane"),
    [
        (PATCH, {"quantity": 3}, {"quantity": 0}, Lane.SAFETY),
        (PATCH, {"quantity": 3}, {"quantity": 1}, Lane.OFFERS),
        (PATCH, {"price": "4.00", "floor": "10"}, {"price": "12.00"}, Lane.SAFETY),
        (PATCH, {"price": "14.00", "floor": "10"}, {"price": "12.00"}, Lane.OFFERS),
        (PATCH, {"price": None, "floor": "10"}, {"price": "12.00"}, Lane.OFFERS),
        (PATCH, {"price": "4.00"}, {"price": "12.00"}, Lane.OFFERS),
        (Operation.CONFIRM_SHIPMENT, {}, {}, Lane.ORDERS),
        (Operation.CREATE_ORDER, {}, {"quantity": 0}, Lane.ORDERS),
        (Operation.PUT_LISTING, {}, {"quantity": 0}, Lane.BULK),
        (Operation.SUBMIT_FEED, {}, {}, Lane.BULK),
    ],
)
def test_lanes(
    operation: Operation, before: dict[str, Any], after: dict[str, Any], lane: Lane
) -> None:
    change = Change(operation, "us", "US", "A-1", after=after, before=before, why="")
    assert lane_of(change) is lane
