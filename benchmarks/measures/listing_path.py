"""From the snapshot to the documents of feeds, step by step, in a process of its own.

Beside it bare jsonschema-rs judges the same payloads, in the same process and after the path.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Final, TypeVar

from jsonschema_rs import Draft201909Validator

from affluent.domain.collecting import few_collections
from affluent.domain.effect import Effect, Run
from affluent.domain.feed import FeedMessage
from affluent.domain.listing import (
    Requirements,
)
from affluent.domain.offer import OfferProfile
from affluent.domain.plan import Change, Gated, Plan
from affluent.domain.selection import Selected, select
from affluent.listings.apply import pending_listing
from affluent.listings.gate import gate_listings
from affluent.listings.known import ListingsKnown
from affluent.listings.plan import plan_listings
from affluent.ports.storage import UnitsOfWork
from affluent.quality.gate import QualityGate
from affluent.storage.engine import open_engine
from affluent.storage.unit_of_work import SqlUnitsOfWork
from benchmarks.measures.databases import fresh_database
from benchmarks.measures.home_catalog import (
    ACCOUNT,
    SELLING_LIST,
    home_definition,
    home_profile,
    home_variants,
)
from benchmarks.measures.sandbox import marketplace
from connectors.amazon.feed_document import document, parts
from connectors.http.clock import VendorClock

ITEMS: Final = 20_000
_SELLER: Final = "A1EXAMPLESELLER"
_PAGE: Final = 1_000
_MEGABYTE: Final = 1024.0

T = TypeVar("T")


@dataclass(frozen=True)
class PathFigures:
    """Seconds by step, of the whole, and of the bare validator; the most memory of the process."""

    steps: dict[str, float]
    bare_seconds: float
    peak_mb: float
    feeds: int

    @property
    def seconds(self) -> float:
        """What the whole path took."""
        return sum(self.steps.values())


def measure_path() -> PathFigures:
    """Fill a fresh database, then walk the path once in a new process."""
    with fresh_database("sqlite") as url:
        engine = open_engine(url)
        units, now = SqlUnitsOfWork(engine), VendorClock().now()
        variants = list(home_variants(ITEMS))
        for start in range(0, ITEMS, _PAGE):
            with units() as work:
                work.variants.save(variants[start : start + _PAGE], now)
                work.commit()
        engine.dispose()
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
            return process.submit(_walk, url).result()


class _Watch:
    def __init__(self) -> None:
        self.steps: dict[str, float] = {}

    def time(self, name: str, step: Callable[[], T]) -> T:
        """Run a step and keep its time."""
        started = time.process_time()
        found = step()
        self.steps[name] = time.process_time() - started
        return found


def _walk(url: str) -> PathFigures:
    engine = open_engine(url)
    units, gate, watch = SqlUnitsOfWork(engine), QualityGate(), _Watch()
    known, definitions = _known(), {("HOME", Requirements.LISTING): home_definition()}
    profiles = {SELLING_LIST.name: known.offer_profiles["default"]}
    # What a worker loads once: the suites and the schema.
    gate_listings(plan_listings(_selected(units)[:1], known), gate, profiles, (), definitions)

    selected = watch.time("read", lambda: _selected(units))
    plan = watch.time("plan", lambda: plan_listings(selected, known))
    plan_hash = watch.time("hash", lambda: plan.hash)
    gated = watch.time("gate", lambda: gate_listings(plan, gate, profiles, (), definitions))
    _require_all(plan, gated)
    effects = watch.time("ledger", lambda: _record(gated, plan_hash, selected, units))
    feeds = watch.time("documents", lambda: _documents(effects, gated.passed))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MEGABYTE
    engine.dispose()
    return PathFigures(watch.steps, _bare(gated.passed), peak, feeds)


def _known() -> ListingsKnown:
    return ListingsKnown(
        account=ACCOUNT,
        marketplace=marketplace(),
        listings={},
        on_amazon=frozenset(),
        prices={},
        matches={},
        offer_profiles={"default": OfferProfile("default")},
        creation_profiles={"home": home_profile()},
        definitions={"HOME": home_definition()},
        reserved={},
    )


def _selected(units: UnitsOfWork) -> list[Selected]:
    with units() as work:
        return select([SELLING_LIST], work.variants.all())


@few_collections()
def _record(
    gated: Gated, plan_hash: str, selected: list[Selected], units: UnitsOfWork
) -> list[Effect]:
    now, run = VendorClock().now(), Run("bench", "publish_listings")
    variants = {one.variant.sku: one.variant for one in selected}
    pending = [pending_listing(change, variants, None) for change in gated.passed]
    with units() as work:
        work.listings.save(pending, now)
        work.commit()
    with units() as work:
        effects = work.ledger.record(gated.passed, run, now, plan_hash=plan_hash)
        work.commit()
    return effects


@few_collections()
def _documents(effects: list[Effect], changes: tuple[Change, ...]) -> int:
    messages = (
        FeedMessage(effect.effect_id, change.key, "UPDATE", change.payload)
        for effect, change in zip(effects, changes, strict=True)
    )
    return len([document(part, _SELLER) for part in parts(messages, _SELLER)])


def _bare(changes: tuple[Change, ...]) -> float:
    validator = Draft201909Validator(dict(home_definition().schema), validate_formats=True)
    payloads = [change.payload["attributes"] for change in changes]
    started = time.process_time()
    for payload in payloads:
        tuple(validator.iter_errors(payload))
    return time.process_time() - started


def _require_all(plan: Plan, gated: Gated) -> None:
    if len(gated.passed) != ITEMS:
        first = gated.held[0].findings if gated.held else plan.notes
        raise ValueError(f"Of {ITEMS} items {len(gated.passed)} passed: {gated.stops or first}")
