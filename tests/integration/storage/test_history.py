"""The ledger looked back upon, on both databases."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from affluent.domain.effect import EffectState, Resolution, Run
from affluent.domain.plan import Change, Operation
from affluent.ports.storage import UnitsOfWork
from tests.integration.storage.builders import NOON, US

S = EffectState


def write(
    units: UnitsOfWork, run: str, key: str, after: Mapping[str, Any], *steps: tuple[S, float]
) -> int:
    """One patch, moved through these states at these seconds after noon; answers its id."""
    change = Change(Operation.PATCH_OFFER, "acme-us", US, key, after, "why")
    with units() as work:
        [effect] = work.ledger.record([change], Run(run, "sync_offers"), NOON, plan_hash="p")
        for state, seconds in steps:
            at = NOON + timedelta(seconds=seconds)
            work.ledger.resolve([Resolution(effect.effect_id, state)], at)
        work.commit()
    return effect.effect_id


def test_time_runs_from_the_receipt_to_the_first_sight(units: UnitsOfWork) -> None:
    write(units, "r1", "A", {"quantity": 1}, (S.SENT, 5), (S.ACCEPTED, 10), (S.EFFECTIVE, 40.5))
    write(units, "r1", "B", {"quantity": 1}, (S.SENT, 5), (S.UNKNOWN, 9), (S.EFFECTIVE, 25))
    write(units, "r1", "C", {"quantity": 1}, (S.SENT, 5), (S.ACCEPTED, 10))
    write(units, "r2", "A", {"quantity": 2}, (S.SENT, 1), (S.ACCEPTED, 2), (S.EFFECTIVE, 3))

    with units() as work:
        assert sorted(work.history.times_to_effect("r1")) == [20.0, 30.5]
        assert work.history.times_to_effect("r3") == []
        span = (NOON - timedelta(days=1), NOON + timedelta(days=1))
        assert sorted(work.history.recent_times_to_effect("acme-us", US, *span)) == [1, 20, 30.5]
        assert work.history.recent_times_to_effect("acme-eu", US, *span) == []
        late = (NOON + timedelta(days=1), NOON + timedelta(days=2))
        assert work.history.recent_times_to_effect("acme-us", US, *late) == []


def test_tries_are_told_of_the_skus_that_were_ever_ignored(units: UnitsOfWork) -> None:
    ignored = (S.SENT, 1), (S.ACCEPTED, 2), (S.IGNORED, 300)
    effective = (S.SENT, 1), (S.ACCEPTED, 2), (S.EFFECTIVE, 3)
    first = write(units, "r1", "A", {"quantity": 1}, *ignored)
    second = write(units, "r2", "A", {"quantity": 2}, *effective)
    write(units, "r3", "A", {"quantity": 3}, (S.HELD, 1))
    write(units, "r1", "B", {"quantity": 1}, *effective)

    with units() as work:
        told = work.history.tries("acme-us", US, ["A", "B", "C"])
        elsewhere = work.history.tries("acme-eu", US, ["A"])

    assert [effect.effect_id for effect in told] == [first, second]
    assert elsewhere == []


def test_the_latest_write_is_told_for_each_state_and_field(units: UnitsOfWork) -> None:
    effective = (S.SENT, 1), (S.ACCEPTED, 2), (S.EFFECTIVE, 3)
    write(units, "r1", "A", {"quantity": 1}, *effective)
    price = write(units, "r2", "A", {"price": "9.00"}, *effective)
    quantity = write(units, "r3", "A", {"quantity": 2}, *effective)
    both = write(units, "r4", "A", {"price": "8.00", "quantity": 5}, *effective)
    coming = write(units, "r5", "A", {"quantity": 3}, (S.SENT, 1), (S.ACCEPTED, 2))
    other = write(units, "r5", "B", {"quantity": None}, (S.HELD, 1))

    with units() as work:
        latest = work.history.latest_writes("acme-us", US, ["A", "B"])

    assert [one.effect_id for one in latest] == [price, quantity, both, coming, other]
