"""An incremental reading of a hundred changed products, however many variants are known."""

from __future__ import annotations

import time
from typing import Any, Final

from sqlalchemy import ColumnElement, Engine, Insert, func, insert, select, text
from sqlalchemy.orm import Session

from affluent.catalog.extract import CURSOR, extract_catalog
from affluent.ports.progress import NoProgress
from affluent.storage.bulk import table_of
from affluent.storage.catalog_tables import VariantRow
from affluent.storage.engine import open_engine
from affluent.storage.unit_of_work import SqlUnitsOfWork
from affluent.storage.windows import SqlWindows
from benchmarks.measures.catalog_file import VARIANTS_A_PRODUCT
from benchmarks.measures.sandbox import Ready, open_store
from connectors.http.clock import VendorClock
from connectors.sandbox_admin import SandboxAdmin

CHANGED: Final = 100
_ROUNDS: Final = 7


def seconds_to_follow(ready: Ready, database: str, known: int) -> float:
    """The quickest of several readings, in each of which the same products have new stock.

    The variants that are `known` are those of the sandbox, read once, and copies of them.
    """
    engine = open_engine(database)
    store = open_store(ready, SqlWindows(engine), 1.0)
    units, clock = SqlUnitsOfWork(engine), VendorClock()
    extract_catalog(store.catalog, units, clock, NoProgress(), full=True, may_shrink=False)
    _copy_variants(engine, known)
    seconds = []
    for number in range(_ROUNDS):
        _change(ready, number)
        with units() as work:
            work.cursors.set(CURSOR, clock.now())
            work.commit()
        started = time.perf_counter()
        found = extract_catalog(
            store.catalog, units, clock, NoProgress(), full=False, may_shrink=False
        )
        seconds.append(time.perf_counter() - started)
        if found.read != CHANGED * VARIANTS_A_PRODUCT or found.changed < CHANGED:
            raise ValueError(f"Not what was changed has been read: {found}")
    store.close()
    engine.dispose()
    return min(seconds)


def _change(ready: Ready, number: int) -> None:
    with SandboxAdmin(ready["admin"]) as admin:
        for product in range(1, CHANGED + 1):
            change = {"inventory_level": 1_000 + number}
            admin.patch_variant(product * VARIANTS_A_PRODUCT, change)


def _copy_variants(engine: Engine, known: int) -> None:
    """Double the rows until there are enough; the catalog's ids begin at the first product's."""
    with Session(engine) as session:
        there = session.scalars(select(func.count()).select_from(VariantRow)).one()
        while there < known:
            copied = min(there, known - there)
            session.execute(_copies(shift=there, below=VARIANTS_A_PRODUCT + copied))
            there += copied
        # As either database does of itself, sooner or later.
        session.execute(text("ANALYZE"))
        session.commit()


def _copies(shift: int, below: int) -> Insert:
    table = table_of(VariantRow)
    moved: dict[str, ColumnElement[Any]] = {
        "variant_id": table.c.variant_id + shift,
        "product_id": table.c.product_id + shift,
        "sku": table.c.sku + f"-{shift}",
    }
    columns = [moved.get(column.name, column) for column in table.columns]
    rows = select(*columns).where(table.c.variant_id < below)
    return insert(table).from_select(table.columns.keys(), rows)
