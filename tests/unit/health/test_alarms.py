"""Silence is an alarm, and only where there is usually something to hear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from affluent.domain.alarm import Alarm, AlarmLimits, CredentialDates
from affluent.domain.effect import EffectState, Resolution, Run
from affluent.domain.order import OrderStatus
from affluent.domain.order_source import OrderSource, Sighting
from affluent.domain.plan import Change, Operation
from affluent.health.alarms import Watch, find_alarms
from affluent.ports.storage import UnitsOfWork
from tests.builders.catalog import ACCOUNT, US
from tests.builders.orders import recorded_order
from tests.fakes.clock import NOON

HOUR = timedelta(hours=1)
WEEK = timedelta(days=7)
LIMITS = AlarmLimits(6 * HOUR, 3, {"extract_catalog": HOUR, "import_orders": HOUR}, HOUR, 2 * HOUR)
WATCH = Watch([CredentialDates(ACCOUNT, None, None)], LIMITS, has_notifications=True)


def alarms(units: UnitsOfWork, watch: Watch = WATCH, now: datetime = NOON) -> list[str]:
    return [alarm.title for alarm in found(units, watch, now)]


def found(units: UnitsOfWork, watch: Watch = WATCH, now: datetime = NOON) -> list[Alarm]:
    return find_alarms(watch, units, now)


def place(units: UnitsOfWork, moments: Sequence[datetime]) -> None:
    orders = [
        recorded_order(f"701-{number:07}-0000000", created_at=at)
        for number, at in enumerate(moments)
    ]
    with units() as work:
        work.orders.save(orders, NOON)
        work.commit()


LAST_WEEK = [NOON - WEEK - HOUR * hours for hours in (1, 2, 3)]


@pytest.mark.behaviour("N18")
@pytest.mark.parametrize(
    ("placed", "is_alarm"),
    [
        ([], False),
        (LAST_WEEK, True),
        (LAST_WEEK[:2], False),
        ([*LAST_WEEK, NOON - HOUR], False),
        ([*LAST_WEEK, NOON - 7 * HOUR], True),
        ([NOON - WEEK - 7 * HOUR] * 9, False),
    ],
    ids=[
        "a new account",
        "none today",
        "few last week",
        "one today",
        "none for six hours",
        "other hours",
    ],
)
def test_no_orders_where_there_usually_are_some(
    units: UnitsOfWork, placed: list[datetime], is_alarm: bool
) -> None:
    place(units, placed)

    assert ("No orders where there usually are some" in alarms(units)) is is_alarm


@pytest.mark.behaviour("N18")
def test_readings_that_stand_still(units: UnitsOfWork) -> None:
    assert alarms(units) == []
    with units() as work:
        work.cursors.set("catalog", NOON - 2 * HOUR)
        work.cursors.set(f"orders/{ACCOUNT}", NOON - HOUR)
        work.commit()

    [alarm] = found(units)

    assert (alarm.subject, alarm.since) == ("extract_catalog", NOON - 2 * HOUR)
    assert "2 hours ago" in alarm.what
    assert len(alarms(units, now=NOON + timedelta(minutes=1))) == 2


@pytest.mark.parametrize(
    ("sources", "is_alarm"),
    [
        ([OrderSource.SEARCH] * 3, True),
        ([OrderSource.SEARCH] * 2, False),
        ([OrderSource.SEARCH] * 3 + [OrderSource.NOTIFICATION], False),
    ],
)
def test_notifications_that_are_silent_while_the_search_finds_orders(
    units: UnitsOfWork, sources: list[OrderSource], is_alarm: bool
) -> None:
    with units() as work:
        work.order_sources.note(
            [
                Sighting(ACCOUNT, f"701-{number}", source, OrderStatus.UNSHIPPED, NOON - HOUR)
                for number, source in enumerate(sources)
            ]
        )
        work.commit()

    assert ("Amazon's notifications are silent" in alarms(units)) is is_alarm
    assert alarms(units, replace(WATCH, has_notifications=False)) == []


@pytest.mark.behaviour("N18")
@pytest.mark.parametrize(
    ("operation", "state", "hours", "title"),
    [
        (Operation.SUBMIT_FEED, EffectState.ACCEPTED, 2, "Feeds do not end"),
        (Operation.SUBMIT_FEED, EffectState.EFFECTIVE, 2, None),
        (Operation.SUBMIT_FEED, EffectState.SENT, 0, None),
        (Operation.PATCH_OFFER, EffectState.UNKNOWN, 3, "Writes are not resolved"),
        (Operation.PATCH_OFFER, EffectState.UNKNOWN, 2, None),
        (Operation.PATCH_OFFER, EffectState.HELD, 3, None),
    ],
)
def test_what_was_sent_and_has_not_ended(
    units: UnitsOfWork, operation: Operation, state: EffectState, hours: int, title: str | None
) -> None:
    at = NOON - hours * HOUR
    change = Change(operation, ACCOUNT, US.marketplace_id, "SKU-1", {}, why="a test")
    with units() as work:
        [effect] = work.ledger.record([change], Run("run", "sync_offers"), at, plan_hash="p")
        work.ledger.resolve([Resolution(effect.effect_id, state)], at)
        work.commit()

    assert alarms(units) == ([title] if title else [])


@pytest.mark.behaviour("N18")
@pytest.mark.parametrize(
    ("authorised_on", "title"),
    [
        (date(2025, 12, 25), None),
        (date(2025, 12, 24), "The authorisation runs out within 30 days"),
        (date(2025, 12, 1), "The authorisation runs out within 7 days"),
        (date(2025, 11, 25), "The authorisation runs out within 1 day"),
        (date(2025, 11, 24), "The authorisation runs out within 1 day"),
        (date(2025, 11, 23), "The authorisation has run out"),
    ],
)
def test_an_authorisation_is_counted_down(
    units: UnitsOfWork, authorised_on: date, title: str | None
) -> None:
    watch = replace(WATCH, accounts=[CredentialDates(ACCOUNT, authorised_on, None)])

    assert alarms(units, watch) == ([title] if title else [])


def test_a_client_secret_lives_for_half_a_year(units: UnitsOfWork) -> None:
    made = NOON.date() - timedelta(days=175)

    [alarm] = found(units, replace(WATCH, accounts=[CredentialDates(ACCOUNT, None, made)]))

    assert alarm.title == "The client secret runs out within 7 days"
    assert alarm.what == "It ends on 2026-11-29, in 5 days."
