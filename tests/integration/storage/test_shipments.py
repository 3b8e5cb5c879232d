"""What the store keeps of confirmations, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Engine

from affluent.domain.effect import Run
from affluent.domain.plan import Change, Operation
from affluent.domain.shipment import SeenCarrier
from affluent.storage.unit_of_work import SqlUnitsOfWork
from tests.fakes.clock import NOON

RUN = Run("run-1", "confirm_shipments")


def confirmation(key: str, account: str = "main", revision: str = "") -> Change:
    return Change(
        Operation.CONFIRM_SHIPMENT, account, "US", key, after={}, why="", revision=revision
    )


def record(engine: Engine, *changes: Change, run: Run = RUN) -> list[int]:
    with SqlUnitsOfWork(engine)() as work:
        effects = work.ledger.record(changes, run, NOON, plan_hash="a")
        work.commit()
    return [effect.effect_id for effect in effects]


def test_each_revision_of_a_confirmation_is_recorded_once_whichever_run_plans_it(
    engine: Engine,
) -> None:
    first, second = confirmation("A/1"), confirmation("A/1", revision="2")

    ids = record(engine, first) + record(engine, second)

    assert len(set(ids)) == 2
    again = replace(RUN, run_id="run-2")
    assert record(engine, second, run=again) + record(engine, first, run=again) == ids[::-1]


def test_the_confirmations_of_orders_are_found_in_bulk(engine: Engine) -> None:
    wanted = record(engine, confirmation("A/1"), confirmation("LONGER/1"))
    wanted += record(engine, confirmation("A/1", revision="2"))
    record(engine, confirmation("AB/1"), confirmation("A/1", account="other"))
    record(engine, replace(confirmation("A/3"), operation=Operation.PATCH_OFFER))

    with SqlUnitsOfWork(engine)() as work:
        found = work.ledger.of_orders(
            Operation.CONFIRM_SHIPMENT, "main", ["A", "LONGER", "NONE", "A"]
        )
        assert work.ledger.of_orders(Operation.CONFIRM_SHIPMENT, "main", []) == []

    assert sorted(effect.effect_id for effect in found) == sorted(wanted)
    of_a = [effect.effect_id for effect in found if effect.key == "A/1"]
    assert of_a == sorted(of_a)


def test_a_carriers_name_keeps_the_time_at_which_it_was_seen_first(engine: Engine) -> None:
    with SqlUnitsOfWork(engine)() as work:
        work.carrier_names.note(["ups", "Bike Ned"], NOON)
        work.carrier_names.note(["ups", "fedex", "fedex"], NOON + timedelta(days=1))
        work.commit()

    with SqlUnitsOfWork(engine)() as work:
        assert work.carrier_names.all() == [
            SeenCarrier("Bike Ned", NOON),
            SeenCarrier("fedex", NOON + timedelta(days=1)),
            SeenCarrier("ups", NOON),
        ]
