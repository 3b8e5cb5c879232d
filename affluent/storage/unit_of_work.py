"""One transaction over all that we keep."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from affluent.domain.ending import Ending
from affluent.domain.given import GivenAsin, GivenOverride
from affluent.domain.sku_mapping import SkuPair
from affluent.ports.before_sending import CatalogMatches, Definitions, Permissions
from affluent.ports.day_reports import DayReports, RunsOfRecord
from affluent.ports.health import Vitals
from affluent.ports.inventory import Inventory, StoreSkus
from affluent.ports.notices import ToldNotices
from affluent.ports.notifications import ReceivedNotifications
from affluent.ports.offers import OffersToPlan
from affluent.ports.orders import Cancellations, CarrierNames, Orders, OrderSources, OrderWindows
from affluent.ports.plans import Origins, Plans
from affluent.ports.safekeeping import KeptBuyers
from affluent.ports.selling import Given, ListPlaces
from affluent.ports.snapshot import (
    CatalogSamples,
    Categories,
    PriceLists,
    Variants,
    VariantVersions,
)
from affluent.ports.storage import (
    Cursors,
    Differences,
    History,
    Ledger,
    Listings,
    SellingLists,
    UnitOfWork,
)
from affluent.storage.buyers import SqlKeptBuyers
from affluent.storage.cancellations import SqlCancellations
from affluent.storage.carrier_names import SqlCarrierNames
from affluent.storage.catalog_matches import SqlCatalogMatches
from affluent.storage.catalog_sample import SqlCatalogSamples
from affluent.storage.categories import SqlCategories
from affluent.storage.cursors import SqlCursors
from affluent.storage.day_reports import SqlDayReports, SqlRuns
from affluent.storage.definitions import SqlDefinitions
from affluent.storage.differences import SqlDifferences
from affluent.storage.due_offers import SqlOffersToPlan
from affluent.storage.given import asins, endings, overrides, sku_mappings
from affluent.storage.history import SqlHistory
from affluent.storage.inventory import SqlInventory
from affluent.storage.ledger import SqlLedger
from affluent.storage.list_places import SqlListPlaces
from affluent.storage.listings import SqlListings
from affluent.storage.notices import SqlToldNotices
from affluent.storage.order_sources import SqlOrderSources, SqlReceivedNotifications
from affluent.storage.order_windows import SqlOrderWindows
from affluent.storage.orders import SqlOrders
from affluent.storage.permissions import SqlPermissions
from affluent.storage.plans import SqlPlans
from affluent.storage.price_lists import SqlPriceLists
from affluent.storage.provenance import SqlOrigins
from affluent.storage.selling_lists import SqlSellingLists
from affluent.storage.store_skus import SqlStoreSkus
from affluent.storage.variant_versions import SqlVariantVersions
from affluent.storage.variants import SqlVariants
from affluent.storage.vitals import SqlVitals


class SqlUnitOfWork:
    """A UnitOfWork for one thread; leaving it without commit() rolls back."""

    variants: Variants
    versions: VariantVersions
    samples: CatalogSamples
    categories: Categories
    price_lists: PriceLists
    store_skus: StoreSkus
    listings: Listings
    inventory: Inventory
    offers: OffersToPlan
    selling_lists: SellingLists
    list_places: ListPlaces
    sku_mappings: Given[SkuPair]
    asins: Given[GivenAsin]
    overrides: Given[GivenOverride]
    endings: Given[Ending]
    ledger: Ledger
    orders: Orders
    order_sources: OrderSources
    order_windows: OrderWindows
    cancellations: Cancellations
    carrier_names: CarrierNames
    buyers: KeptBuyers
    notifications: ReceivedNotifications
    cursors: Cursors
    definitions: Definitions
    catalog_matches: CatalogMatches
    permissions: Permissions
    history: History
    differences: Differences
    runs: RunsOfRecord
    day_reports: DayReports
    vitals: Vitals
    told: ToldNotices
    plans: Plans
    origins: Origins

    def __init__(self, engine: Engine) -> None:
        self._session = Session(engine)
        self.variants = SqlVariants(self._session)
        self.versions = SqlVariantVersions(self._session)
        self.samples = SqlCatalogSamples(self._session)
        self.categories = SqlCategories(self._session)
        self.price_lists = SqlPriceLists(self._session)
        self.store_skus = SqlStoreSkus(self._session)
        self.listings = SqlListings(self._session)
        self.inventory = SqlInventory(self._session)
        self.offers = SqlOffersToPlan(self._session)
        self.selling_lists = SqlSellingLists(self._session)
        self.list_places = SqlListPlaces(self._session)
        self.sku_mappings = sku_mappings(self._session)
        self.asins = asins(self._session)
        self.overrides = overrides(self._session)
        self.endings = endings(self._session)
        self.ledger = SqlLedger(self._session)
        self.orders = SqlOrders(self._session)
        self.order_sources = SqlOrderSources(self._session)
        self.order_windows = SqlOrderWindows(self._session)
        self.cancellations = SqlCancellations(self._session)
        self.carrier_names = SqlCarrierNames(self._session)
        self.buyers = SqlKeptBuyers(self._session)
        self.notifications = SqlReceivedNotifications(self._session)
        self.cursors = SqlCursors(self._session)
        self.definitions = SqlDefinitions(self._session)
        self.catalog_matches = SqlCatalogMatches(self._session)
        self.permissions = SqlPermissions(self._session)
        self.history = SqlHistory(self._session)
        self.differences = SqlDifferences(self._session)
        self.runs = SqlRuns(self._session)
        self.day_reports = SqlDayReports(self._session)
        self.vitals = SqlVitals(self._session)
        self.told = SqlToldNotices(self._session)
        self.plans = SqlPlans(self._session)
        self.origins = SqlOrigins(self._session)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._session.close()

    def commit(self) -> None:
        """Make everything since the beginning or the last commit permanent."""
        self._session.commit()


class SqlUnitsOfWork:
    """The UnitsOfWork on one database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def __call__(self) -> UnitOfWork:
        """A new transaction."""
        return SqlUnitOfWork(self._engine)
