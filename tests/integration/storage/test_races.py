"""Several workers at once, and workers that die: still each order once, and nothing by halves."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from affluent.domain.effect import Effect, EffectState, Resolution, Run
from affluent.domain.plan import Operation
from affluent.ports.storage import UnitsOfWork
from affluent.storage.engine import open_engine
from affluent.storage.unit_of_work import SqlUnitsOfWork
from tests.integration.storage.builders import LATER, NOON, RUN, a_change, a_listing

ORDER = "123-0000444-0000444"
WORKERS = 4


def test_one_order_recorded_by_several_workers_at_once_is_one_row(units: UnitsOfWork) -> None:
    start = threading.Barrier(WORKERS, timeout=30)

    def record(worker: int) -> Effect:
        start.wait()
        with units() as work:
            [effect] = work.ledger.record(
                [a_change(ORDER, Operation.CREATE_ORDER)],
                Run(f"run-{worker}", "import_orders"),
                NOON,
                plan_hash="p",
            )
            work.commit()
        return effect

    with ThreadPoolExecutor(WORKERS) as workers:
        effects = list(workers.map(record, range(WORKERS)))

    assert len({effect.effect_id for effect in effects}) == 1
    assert len({effect.run_id for effect in effects}) == 1
    with units() as work:
        assert [entry.state for entry in work.ledger.log(ORDER)] == [EffectState.PLANNED]


def test_workers_that_meet_the_same_rows_in_opposite_orders_do_not_block_each_other(
    units: UnitsOfWork,
) -> None:
    changes = [a_change(f"order-{number}", Operation.CREATE_ORDER) for number in range(400)]
    listings = [a_listing(f"A-{number}") for number in range(400)]
    start = threading.Barrier(2, timeout=30)

    def work_through(step: int) -> list[Effect]:
        start.wait()
        with units() as work:
            effects = work.ledger.record(changes[::step], RUN, NOON, plan_hash="p")
            work.commit()
        moves = [Resolution(effect.effect_id, EffectState.SENT) for effect in effects]
        start.wait()
        with units() as work:
            work.ledger.resolve(moves, LATER)
            work.commit()
        start.wait()
        with units() as work:
            work.listings.save(listings[::step], NOON)
            work.commit()
        return effects

    with ThreadPoolExecutor(2) as workers:
        forwards, backwards = workers.map(work_through, [1, -1])

    ids = [effect.effect_id for effect in forwards]
    assert [effect.effect_id for effect in reversed(backwards)] == ids
    with units() as work:
        states = work.ledger.in_states(Operation.CREATE_ORDER, "acme-us", [EffectState.SENT])
    assert [effect.attempts for effect in states] == [2] * len(ids)


def test_of_several_claims_at_once_one_is_granted(units: UnitsOfWork) -> None:
    with units() as work:
        [effect] = work.ledger.record(
            [a_change(ORDER, Operation.CREATE_ORDER)], RUN, NOON, plan_hash="p"
        )
        work.commit()
    start = threading.Barrier(WORKERS, timeout=30)

    def claim(_worker: int) -> bool:
        start.wait()
        with units() as work:
            answer = work.ledger.claim(effect, LATER)
            work.commit()
        return answer

    with ThreadPoolExecutor(WORKERS) as workers:
        answers = list(workers.map(claim, range(WORKERS)))

    assert sorted(answers) == [False, False, False, True]
    with units() as work:
        assert work.ledger.effect(effect.effect_id).attempts == 1


def test_a_unit_that_has_read_may_write_after_another_has_written(units: UnitsOfWork) -> None:
    with units() as slow:
        assert slow.listings.of("acme-us", "ATVPDKIKX0DER") == []
        with units() as quick:
            quick.listings.save([a_listing("A-1")], NOON)
            quick.commit()
        slow.listings.save([a_listing("A-2")], NOON)
        slow.commit()
        skus = [listing.sku for listing in slow.listings.of("acme-us", "ATVPDKIKX0DER")]

    assert skus == ["A-1", "A-2"]


def test_leaving_without_commit_leaves_nothing(units: UnitsOfWork) -> None:
    def lose_power() -> None:
        with units() as work:
            work.ledger.record([a_change()], RUN, NOON, plan_hash="p")
            work.listings.save([a_listing()], NOON)
            raise RuntimeError("the power went")

    with pytest.raises(RuntimeError, match="the power went"):
        lose_power()
    with units() as work:
        work.cursors.set("orders", NOON)

    with units() as work:
        assert work.ledger.log("A-1") == []
        assert work.listings.by_sku("A-1") == []
        assert work.cursors.get("orders") is None


_DYING_WORKER = """
import os, sys
from affluent.storage.engine import open_engine
from affluent.storage.unit_of_work import SqlUnitsOfWork
from tests.integration.storage.builders import NOON, RUN, a_change

work = SqlUnitsOfWork(open_engine(sys.argv[1]))()
work.ledger.record([a_change("kept")], RUN, NOON, plan_hash="p")
work.commit()
work.ledger.record([a_change("lost")], RUN, NOON, plan_hash="p")
os._exit(9)
"""


def test_a_killed_worker_leaves_what_it_committed_and_no_lock(database_url: str) -> None:
    died = subprocess.run([sys.executable, "-c", _DYING_WORKER, database_url], check=False)

    engine = open_engine(database_url)
    with SqlUnitsOfWork(engine)() as work:
        logs = {key: len(work.ledger.log(key)) for key in ("kept", "lost")}
        again = work.ledger.record([a_change("kept")], RUN, LATER, plan_hash="p")
        work.commit()
    engine.dispose()

    assert died.returncode == 9
    assert logs == {"kept": 1, "lost": 0}
    assert again[0].created_at == NOON
