"""Trees of variations over random products: no child before its parent, and one plan is enough."""

from __future__ import annotations

from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from affluent.domain.effect import EffectState
from affluent.domain.listing import SubmissionPath
from affluent.domain.plan import Operation
from affluent.domain.product import Variant
from affluent.domain.variation import Parentage
from affluent.ports.storage import UnitsOfWork
from tests.builders.catalog import CREATION, selling_list
from tests.builders.families import PROFILE, SCHEMA, child
from tests.fakes.world import World

ON_DISK = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
ACCOUNTS = (f"family-{number}" for number in count())

options = st.tuples(st.sampled_from(["Red", "Blue", "Green"]), st.sampled_from(["S", "M", "L"]))


@st.composite
def stores(draw: st.DrawFn) -> tuple[Variant, ...]:
    """Up to three products of up to five variants, each with options of its own."""
    numbers = count(1)
    return tuple(
        child(next(numbers), *one, product_id=product)
        for product in range(draw(st.integers(1, 3)))
        for one in draw(st.lists(options, min_size=1, max_size=5, unique=True))
    )


def a_world(units: UnitsOfWork, path: SubmissionPath) -> World:
    world = World(units, next(ACCOUNTS))
    world.lists = [selling_list(account=world.account.name, variations=True, path=path)]
    world.creations = {CREATION.name: PROFILE}
    world.amazon.product_types.schema = SCHEMA
    return world


@given(
    store=stores(),
    path=st.sampled_from([SubmissionPath.SINGLE, SubmissionPath.FEED]),
    refused=st.sets(st.integers(1, 15), max_size=4),
    lag=st.sampled_from([0.0, 120.0, 2_000.0]),
)
@ON_DISK
def test_no_child_is_sent_before_its_parent_is_effective(
    units: UnitsOfWork,
    store: tuple[Variant, ...],
    path: SubmissionPath,
    refused: set[int],
    lag: float,
) -> None:
    world = a_world(units, path)
    world.gate.held_listings = {f"SKU-{number}" for number in refused}
    world.amazon.listings.lag_seconds = lag

    for _ in range(3):
        world.publish(*store)
        effects = world.effects(Operation.PUT_LISTING)
        shown_at = {
            one.key: one.updated_at
            for one in effects
            if one.after.get("parentage") == Parentage.PARENT and one.state is EffectState.EFFECTIVE
        }
        for effect in effects:
            parent = effect.after.get("parent_sku")
            if parent and effect.state is not EffectState.HELD:
                assert parent in shown_at
                assert effect.created_at >= shown_at[parent]
        world.clock.sleep(2_000.0)


@given(store=stores(), path=st.sampled_from([SubmissionPath.SINGLE, SubmissionPath.FEED]))
@ON_DISK
def test_a_tree_s_plan_is_empty_once_it_stands(
    units: UnitsOfWork, store: tuple[Variant, ...], path: SubmissionPath
) -> None:
    world = a_world(units, path)
    world.publish(*store)
    held = [one for one in world.effects(Operation.PUT_LISTING) if one.state is EffectState.HELD]

    assert held == []
    assert world.publish(*store) == 0
    assert world.publish(*store[1:]) in (0, 1)
