"""A product that changes while pages are read is not lost, nor is any beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import httpx
import pytest
from sqlalchemy import Engine

from affluent.catalog.extract import Extracted, extract_catalog
from affluent.domain.category import Category
from affluent.domain.product import Variant
from affluent.ports.bigcommerce import CatalogPage
from affluent.ports.progress import NoProgress
from affluent.ports.storage import UnitsOfWork
from affluent.storage.unit_of_work import SqlUnitsOfWork
from connectors.bigcommerce import api
from connectors.bigcommerce.catalog import StoreCatalog
from connectors.bigcommerce.store import BigCommerceStore
from connectors.http.clock import VendorClock
from connectors.sandbox_admin import SandboxAdmin
from tests.integration.bigcommerce_store import merchant
from tests.sandbox.running import RunningSandbox

PAGE = 10


class BusyCatalog:
    """The store's catalog; after its third page, the merchant does something in the store."""

    def __init__(self, catalog: StoreCatalog, act: Callable[[], None]) -> None:
        self._catalog = catalog
        self._act = act

    def variants(self, modified_since: datetime | None = None) -> Iterator[CatalogPage]:
        for number, page in enumerate(self._catalog.variants(modified_since), start=1):
            if number == 3:
                self._act()
            yield page

    def categories(self) -> Iterator[Category]:
        return self._catalog.categories()


@pytest.fixture(autouse=True)
def _small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "LARGEST_PAGE", PAGE)


@pytest.fixture
def units(engine: Engine) -> UnitsOfWork:
    return SqlUnitsOfWork(engine)


def extract(catalog: object, units: UnitsOfWork, *, full: bool) -> Extracted:
    return extract_catalog(
        catalog,  # type: ignore[arg-type]  what an extraction asks for, and no more
        units,
        VendorClock(),
        NoProgress(),
        full=full,
        may_shrink=False,
    )


def known(units: UnitsOfWork) -> dict[int, Variant]:
    with units() as work:
        return {one.product_id: one for one in work.variants.all()}


def test_added_changed_moved_and_deleted_while_pages_are_read(
    sandbox: RunningSandbox, admin: SandboxAdmin, store: BigCommerceStore, units: UnitsOfWork
) -> None:
    extract(store.catalog, units, full=True)
    ids = sorted(known(units))
    read, unread = ids[: 3 * PAGE], ids[3 * PAGE :]
    changed, moved, deleted, late = read[0], read[5], read[9], unread[-1]
    added: list[int] = []

    def act() -> None:
        with merchant(sandbox) as client:
            put(client, changed, name="Changed meanwhile")
            put(client, moved, categories=[4])
            put(client, late, name="Changed before it was read")
            client.delete(f"/v3/catalog/products/{deleted}").raise_for_status()
            body = {"name": "New", "type": "physical", "price": 5, "weight": 1, "sku": "NEW"}
            answer = client.post("/v3/catalog/products", json=body).raise_for_status()
            added.append(answer.json()["data"]["id"])

    extract(BusyCatalog(store.catalog, act), units, full=True)
    at_once = known(units)

    assert set(ids) | set(added) == at_once.keys()
    assert at_once[late].name.startswith("Changed before it was read")

    later = extract(store.catalog, units, full=False)
    followed = known(units)

    assert followed[changed].name.startswith("Changed meanwhile")
    assert followed[moved].category_ids == (4,)
    assert later.gone == 0

    assert extract(store.catalog, units, full=True).gone >= 1
    assert known(units).keys() == (set(ids) | set(added)) - {deleted}
    assert {one["id"] for one in admin.bigcommerce_products()} == known(units).keys()


def put(client: httpx.Client, product_id: int, **changes: object) -> None:
    client.put(f"/v3/catalog/products/{product_id}", json=changes).raise_for_status()
