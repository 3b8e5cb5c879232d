"""Each kind of event asks for the right deployments, and many events for one run."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable

import pytest

from affluent.domain.account import Account
from affluent.domain.marketplace import find_marketplace
from affluent.hooks.event import HookEvent, HookKind
from affluent.hooks.reaction import Course, courses_of, stages_of
from affluent.hooks.reactor import Reactor
from tests.flows.deployment_file import full_name, read_deployments

OFFERS, SHIPMENTS = (Course.OFFERS,), (Course.SHIPMENTS,)
GATHERING = 0.05


def event(kind: HookKind, scope: str = "", status_id: int | None = None) -> HookEvent:
    return HookEvent(scope, kind, "hash", status_id=status_id)


def account(name: str, *countries: str) -> Account:
    found = [find_marketplace(country) for country in countries]
    return Account(name, "SELLER", tuple(one for one in found if one is not None))


@pytest.mark.parametrize(
    ("kind", "courses"),
    [
        (HookKind.PRODUCT, OFFERS),
        (HookKind.STOCK, (Course.OFFERS, Course.WAITING_ORDERS)),
        (HookKind.ORDER, OFFERS),
        (HookKind.SHIPMENT, SHIPMENTS),
        (HookKind.OTHER, ()),
    ],
)
def test_what_an_event_asks_for(kind: HookKind, courses: tuple[Course, ...]) -> None:
    assert courses_of(event(kind)) == courses


@pytest.mark.parametrize(
    ("status_id", "courses"),
    [
        (2, SHIPMENTS),
        (3, SHIPMENTS),
        (10, SHIPMENTS),
        (4, OFFERS),
        (5, OFFERS),
        (11, OFFERS),
        (None, OFFERS + SHIPMENTS),
    ],
)
def test_an_order_that_is_shipped_is_confirmed_any_other_moves_stock(
    status_id: int | None, courses: tuple[Course, ...]
) -> None:
    changed = event(HookKind.ORDER, "store/order/statusUpdated", status_id)

    assert courses_of(changed) == courses


def test_the_catalog_is_read_before_every_marketplace_gets_its_offers() -> None:
    accounts = [account("na", "US", "CA"), account("eu", "DE")]

    assert stages_of(Course.OFFERS, accounts) == (
        ("extract-catalog/incremental",),
        (
            "rush-offers/na-US",
            "sync-offers/na-US",
            "rush-offers/na-CA",
            "sync-offers/na-CA",
            "rush-offers/eu-DE",
            "sync-offers/eu-DE",
        ),
    )
    assert stages_of(Course.SHIPMENTS, accounts) == (
        ("confirm-shipments/na", "confirm-shipments/eu"),
    )
    assert stages_of(Course.WAITING_ORDERS, accounts) == (("retry-orders/na", "retry-orders/eu"),)


def test_the_deployments_of_the_shipped_file_are_called_so() -> None:
    deployed = {full_name(one) for one in read_deployments()}

    for course in Course:
        assert {name for names in stages_of(course, [account("main", "US")]) for name in names} <= (
            deployed
        )


class Followed:
    """Counts the courses that were followed; each takes as long as the test says."""

    def __init__(self, takes_seconds: float = 0.0) -> None:
        self.courses: Counter[Course] = Counter()
        self.times: list[float] = []
        self._takes_seconds = takes_seconds

    def __call__(self, course: Course) -> None:
        self.times.append(time.monotonic())
        self.courses[course] += 1
        time.sleep(self._takes_seconds)


def eventually(look: Callable[[], bool]) -> None:
    until = time.monotonic() + 5
    while not look():
        assert time.monotonic() < until
        time.sleep(0.005)


def test_many_events_at_once_are_one_run_of_each_course() -> None:
    followed = Followed()
    with Reactor(followed, GATHERING) as reactor:
        for _ in range(500):
            reactor.react(event(HookKind.PRODUCT))
            reactor.react(event(HookKind.SHIPMENT))
        eventually(lambda: followed.courses.total() == 2)
        time.sleep(3 * GATHERING)

    assert followed.courses == {Course.OFFERS: 1, Course.SHIPMENTS: 1}


def test_what_comes_while_a_run_is_under_way_is_one_more_run_after_it() -> None:
    followed = Followed(takes_seconds=0.3)
    with Reactor(followed, GATHERING) as reactor:
        reactor.react(event(HookKind.PRODUCT))
        eventually(lambda: followed.courses.total() == 1)
        for _ in range(100):
            reactor.react(event(HookKind.PRODUCT))
        eventually(lambda: followed.courses.total() == 2)
        time.sleep(0.3 + 3 * GATHERING)

    assert followed.courses == {Course.OFFERS: 2}
    assert followed.times[1] - followed.times[0] >= 0.3


def test_an_event_that_concerns_nothing_of_ours_starts_nothing() -> None:
    followed = Followed()
    with Reactor(followed, GATHERING) as reactor:
        reactor.react(event(HookKind.OTHER))
        time.sleep(3 * GATHERING)

    assert not followed.courses


def test_a_run_that_fails_to_start_does_not_keep_the_next_one_from_starting() -> None:
    tries = []

    def fail_once(course: Course) -> None:
        tries.append(course)
        if len(tries) == 1:
            raise ConnectionError("no server")

    with Reactor(fail_once, GATHERING) as reactor:
        reactor.react(event(HookKind.PRODUCT))
        eventually(lambda: len(tries) == 1)
        reactor.react(event(HookKind.PRODUCT))
        eventually(lambda: len(tries) == 2)


def test_its_threads_end_with_it() -> None:
    before = threading.active_count()

    with Reactor(Followed(), GATHERING) as reactor:
        reactor.react(event(HookKind.PRODUCT))

    assert threading.active_count() == before
