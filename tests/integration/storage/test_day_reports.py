"""A day's report says what the ledger and the runs have, once for all, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from affluent.day_reports.issuing import report_of_day
from affluent.day_reports.signature import unsigned
from affluent.domain.effect import EffectState, Resolution
from affluent.domain.errors import ConfigurationError, InvariantBroken
from affluent.domain.plan import Change, Operation
from affluent.domain.run_figures import RunFigures
from affluent.ports.day_reports import IssuedReport
from affluent.ports.storage import UnitsOfWork
from tests.integration.storage.builders import NOON, RUN, US

DAY = NOON.date()
AFTERWARDS = datetime(2026, 11, 26, 1, tzinfo=UTC)
FIGURES = RunFigures(
    run_id="run-1",
    flow="publish_listings",
    account="acme-us",
    marketplace="US",
    ended_at=NOON,
    read=10,
    planned=4,
    unchanged=6,
    held={"missing_barcode": 1},
    stopped=(),
    sent=2,
    effective=1,
    refused=1,
    waiting=0,
    plan_hash="p",
)


def work_a_day(units: UnitsOfWork, at: datetime = NOON) -> None:
    changes = [
        Change(Operation.PUT_LISTING, "acme-us", US, sku, {}, why="new") for sku in ("A", "B")
    ]
    with units() as work:
        first, second = work.ledger.record(changes, RUN, at, plan_hash="p")
        work.ledger.resolve([Resolution(first.effect_id, EffectState.ACCEPTED, "s1", "r1")], at)
        work.ledger.resolve([Resolution(first.effect_id, EffectState.EFFECTIVE)], at)
        work.ledger.resolve([Resolution(second.effect_id, EffectState.REFUSED)], at)
        work.runs.save(FIGURES)
        work.runs.save(replace(FIGURES, run_id="run-2", held={"missing_barcode": 2, "price": 1}))
        work.commit()


def issue(units: UnitsOfWork, day: date, now: datetime = AFTERWARDS) -> IssuedReport:
    with units() as work:
        issued = report_of_day(day, "abc123", work, now)
        work.commit()
    return issued


def test_it_adds_up_the_runs_and_counts_the_states(units: UnitsOfWork) -> None:
    work_a_day(units)

    report = unsigned(issue(units, DAY).body)["report"]

    [run] = report["runs"]
    assert (run["runs"], run["read"], run["sent"], run["refused"]) == (2, 20, 4, 2)
    assert run["held"] == {"missing_barcode": 3, "price": 1}
    [write] = report["writes"]
    assert write["operation"] == "put_listing"
    assert write["states"] == {"accepted": 1, "effective": 1, "planned": 2, "refused": 1}
    assert (report["is_over"], report["previous"]) == (True, "")


def test_a_day_that_is_over_is_told_once_and_for_all(units: UnitsOfWork) -> None:
    work_a_day(units)
    first = issue(units, DAY)
    with units() as work:
        work.runs.save(replace(FIGURES, run_id="late", read=1000))
        work.commit()

    assert issue(units, DAY) == first


def test_a_day_under_way_is_not_kept(units: UnitsOfWork) -> None:
    work_a_day(units)
    so_far = unsigned(issue(units, DAY, NOON + timedelta(hours=12)).body)["report"]

    whole = unsigned(issue(units, DAY, NOON + timedelta(hours=13)).body)["report"]

    assert (so_far["is_over"], whole["is_over"]) == (False, True)


def test_each_day_follows_the_one_before_also_where_nothing_was_done(units: UnitsOfWork) -> None:
    work_a_day(units, NOON - timedelta(days=2))
    last = issue(units, DAY)

    with units() as work:
        days = work.day_reports.days()
        before = work.day_reports.issued(DAY - timedelta(days=1))
    assert days == [DAY - timedelta(days=2), DAY - timedelta(days=1), DAY]
    assert before is not None
    assert unsigned(last.body)["report"]["previous"] == before.hash
    assert unsigned(before.body)["report"]["runs"] == []


def test_whoever_changes_the_ledger_no_longer_has_its_hash(units: UnitsOfWork) -> None:
    work_a_day(units)
    span = (NOON - timedelta(hours=1), NOON + timedelta(hours=1))
    with units() as work:
        told = work.day_reports.ledger_hash(*span)
        other = Change(Operation.PUT_LISTING, "acme-us", US, "C", {}, why="new")
        work.ledger.record([other], RUN, NOON, plan_hash="p")
        changed = work.day_reports.ledger_hash(*span)
        again = work.day_reports.ledger_hash(*span)

    assert told != changed == again


def test_a_report_that_was_tampered_with_is_noticed(units: UnitsOfWork) -> None:
    with units() as work:
        work.day_reports.issue(IssuedReport(DAY, '{"forged":1}', "0" * 64))
        work.commit()

    with pytest.raises(InvariantBroken, match="is not what was issued"):
        issue(units, DAY)


@pytest.mark.parametrize(
    ("day", "says"), [(date(2026, 11, 27), "has not begun"), (date(2026, 11, 1), "begin on")]
)
def test_a_day_that_cannot_be_told_is_refused(units: UnitsOfWork, day: date, says: str) -> None:
    work_a_day(units)

    with pytest.raises(ConfigurationError, match=says):
        issue(units, day)


def test_the_newest_runs_of_one_place_come_oldest_first(units: UnitsOfWork) -> None:
    runs = [
        replace(FIGURES, run_id=f"run-{hour}", ended_at=NOON + timedelta(hours=hour))
        for hour in range(4)
    ]
    elsewhere = replace(FIGURES, run_id="other", marketplace="CA", ended_at=AFTERWARDS)
    with units() as work:
        for run in (*reversed(runs), elsewhere):
            work.runs.save(run)
        work.commit()

    with units() as work:
        found = work.runs.latest("publish_listings", "acme-us", "US", 3)

    assert [run.run_id for run in found] == ["run-1", "run-2", "run-3"]
