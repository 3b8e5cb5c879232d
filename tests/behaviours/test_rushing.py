"""A SKU that sells out while a run sends much is set to zero before the rest of that run."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from decimal import Decimal

import pytest

from affluent.domain.report import RunReport
from affluent.ports.storage import UnitsOfWork
from affluent.settings.document import read_settings
from affluent.storage.engine import open_engine
from affluent.storage.unit_of_work import SqlUnitsOfWork
from affluent.submissions.rush import RUSH
from tasks.runtime import watching
from tests.behaviours.merchant import HERE, Json, Merchant, opened_merchant
from tests.fakes.clock import NOON

#: Slow enough that all wait for Amazon's quota, and not for this machine.
SPEED = 5.0
#: So many patches are marked as sent together, and so many of them are under way at a time.
LOT, AT_ONCE = 40, 8
PATIENCE_SECONDS = 120.0
LONG_AGO = NOON.replace(year=2000)


class Turnstile:
    """The progress of a run that stands still between its first lot and its second."""

    def __init__(self, until: Callable[[], bool]) -> None:
        self.reached = threading.Event()
        self._until = until

    def show(self, step: str, done: int, _total: int | None = None) -> None:
        if step == "sent singly" and done == LOT:
            self.reached.set()
            until(self._until)


def until(is_so: Callable[[], bool]) -> None:
    ends_at = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < ends_at
        time.sleep(0.005)


@pytest.fixture(scope="module")
def merchant(prefect_server: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Merchant]:
    with opened_merchant(tmp_path_factory.mktemp("merchant"), SPEED) as opened:
        yield opened


@pytest.fixture(scope="module")
def sold(merchant: Merchant) -> list[str]:
    """The SKUs that are linked, in the order in which a run sends them; price and stock of
    each have moved."""
    [by_feed, *_] = merchant.read()["selling_lists"]
    merchant.write(selling_lists=[by_feed])
    merchant.run("extract_catalog")
    merchant.run("publish_listings", **HERE)
    linked = sorted(
        one["sku"]
        for one in merchant.admin.amazon_listings()
        if one["sku"] in merchant.stock() and not one["issues"] and "OLD" not in one["sku"]
    )
    for sku in linked:
        store = merchant.variant(sku)
        price = Decimal(str(store["calculated_price"])) + Decimal("0.10")
        stock = store["inventory_level"] + 1
        merchant.change_variant(sku, price=str(price), inventory_level=stock)
    return linked


@pytest.fixture(scope="module")
def units(merchant: Merchant) -> Iterator[UnitsOfWork]:
    engine = open_engine(read_settings(merchant.config).database)
    yield SqlUnitsOfWork(engine)
    engine.dispose()


def in_the_background(merchant: Merchant, turnstile: Turnstile) -> Future[RunReport]:
    """A run of sync_offers in a thread, with connections and quotas of its own."""

    def run() -> RunReport:
        watching.set(turnstile)
        return merchant.run("sync_offers", **HERE)

    pool = ThreadPoolExecutor(1)
    running = pool.submit(run)
    pool.shutdown(wait=False)
    return running


@pytest.mark.behaviour("N13")
def test_a_sku_that_sells_out_overtakes_what_is_sent_in_bulk(
    merchant: Merchant, sold: list[str], units: UnitsOfWork
) -> None:
    last = sold[-1]

    def is_rushed() -> bool:
        with units() as work:
            return bool(work.ledger.sent_by(RUSH, HERE["account"], LONG_AGO, [last]))

    merchant.run("extract_catalog", full=False)
    already = len(merchant.written_to_amazon())
    turnstile = Turnstile(is_rushed)
    running = in_the_background(merchant, turnstile)
    until(turnstile.reached.is_set)

    merchant.change_variant(last, inventory_level=0)
    merchant.run("extract_catalog", full=False)
    rushed = merchant.run("rush_offers", **HERE)
    bulk = running.result(PATIENCE_SECONDS)

    written = merchant.written_to_amazon()[already:]
    place = [number for number, (sku, _) in enumerate(written) if sku == last]
    assert [quantity(body) for _, body in (written[one] for one in place)] == [0]
    assert (rushed.planned, rushed.sent) == (1, 1)
    assert bulk.sent == len(sold) - 1
    assert place[0] < LOT + AT_ONCE < len(sold)
    assert len(written) == len(sold)
    assert shown_quantity(merchant, last) == 0


@pytest.mark.behaviour("N13")
def test_what_gave_way_follows_with_the_next_sync(merchant: Merchant, sold: list[str]) -> None:
    last = sold[-1]
    store = merchant.variant(last)

    report = merchant.run("sync_offers", **HERE)

    assert (report.planned, report.effective) == (1, 1)
    assert shown_quantity(merchant, last) == store["inventory_level"] == 0
    listing = merchant.on_amazon(last)
    assert listing is not None
    assert Decimal(listing["price"]) == Decimal(str(store["calculated_price"]))


def quantity(body: Json) -> object:
    [patch] = [one for one in body["patches"] if one["path"].endswith("fulfillment_availability")]
    return patch["value"][0]["quantity"]


def shown_quantity(merchant: Merchant, sku: str) -> int | None:
    listing = merchant.on_amazon(sku)
    assert listing is not None
    found: int | None = listing["quantity"]
    return found
