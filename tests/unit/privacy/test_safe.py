"""What the safe keeps of orders, and what of it survives Amazon's withdrawing a buyer's data."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from affluent.domain.order import (
    AmazonOrder,
    Buyer,
    OrderState,
    OrderStatus,
    Recipient,
    RecordedOrder,
)
from affluent.domain.safekeeping import SafekeepingRules, SealedOrder
from affluent.orders.plan import record_order
from affluent.ports.storage import UnitsOfWork
from affluent.privacy.safe import Safe, open_order
from tests.builders.catalog import ACCOUNT
from tests.builders.orders import ORDER_ID, account, amazon_order, recorded_order
from tests.builders.privacy import safe
from tests.fakes.clock import NOON

ORDER = amazon_order()
KEEPS = SafekeepingRules(keeps_imported=True)


def test_an_order_to_create_is_recalled_whole(units: UnitsOfWork) -> None:
    ours = safe()

    _follow(ours, units, ORDER)

    assert _recall(ours, units) == ORDER


def test_without_a_key_nothing_is_kept(units: UnitsOfWork) -> None:
    _follow(Safe(), units, ORDER)

    assert _row(units) is None
    assert _recall(Safe(), units) is None


def test_what_amazon_withdraws_stays(units: UnitsOfWork) -> None:
    ours = safe()
    _follow(ours, units, ORDER)
    later = amazon_order(
        status=OrderStatus.PARTIALLY_SHIPPED,
        last_updated_at=NOON + timedelta(hours=1),
        buyer=Buyer(),
        recipient=Recipient(city="Reno", country="US"),
    )

    _follow(ours, units, later)

    assert _recall(ours, units) == replace(later, buyer=ORDER.buyer, recipient=ORDER.recipient)


def test_a_new_address_takes_the_place_of_the_old_one(units: UnitsOfWork) -> None:
    ours = safe()
    _follow(ours, units, amazon_order(recipient=Recipient("Ada", street_1="1 Main", street_2="B")))
    moved = amazon_order(
        last_updated_at=NOON + timedelta(hours=1),
        recipient=Recipient("Ada", street_1="2 Side"),
    )

    _follow(ours, units, moved)

    assert _recall(ours, units) == moved


def test_what_is_older_changes_nothing(units: UnitsOfWork) -> None:
    ours = safe()
    _follow(ours, units, ORDER)

    _follow(ours, units, amazon_order(last_updated_at=NOON - timedelta(hours=1), lines=()))

    assert _recall(ours, units) == ORDER


def test_the_same_order_again_is_not_sealed_again(units: UnitsOfWork) -> None:
    ours = safe()
    _follow(ours, units, ORDER)
    before = _row(units)

    _follow(ours, units, ORDER)

    assert _row(units) == before


@pytest.mark.parametrize("state", [OrderState.IMPORTED, OrderState.SHIPPED, OrderState.CANCELLED])
def test_an_order_that_is_not_to_be_created_is_let_go(
    units: UnitsOfWork, state: OrderState
) -> None:
    ours = safe()
    _follow(ours, units, ORDER)

    with units() as work:
        ours.release(recorded_order(state=state), work)
        work.commit()

    assert _row(units) is None


def test_an_order_that_is_cancelled_on_amazon_is_let_go(units: UnitsOfWork) -> None:
    _follow(safe(), units, ORDER)

    _follow(Safe(), units, amazon_order(status=OrderStatus.CANCELLED))

    assert _row(units) is None


def test_the_days_of_a_kept_order_begin_with_its_shipping(units: UnitsOfWork) -> None:
    ours = safe(rules=KEEPS)
    _follow(ours, units, replace(ORDER, ship_by=NOON + timedelta(days=2)))
    assert _since(units) == timedelta(days=2)
    shipped = amazon_order(status=OrderStatus.SHIPPED, last_updated_at=NOON + timedelta(days=1))

    _follow(ours, units, shipped, recorded_order(state=OrderState.SHIPPED))
    later = replace(shipped, last_updated_at=NOON + timedelta(days=9), programs=("PRIME",))
    _follow(ours, units, later, recorded_order(state=OrderState.SHIPPED))

    assert _recall(ours, units) == later
    assert _since(units) == timedelta(days=1)


def test_an_order_that_was_imported_before_is_not_taken_in(units: UnitsOfWork) -> None:
    _follow(safe(rules=KEEPS), units, ORDER, recorded_order(state=OrderState.IMPORTED))

    assert _row(units) is None


def test_an_order_past_its_time_is_not_taken_in(units: UnitsOfWork) -> None:
    old = NOON - timedelta(days=30)

    _follow(safe(), units, amazon_order(status=OrderStatus.SHIPPED, last_updated_at=old))

    assert _row(units) is None


def test_what_a_lost_key_sealed_is_sealed_anew_once_amazon_shows_it(units: UnitsOfWork) -> None:
    _follow(safe(), units, ORDER)
    ours = safe()
    assert _recall(ours, units) is None

    _follow(ours, units, ORDER)

    assert _recall(ours, units) == ORDER


def test_rows_cannot_be_swapped(units: UnitsOfWork) -> None:
    ours = safe()
    _follow(ours, units, ORDER)
    row = _row(units)
    assert row is not None
    assert ours.sealer is not None

    assert open_order(ours.sealer, row) == ORDER
    assert open_order(ours.sealer, replace(row, order_id="701-0000001-0000001")) is None


def _follow(
    ours: Safe, units: UnitsOfWork, order: AmazonOrder, record: RecordedOrder | None = None
) -> None:
    record = record or record_order(order, None, ACCOUNT, account().order_types)
    with units() as work:
        ours.follow(ACCOUNT, [(order, record)], work, NOON)
        work.commit()


def _recall(ours: Safe, units: UnitsOfWork) -> AmazonOrder | None:
    with units() as work:
        return ours.recall(ACCOUNT, [ORDER_ID], work).get(ORDER_ID)


def _row(units: UnitsOfWork) -> SealedOrder | None:
    with units() as work:
        return work.buyers.of(ACCOUNT, [ORDER_ID]).get(ORDER_ID)


def _since(units: UnitsOfWork) -> timedelta:
    row = _row(units)
    assert row is not None
    return row.counted_from - NOON
