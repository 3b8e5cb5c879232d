"""How orders came to us, on both databases."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import Engine

from affluent.domain.notification import Outcome, ReceivedNotification
from affluent.domain.order import OrderStatus
from affluent.domain.order_source import OrderSource, Sighting
from affluent.storage.unit_of_work import SqlUnitsOfWork
from tests.builders.orders import recorded_order
from tests.fakes.clock import NOON

LATER = NOON + timedelta(hours=1)


def sighting(order_id: str, source: OrderSource, **fields: Any) -> Sighting:
    values: dict[str, Any] = {"status": OrderStatus.UNSHIPPED, "seen_at": NOON, **fields}
    return Sighting("main", order_id, source, **values)


def received(notification_id: str, **fields: Any) -> ReceivedNotification:
    values: dict[str, Any] = {
        "outcome": Outcome.RECORDED,
        "reason": "",
        "received_at": NOON,
        **fields,
    }
    return ReceivedNotification(
        notification_id,
        "ORDER_CHANGE",
        "main",
        "111-1",
        **values,
    )


def test_the_first_sighting_in_each_status_stays(engine: Engine) -> None:
    first = sighting("A", OrderSource.SEARCH)
    paid = sighting("A", OrderSource.SEARCH, status=OrderStatus.SHIPPED, seen_at=LATER)
    other = sighting("B", OrderSource.SWEEP)
    with SqlUnitsOfWork(engine)() as work:
        work.order_sources.note([first, other])
        work.order_sources.note([sighting("A", OrderSource.SEARCH, seen_at=LATER), paid])
        work.commit()

    with SqlUnitsOfWork(engine)() as work:
        assert work.order_sources.of_orders("main", ["A"]) == [first, paid]
        assert work.order_sources.of_orders("other", ["A"]) == []
        assert work.order_sources.of_orders("main", []) == []


def test_a_notification_is_known_by_its_id_and_its_first_outcome_stays(engine: Engine) -> None:
    with SqlUnitsOfWork(engine)() as work:
        work.notifications.save([received("n-1"), received("n-2", received_at=LATER)])
        work.notifications.save([received("n-1", received_at=LATER)])
        assert work.notifications.known(["n-1", "n-2", "n-3"]) == {"n-1", "n-2"}
        work.notifications.forget(LATER)
        assert work.notifications.known(["n-1", "n-2"]) == {"n-2"}


def test_orders_are_found_by_their_ids_and_by_their_last_update(engine: Engine) -> None:
    early = recorded_order("A", account="main")
    late = recorded_order("B", account="main", last_updated_at=LATER)
    foreign = recorded_order("A", account="other")
    with SqlUnitsOfWork(engine)() as work:
        work.orders.save([early, late, foreign], NOON)
        assert work.orders.named("main", ["A", "C"]) == {"A": early}
        assert work.orders.updated_since("main", NOON) == [early, late]
        assert work.orders.updated_since("main", LATER) == [late]
