"""Whatever happens to shipments in the store and on the way: Amazon's packages end as the store's.

The world's Amazon refuses what the real one refuses: units beyond the order, and new packages of an
order that is fulfilled.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import groupby, pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from affluent.domain.effect import EffectState
from affluent.domain.errors import Retryable
from affluent.domain.plan import Operation
from affluent.domain.shipment import ShipmentConfirmation, StoreShipment
from affluent.storage.engine import open_engine
from affluent.storage.unit_of_work import SqlUnitsOfWork
from tests.builders.catalog import variant
from tests.builders.orders import ORDER_ID, amazon_order, order_line
from tests.fakes.wire import WorkerDied
from tests.fakes.world import World

ORDERED = {0: 2, 1: 3}
ITEMS = {0: "item-1", 1: "item-2"}
CARRIERS = ("ups", "fedex", "usps")
#: A final pause is longer than the longest that a package waits for its next confirmation.
FINAL_RUNS, FINAL_PAUSE = 8, 24 * 3600.0

steps = st.lists(
    st.one_of(
        st.tuples(st.just("ship"), st.tuples(st.integers(0, 2), st.integers(0, 3))),
        st.tuples(st.sampled_from(["number", "carrier", "delete"]), st.integers(0, 5)),
        st.tuples(st.just("run"), st.none()),
        st.tuples(st.just("drop"), st.integers(1, 3)),
        st.tuples(st.just("lose"), st.none()),
        st.tuples(st.just("die"), st.integers(0, 25)),
        st.tuples(st.just("wait"), st.integers(60, 7200)),
    ),
    max_size=14,
)


class Store:
    """The merchant, who ships no more than was ordered."""

    def __init__(self, world: World, *, makes_again: bool = False) -> None:
        self._world = world
        self._makes_again = makes_again
        self._numbers = iter(f"1Z{number:07}" for number in range(1000))

    @property
    def shipments(self) -> list[StoreShipment]:
        return list(self._world.store.orders.kept[0].shipments)

    def units(self) -> Counter[int]:
        units = Counter[int]()
        for one in self.shipments:
            units.update({line.line_id: line.quantity for line in one.lines})
        return units

    def ship(self, wanted: tuple[int, int]) -> None:
        left = {line: ORDERED[line] - self.units()[line] for line in ORDERED}
        lines = {line: min(wanted[line], left[line]) for line in ORDERED}
        if some := {line: units for line, units in lines.items() if units}:
            self._world.store.orders.ship(100, some, tracking_number=next(self._numbers))

    def change(self, what: str, which: int) -> None:
        if not self.shipments:
            return
        shipment = self.shipments[which % len(self.shipments)]
        if what == "delete":
            self._world.store.orders.delete(shipment)
            if self._makes_again:
                units = {line.line_id: line.quantity for line in shipment.lines}
                self.ship((units.get(0, 0), units.get(1, 0)))
        elif what == "number":
            self._world.store.orders.edit(shipment, tracking_number=next(self._numbers))
        else:
            carrier = CARRIERS[(CARRIERS.index(shipment.provider) + 1) % len(CARRIERS)]
            self._world.store.orders.edit(shipment, provider=carrier)


@given(history=steps)
@settings(max_examples=100, deadline=None)
def test_amazons_packages_end_as_the_stores_shipments(
    sqlite_template: Path, history: list[tuple[str, object]]
) -> None:
    """Where each deleted shipment is made again; Amazon takes none back that is not."""
    with a_world(sqlite_template) as world:
        store = Store(world, makes_again=True)
        for what, how in history:
            take(what, how, store, world)
        settle(world)

        assert states(world) <= {EffectState.EFFECTIVE, EffectState.SUPERSEDED}
        assert on_amazon(world) == in_store(store)
        check_no_kept_confirmation_was_repeated(world)


@given(history=steps)
@settings(max_examples=100, deadline=None)
def test_amazon_is_never_told_what_it_refuses_and_every_shipment_arrives_or_is_held(
    sqlite_template: Path, history: list[tuple[str, object]]
) -> None:
    with a_world(sqlite_template) as world:
        store = Store(world)
        for what, how in history:
            take(what, how, store, world)
        settle(world)

        assert EffectState.REFUSED not in states(world)
        told = {number for number, _, _ in on_amazon(world)}
        held = {
            effect.payload["tracking_number"]
            for effect in world.effects(Operation.CONFIRM_SHIPMENT)
            if effect.state is EffectState.HELD
        }
        assert {one.tracking_number for one in store.shipments} <= told | held
        check_no_kept_confirmation_was_repeated(world)


def take(what: str, how: object, store: Store, world: World) -> None:
    """One step of the history."""
    if what == "ship":
        assert isinstance(how, tuple)
        store.ship(how)
    elif what == "drop":
        assert isinstance(how, int)
        world.amazon.orders.drops = how
    elif what == "lose":
        lost = Retryable("No answer.", vendor="Amazon", operation="confirmShipment")
        world.amazon.orders.failures.append(lost)
    elif what == "wait":
        assert isinstance(how, int)
        world.clock.sleep(how)
    elif what in ("run", "die"):
        world.wire.die_at = len(world.wire.points) + how if isinstance(how, int) else None
        with suppress(WorkerDied):
            world.confirm_shipments()
        world.revive()
    else:
        assert isinstance(how, int)
        store.change(what, how)


def settle(world: World) -> None:
    world.amazon.orders.drops = 0
    world.amazon.orders.failures.clear()
    for _ in range(FINAL_RUNS):
        world.confirm_shipments()
        world.clock.sleep(FINAL_PAUSE)


def states(world: World) -> set[EffectState]:
    return {effect.state for effect in world.effects(Operation.CONFIRM_SHIPMENT)}


def on_amazon(world: World) -> set[tuple[str, str, frozenset[tuple[str, int]]]]:
    packages = world.amazon.orders.orders[ORDER_ID].packages
    return {
        (one.tracking_number, one.carrier_code.casefold(), frozenset(one.quantities))
        for one in packages
    }


def in_store(store: Store) -> set[tuple[str, str, frozenset[tuple[str, int]]]]:
    return {
        (
            one.tracking_number,
            one.provider,
            frozenset((ITEMS[line.line_id], line.quantity) for line in one.lines),
        )
        for one in store.shipments
    }


def check_no_kept_confirmation_was_repeated(world: World) -> None:
    def reference(confirmation: ShipmentConfirmation) -> str:
        return confirmation.reference_id

    kept = sorted(world.amazon.orders.kept, key=reference)
    for _, of_one_package in groupby(kept, key=reference):
        assert all(first != second for first, second in pairwise(of_one_package))


@contextmanager
def a_world(template: Path) -> Iterator[World]:
    """An imported order of two lines, on a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "world.db"
        shutil.copy(template, file)
        engine = open_engine(f"sqlite:///{file}")
        try:
            world = World(SqlUnitsOfWork(engine))
            world.store.catalog.products = [variant(1), variant(2)]
            lines = (order_line(1), order_line(2, quantity=3))
            world.amazon.orders.place(amazon_order(lines=lines))
            world.import_orders()
            yield world
        finally:
            engine.dispose()
