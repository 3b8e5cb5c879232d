"""From a change in the store to Amazon's ACCEPTED, at both vendors' real quotas and real time.

Fifty SKUs get another stock at once. A process that runs already reads what changed, plans, judges
and sends, as the flows do. The quota alone takes its time: patchListingsItem has 5 calls in its
bucket and earns 5 a second, so the last of fifty leaves after (50 - 5) / 5 = 9 seconds.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from affluent.catalog.extract import extract_catalog
from affluent.domain.account import Account
from affluent.domain.effect import Run
from affluent.domain.listing import Listing, ListingStatus, SellingList
from affluent.domain.offer import OfferProfile
from affluent.domain.product import Variant
from affluent.offers.apply import apply_offers
from affluent.offers.extract import OfferRules, gather_due, keep_due
from affluent.offers.gate import gate_offers
from affluent.offers.plan import plan_prices, plan_quantities
from affluent.ports.progress import NoProgress
from affluent.ports.storage import UnitsOfWork
from affluent.quality.gate import QualityGate
from affluent.storage.buckets import SqlBuckets
from affluent.storage.engine import open_engine
from affluent.storage.unit_of_work import SqlUnitsOfWork
from affluent.storage.windows import SqlWindows
from affluent.submissions.context import Sender
from benchmarks.measures.catalog_file import write_catalog
from benchmarks.measures.counting import CountingTransport
from benchmarks.measures.sandbox import (
    MARKETPLACE,
    Ready,
    marketplace,
    open_account,
    open_store,
)
from connectors.amazon.account import AmazonAccount
from connectors.bigcommerce.store import BigCommerceStore
from connectors.sandbox_admin import SandboxAdmin

CHANGED: Final = 50
#: What fills the bucket again between two rounds.
_PAUSE_SECONDS: Final = 2.0
_ROUNDS: Final = 3
_ACCOUNT: Final = Account("bench", "SELLER", (marketplace(),))
_LIST: Final = SellingList("Bench", "bench", MARKETPLACE)
_RULES: Final = OfferRules([_LIST], {"default": OfferProfile("default")}, {})


def seconds_to_accepted(ready: Ready, database: str) -> list[float]:
    """For each SKU of every round, the seconds from its change in the store to the receipt."""
    engine = open_engine(database)
    units, transport = SqlUnitsOfWork(engine), CountingTransport()
    store = open_store(ready, SqlWindows(engine), 1.0)
    amazon = open_account(ready, SqlBuckets(engine), 1.0, transport)
    gate, seconds = QualityGate(), []
    _read(store, units, amazon, full=True)
    sold = _link(units, amazon)
    for number in range(_ROUNDS + 1):
        changed_at = _change(ready, sold, 100 + number)
        _follow(store, amazon, units, gate, f"round-{number}")
        # The first round also opens connections and loads the suites, as a worker does once.
        if number:
            seconds += [transport.answered_at[sku] - at for sku, at in changed_at.items()]
        time.sleep(_PAUSE_SECONDS)
    store.close()
    amazon.close()
    engine.dispose()
    return seconds


def _read(
    store: BigCommerceStore, units: UnitsOfWork, amazon: AmazonAccount, *, full: bool
) -> None:
    extract_catalog(store.catalog, units, amazon.clock, NoProgress(), full=full, may_shrink=False)


def _link(units: UnitsOfWork, amazon: AmazonAccount) -> list[Variant]:
    """Let Amazon show what the store has."""
    with units() as work:
        variants = work.variants.all()
        work.listings.save([_listing(one) for one in variants], amazon.clock.now())
        work.commit()
    return variants[:CHANGED]


def _listing(variant: Variant) -> Listing:
    return Listing(
        account="bench",
        marketplace_id=MARKETPLACE,
        sku=variant.sku,
        status=ListingStatus.LINKED,
        selling_list=_LIST.name,
        store_sku=variant.sku,
        variant_id=variant.variant_id,
        price=variant.price,
        quantity=variant.quantity,
    )


def _change(ready: Ready, sold: Sequence[Variant], stock: int) -> dict[str, float]:
    """When each SKU got another stock."""
    changed_at = {}
    with SandboxAdmin(ready["admin"]) as admin:
        for variant in sold:
            admin.patch_variant(variant.variant_id, {"inventory_level": stock})
            changed_at[variant.sku] = time.time()
    return changed_at


def _follow(
    store: BigCommerceStore,
    amazon: AmazonAccount,
    units: UnitsOfWork,
    gate: QualityGate,
    run_id: str,
) -> None:
    """What extract_catalog and sync_offers do, up to Amazon's receipts."""
    _read(store, units, amazon, full=False)
    gathered = gather_due(_ACCOUNT, marketplace(), _RULES, units)
    plans = [plan_quantities(gathered.known), plan_prices(gathered.known)]
    quantities, prices = (gate_offers(plan, gate, gathered.known) for plan in plans)
    keep_due(gathered, plans, "bench", MARKETPLACE, units)
    sender = Sender(
        account="bench",
        marketplace_id=MARKETPLACE,
        amazon=amazon,
        units=units,
        clock=amazon.clock,
        run=Run(run_id, "sync_offers"),
        progress=NoProgress(),
        began_at=amazon.clock.now(),
    )
    taken = apply_offers(quantities, prices, sender)
    if len(taken) != CHANGED:
        raise ValueError(f"Amazon took {len(taken)} of {CHANGED} changes")


def catalog_of(folder: Path) -> Path:
    """A catalog with as many variants as are changed, and some more."""
    file = folder / "catalog.ndjson"
    write_catalog(file, 2 * CHANGED)
    return file
