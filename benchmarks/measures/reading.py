"""The catalog read by our river, and downloaded by bare httpx: each in a process of its own."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Final

import httpx

from affluent.catalog.extract import extract_catalog
from affluent.ports.progress import NoProgress
from affluent.storage.engine import open_engine
from affluent.storage.unit_of_work import SqlUnitsOfWork
from affluent.storage.windows import SqlWindows
from benchmarks.measures.catalog_file import VARIANTS_A_PRODUCT
from benchmarks.measures.sandbox import Ready, open_store
from connectors.http.clock import VendorClock

_INCLUDE: Final = "variants,images,custom_fields"
_KIB_IN_MB: Final = 1_000_000 / 1024


@dataclass(frozen=True)
class Reading:
    """So many products in so many seconds, and the most memory that the process ever held."""

    products: float
    seconds: float
    peak_mb: float

    @property
    def rate(self) -> float:
        """Products per second."""
        return self.products / self.seconds


def read_by_river(ready: Ready, database: str) -> Reading:
    """The whole catalog by `extract_catalog`, into that database."""
    return _in_its_own_process(_river, ready, database)


def read_bare(ready: Ready) -> Reading:
    """The same pages of products and of stock, one after the other, parsed for the next cursor
    and thrown away."""
    return _in_its_own_process(_bare, ready, "")


def _in_its_own_process(
    read: Callable[[Ready, str], Reading], ready: Ready, database: str
) -> Reading:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(read, ready, database).result()


def _river(ready: Ready, database: str) -> Reading:
    engine = open_engine(database)
    store = open_store(ready, SqlWindows(engine), 1.0)
    units = SqlUnitsOfWork(engine)
    started = time.perf_counter()
    found = extract_catalog(
        store.catalog, units, VendorClock(), NoProgress(), full=True, may_shrink=False
    )
    seconds = time.perf_counter() - started
    store.close()
    return Reading(found.read / VARIANTS_A_PRODUCT, seconds, _peak_mb())


def _bare(ready: Ready, _database: str) -> Reading:
    secrets = ready["credentials"]["bigcommerce"]
    headers = {"X-Auth-Token": secrets["access_token"], "Accept": "application/json"}
    address = f"{ready['bigcommerce']}/stores/{secrets['store_hash']}/v3"
    products, last_id = 0, 0
    started = time.perf_counter()
    with httpx.Client(headers=headers, timeout=30.0) as client:
        while ids := _page_of_products(client, f"{address}/catalog/products", last_id):
            wanted = ",".join(map(str, ids))
            client.get(
                f"{address}/inventory/items",
                params={"product_id:in": wanted, "limit": 1000, "page": 1},
            ).raise_for_status().json()
            products, last_id = products + len(ids), ids[-1]
    return Reading(products, time.perf_counter() - started, _peak_mb())


def _page_of_products(client: httpx.Client, address: str, last_id: int) -> list[int]:
    order = {"sort": "id", "direction": "asc", "limit": 250, "id:greater": last_id}
    answer = client.get(address, params={"include": _INCLUDE, **order}).raise_for_status()
    return [product["id"] for product in answer.json()["data"]]


def _peak_mb() -> float:
    """Of this process alone: what the system tells of usage includes the parent it came from."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    (peak,) = [line.split()[1] for line in lines if line.startswith("VmHWM:")]
    return int(peak) / _KIB_IN_MB
