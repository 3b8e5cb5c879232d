"""From a new snapshot to a plan: many offers in step, and ten thousand changes among them.

The rows are seeded by SQL, all in step and planned once. Then ten thousand variants are saved with
another stock, half of them with another price, as a reading of the catalog saves them. The plan is
made in a process of its own, so its peak is that of planning.
"""

from __future__ import annotations

import resource
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from decimal import Decimal
from multiprocessing import get_context
from typing import Final

from sqlalchemy import Engine, text

from affluent.domain.account import Account
from affluent.domain.listing import SellingList
from affluent.domain.money import Money
from affluent.domain.offer import OfferProfile
from affluent.domain.product import Variant
from affluent.offers.extract import OfferRules, gather_due, keep_due
from affluent.offers.plan import plan_prices, plan_quantities
from affluent.storage.engine import open_engine
from affluent.storage.unit_of_work import SqlUnitsOfWork
from benchmarks.measures.linking import variants_statement
from benchmarks.measures.sandbox import marketplace
from connectors.http.clock import VendorClock

CHANGED: Final = 10_000
_ROUNDS: Final = 3
_PAGE: Final = 250
_ACCOUNT: Final = Account("bench", "SELLER", (marketplace(),))
_LIST: Final = SellingList("Bench", _ACCOUNT.name, marketplace().marketplace_id)
_RULES: Final = OfferRules([_LIST], {"default": OfferProfile("default")}, {})

_LISTINGS: Final = f"""
    INSERT INTO listings (
        account, marketplace_id, sku, status, selling_list, store_sku, variant_id, asin,
        product_type, barcode, created_by_us, channel, price_amount, price_currency, quantity,
        buyable, reasons, fingerprint, updated_at
    )
    SELECT '{_ACCOUNT.name}', '{marketplace().marketplace_id}', sku, 'linked', '{_LIST.name}', sku,
        variant_id, 'B0', 'LUGGAGE', '', false, 'DEFAULT', price_amount, price_currency, quantity,
        true, image_urls, '', changed_at
    FROM variants
"""
#: What only finds the offers that differ, and brings what a plan needs of them.
_JOIN: Final = f"""
    SELECT listings.*, variants.* FROM listings
    JOIN variants ON variants.variant_id = listings.variant_id
    WHERE listings.account = '{_ACCOUNT.name}'
    AND listings.marketplace_id = '{marketplace().marketplace_id}'
    AND (variants.quantity <> listings.quantity
        OR variants.price_amount <> listings.price_amount)
"""


@dataclass(frozen=True)
class Planning:
    """The quickest of several rounds, in seconds, and the most memory of a planning process.

    `save_seconds` is what the snapshot of the changes took to save, marks and all.
    """

    save_seconds: float
    plan_seconds: float
    join_seconds: float
    peak_mb: float


def measure_planning(url: str, offers: int) -> Planning:
    """Fill a fresh database with so many offers, change ten thousand, and plan."""
    engine = open_engine(url)
    _seed(engine, offers)
    saving, planning, joining, peaks = [], [], [], []
    for number in range(_ROUNDS):
        saving.append(_change(engine, number + 1, offers))
        joining.append(_join(engine))
        seconds, peak = _alone(url)
        planning.append(seconds)
        peaks.append(peak)
    engine.dispose()
    return Planning(min(saving), min(planning), min(joining), max(peaks))


def _seed(engine: Engine, offers: int) -> None:
    # The rules are known before there is an offer, as after a plan that found all in step.
    gather_due(_ACCOUNT, marketplace(), _RULES, SqlUnitsOfWork(engine))
    with engine.begin() as connection:
        connection.execute(text(variants_statement(engine)), {"count": offers})
        connection.execute(text(_LISTINGS))
    with engine.begin() as connection:
        # As either database does of itself, sooner or later.
        connection.execute(text("ANALYZE"))


def _change(engine: Engine, number: int, offers: int) -> float:
    units, now = SqlUnitsOfWork(engine), VendorClock().now()
    skus = [f"SKU-{at * (offers // CHANGED)}" for at in range(CHANGED)]
    with units() as work:
        known = work.variants.by_skus(skus)
    moved = [_moved(one, number) for one in known.values()]
    started = time.perf_counter()
    for start in range(0, CHANGED, _PAGE):
        with units() as work:
            work.variants.save(moved[start : start + _PAGE], now)
            work.commit()
    return time.perf_counter() - started


def _moved(variant: Variant, number: int) -> Variant:
    price = Decimal("19.90") + (number if variant.variant_id % 2 else 0)
    return replace(variant, quantity=7 + number, price=Money(price, "USD"))


def _join(engine: Engine) -> float:
    with engine.connect() as connection:
        cursor = connection.connection.cursor()
        started = time.perf_counter()
        cursor.execute(_JOIN)
        found = cursor.fetchall()
        seconds = time.perf_counter() - started
    if len(found) != CHANGED:
        raise ValueError(f"The join found {len(found)} offers")
    return seconds


def _alone(url: str) -> tuple[float, float]:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(_plan, url).result()


def _plan(url: str) -> tuple[float, float]:
    engine = open_engine(url)
    units = SqlUnitsOfWork(engine)
    started = time.perf_counter()
    gathered = gather_due(_ACCOUNT, marketplace(), _RULES, units)
    plans = [plan_quantities(gathered.known), plan_prices(gathered.known)]
    hashes = [plan.hash for plan in plans]
    keep_due(gathered, plans, _ACCOUNT.name, marketplace().marketplace_id, units)
    seconds = time.perf_counter() - started
    engine.dispose()
    if len(plans[0].changes) != CHANGED or len(hashes) != len(plans):
        raise ValueError(f"The plan has {len(plans[0].changes)} changes of quantities")
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
