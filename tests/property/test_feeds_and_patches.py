"""Feeds that Amazon works through late, and patches that overtake them: the later value wins."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from affluent.domain.forecast import Forecast, Foretold, ForetoldCalls
from affluent.domain.plan import Change
from affluent.domain.product import Variant
from affluent.storage.engine import open_engine
from affluent.storage.unit_of_work import SqlUnitsOfWork
from tests.builders.catalog import usd, variant
from tests.builders.listings import listing, on_amazon
from tests.fakes.world import World

HOUR = 3600.0
NUMBERS = (1, 2)
FINAL_RUNS = 2


@dataclass(frozen=True)
class Step:
    """A run that brings these quantities and prices about, by a feed that takes so long or by
    patches, and the time that passes after it."""

    by_feed: bool
    feed_seconds: float
    quantities: tuple[int, int]
    prices: tuple[int, int]
    pause: float

    def variants(self) -> list[Variant]:
        return [
            variant(number, quantity=quantity, price=usd(price))
            for number, quantity, price in zip(NUMBERS, self.quantities, self.prices, strict=True)
        ]


@dataclass(frozen=True)
class OneWay:
    """Foretells that one way is faster."""

    by_feed: bool

    def of(self, _changes: Sequence[Change]) -> Foretold:
        way = Forecast((ForetoldCalls("any", 1, 1.0),))
        other = Forecast((ForetoldCalls("any", 1, 2.0),))
        return Foretold(other, way) if self.by_feed else Foretold(way, other)


def a_pair(low: int, high: int) -> st.SearchStrategy[tuple[int, int]]:
    return st.tuples(st.integers(low, high), st.integers(low, high))


steps = st.builds(
    Step,
    by_feed=st.booleans(),
    feed_seconds=st.sampled_from([60.0, HOUR, 3 * HOUR, 9 * HOUR]),
    quantities=a_pair(0, 3),
    prices=a_pair(19, 21),
    pause=st.sampled_from([0.0, 600.0, HOUR, 5 * HOUR]),
)


@contextmanager
def opened_world(template: Path) -> Iterator[World]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "world.db"
        shutil.copy(template, file)
        engine = open_engine(f"sqlite:///{file}")
        world = World(SqlUnitsOfWork(engine))
        for number in NUMBERS:
            world.remember(listing(number))
            world.amazon.listings.place(on_amazon(number))
        yield world
        engine.dispose()


def run(world: World, step: Step, before: Step) -> None:
    """One sync. Nothing is sent by then that neither it nor the run before wants."""
    world.amazon.feeds.seconds = step.feed_seconds
    world.amazon.forecast = OneWay(step.by_feed)
    already = len(world.amazon.listings.sent)
    world.sync(*step.variants())
    wanted = [(one.sku, one.quantity) for way in (before, step) for one in way.variants()]
    for change in world.amazon.listings.sent[already:]:
        if "quantity" in change.after:
            assert (change.key, change.after["quantity"]) in wanted


def assert_as_intended(world: World, step: Step) -> None:
    shown = world.amazon.listings.show()
    for one in step.variants():
        assert (shown[one.sku].quantity, shown[one.sku].price) == (one.quantity, one.price)


LATE = 9 * HOUR
AT_FIRST = Step(by_feed=False, feed_seconds=60.0, quantities=(7, 7), prices=(19, 19), pause=0.0)
#: A patch between two feeds must not come back once the first of them has ended.
BETWEEN_FEEDS = [
    Step(by_feed=True, feed_seconds=LATE, quantities=(1, 1), prices=(19, 19), pause=600.0),
    Step(by_feed=False, feed_seconds=LATE, quantities=(2, 1), prices=(19, 19), pause=HOUR),
    Step(by_feed=True, feed_seconds=LATE, quantities=(3, 1), prices=(19, 19), pause=LATE - HOUR),
    Step(by_feed=False, feed_seconds=LATE, quantities=(3, 1), prices=(19, 19), pause=LATE),
]
#: What rides in a feed is to be undone though Amazon shows the right value still.
UNDONE_IN_TIME = [
    Step(by_feed=False, feed_seconds=60.0, quantities=(0, 0), prices=(19, 20), pause=0.0),
    Step(by_feed=True, feed_seconds=HOUR, quantities=(0, 1), prices=(19, 19), pause=0.0),
    Step(by_feed=False, feed_seconds=60.0, quantities=(0, 0), prices=(19, 19), pause=0.0),
]


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@example(story=BETWEEN_FEEDS, lag=30.0)
@example(story=UNDONE_IN_TIME, lag=30.0)
@given(story=st.lists(steps, min_size=1, max_size=7), lag=st.sampled_from([0.0, 30.0]))
def test_once_no_feed_is_left_amazon_shows_the_latest(
    sqlite_template: Path, story: list[Step], lag: float
) -> None:
    """Whatever was sent on which way: after a run that meets no unfinished feed, an old value is
    gone, and it does not come back; what a feed brings late is seen and mended by the next run."""
    with opened_world(sqlite_template) as world:
        world.amazon.listings.lag_seconds = lag
        for before, step in pairwise([AT_FIRST, *story]):
            was_quiet = not world.amazon.feeds.unfinished()
            run(world, step, before)
            if was_quiet and not lag and not world.amazon.feeds.unfinished():
                assert_as_intended(world, step)
            world.clock.sleep(step.pause)
        world.clock.sleep(10 * LATE)
        latest = replace(story[-1], by_feed=False)
        for _ in range(FINAL_RUNS):
            run(world, latest, latest)
            world.clock.sleep(HOUR)
        assert_as_intended(world, latest)
        assert world.unresolved() == []


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(story=st.lists(steps, min_size=1, max_size=5))
def test_stock_that_is_gone_is_told_at_once_and_again_when_the_feed_has_ended(
    sqlite_template: Path, story: list[Step]
) -> None:
    """However long the queue: after the run that knows of it, Amazon sells nothing any more."""
    with opened_world(sqlite_template) as world:
        for before, step in pairwise([AT_FIRST, *story]):
            run(world, step, before)
            world.clock.sleep(step.pause)
        gone = Step(True, LATE, (0, 0), story[-1].prices, pause=0.0)
        waiting = {feed.feed_id for feed in world.amazon.feeds.unfinished()}
        run(world, gone, story[-1])
        # What an older feed brings while the run is under way is the next one's to mend.
        if waiting <= {feed.feed_id for feed in world.amazon.feeds.unfinished()}:
            assert [one.quantity for one in world.amazon.listings.show().values()] == [0, 0]
        world.clock.sleep(10 * LATE)
        run(world, gone, gone)
        assert [one.quantity for one in world.amazon.listings.show().values()] == [0, 0]
