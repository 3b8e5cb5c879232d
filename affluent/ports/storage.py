"""What we need of our own store: the ledger, the snapshots, one transaction at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Protocol, Self

from affluent.domain.difference import Difference, KnownDifference
from affluent.domain.effect import Effect, EffectState, LogEntry, Resolution, Run
from affluent.domain.ending import Ending
from affluent.domain.given import GivenAsin, GivenOverride
from affluent.domain.listing import (
    Listing,
    SellingList,
)
from affluent.domain.plan import Change, Operation
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


class Listings(Protocol):
    """What we know of the listings on Amazon."""

    def save(self, listings: Sequence[Listing], at: datetime) -> None:
        """Insert or replace in bulk, by account, marketplace and SKU."""
        ...

    def of(self, account: str, marketplace_id: str) -> list[Listing]:
        """Every listing of one account and marketplace, by SKU."""
        ...

    def named(self, account: str, marketplace_id: str, skus: Sequence[str]) -> dict[str, Listing]:
        """The listings of these SKUs of one account and marketplace, by SKU."""
        ...

    def page(self, account: str, marketplace_id: str, after_sku: str, size: int) -> list[Listing]:
        """The next so many listings of one account and marketplace after a SKU, in the database's
        own order; after "" the first."""
        ...

    def by_sku(self, sku: str) -> list[Listing]:
        """The listings of one SKU (Amazon's or the store's), wherever they are."""
        ...


class SellingLists(Protocol):
    """Selling lists that we made ourselves (Migrated …); the merchant's stand in the settings."""

    def ensure(self, selling_list: SellingList) -> None:
        """Make the list if no list of that name exists."""
        ...

    def all(self) -> list[SellingList]:
        """Every list that we made, by name. It names what is linked in it, so that it takes
        nothing else in; one with nothing linked in it is left out."""
        ...


class Ledger(Protocol):
    """Effects and their transitions. Uniqueness is a constraint of the database.

    An operation that happens once (create_order, raise_stock, confirm_shipment) has one row
    per account, marketplace and key, ever; any other has one per run.
    """

    def record(
        self,
        changes: Sequence[Change],
        run: Run,
        at: datetime,
        *,
        plan_hash: str,
        state: EffectState = EffectState.PLANNED,
        messages: Mapping[str, tuple[str, ...]] | None = None,
    ) -> list[Effect]:
        """Write the rows that do not exist yet, in bulk; answers the rows of all these changes,
        in order, in whatever state they are by now. `messages`, keyed by the change's key, go into
        the log, and so do the change's own remarks where it is sent; where its values came from is
        then kept beside it."""
        ...

    def resolve(self, resolutions: Sequence[Resolution], at: datetime) -> None:
        """Move effects to their new states, in bulk, each with a transition.

        An empty reference or parent keeps what is known; the messages become those of the new
        state. InvariantBroken where an effect does not exist, or is effective and would be moved
        back."""
        ...

    def claim(self, effect: Effect, at: datetime) -> bool:
        """Move one effect to SENT if nobody has touched it since it was read.

        One atomic statement (state and attempts must be as in `effect`): of several workers that
        try at once, one is told True, and it alone may send."""
        ...

    def effect(self, effect_id: int) -> Effect:
        """One effect as it stands now; InvariantBroken where there is none."""
        ...

    def in_states(
        self, operation: Operation, account: str, states: Iterable[EffectState]
    ) -> list[Effect]:
        """The effects of one operation and account in any of these states, oldest first."""
        ...

    def of_orders(
        self, operation: Operation, account: str, order_ids: Sequence[str]
    ) -> list[Effect]:
        """The effects of one operation whose keys are `order/…` of these orders, asked for in
        bulk; those of one order oldest first."""
        ...

    def of_run(self, run_id: str, states: Iterable[EffectState]) -> list[Effect]:
        """The effects that one run recorded and that are in any of these states now."""
        ...

    def count_states(self, run_id: str) -> dict[EffectState, int]:
        """How many effects of one run are in each state; not the feeds that carried them, nor what
        was only told in the log of a listing or an order."""
        ...

    def children(self, effect_id: int) -> list[Effect]:
        """The effects that one feed carried, in the order in which they were recorded: that of
        their ids, in which a feed numbers its messages."""
        ...

    def sent_since(self, effect: Effect) -> list[Effect]:
        """The writes to listings of the same account and marketplace that were recorded after this
        feed's effect (or by another run after what it carries), have left on another way than in
        it, and were not refused, oldest first."""
        ...

    def sent_by(
        self, flow: str, account: str, since: datetime, keys: Sequence[str]
    ) -> list[Effect]:
        """The writes to listings of these SKUs, on any marketplace, that runs of one flow have
        recorded since then, that have left and were not refused."""
        ...

    def on_their_way(self, account: str, keys: Sequence[str]) -> list[Effect]:
        """The writes to listings of these SKUs, on any marketplace, that are marked as sent one by
        one and have no answer yet."""
        ...

    def log(self, key: str) -> list[LogEntry]:
        """Every transition of every effect with this key, oldest first; an order's key also
        stands for its shipments, whose keys are `order/shipment`."""
        ...


class History(Protocol):
    """The ledger looked back upon: how long writes took, and what was written last."""

    def times_to_effect(self, run_id: str) -> list[float]:
        """For each listing write of the run that is effective by now, the seconds from Amazon's
        receipt to the reading that showed it. Who waits reads every 10 to 60 seconds, so a
        figure may be too long by that."""
        ...

    def recent_times_to_effect(
        self, account: str, marketplace_id: str, since: datetime, until: datetime
    ) -> list[float]:
        """The same for what was recorded in a span of time, of the newest 5,000 writes."""
        ...

    def tries(self, account: str, marketplace_id: str, keys: Sequence[str]) -> list[Effect]:
        """Of the keys whose patches Amazon has ever ignored: their ignored and effective patches,
        oldest first."""
        ...

    def contents(self, account: str, marketplace_id: str, keys: Sequence[str]) -> list[Effect]:
        """Of every key, the newest put that Amazon took."""
        ...

    def latest_writes(self, account: str, marketplace_id: str, keys: Sequence[str]) -> list[Effect]:
        """Of every key, the newest put, patch or deletion in each state that names a price, a
        quantity, both or neither; oldest first."""
        ...

    def last_contents(
        self, account: str, marketplace_id: str, keys: Sequence[str]
    ) -> dict[str, Mapping[str, Any]]:
        """By key, the attributes of the last put that Amazon took."""
        ...


class Differences(Protocol):
    """Where Amazon shows something else than is intended, and since when."""

    def record(
        self, account: str, marketplace_id: str, found: Sequence[Difference], at: datetime
    ) -> None:
        """Keep what a whole reading found: what was open before keeps its age, and what was not
        found again is resolved."""
        ...

    def open(self, account: str, marketplace_id: str) -> list[KnownDifference]:
        """What is not resolved, oldest first."""
        ...

    def of_sku(self, sku: str) -> list[KnownDifference]:
        """What is not resolved of one of Amazon's SKUs, whatever the account, oldest first."""
        ...


class Cursors(Protocol):
    """How far each reading has come."""

    def get(self, name: str) -> datetime | None:
        """The cursor, or None before the first reading."""
        ...

    def set(self, name: str, value: datetime) -> None:
        """Move the cursor."""
        ...


class UnitOfWork(AbstractContextManager["UnitOfWork"], Protocol):
    """One transaction of our own store. Leaving without commit() rolls back."""

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

    def __enter__(self) -> Self: ...

    def commit(self) -> None:
        """Make everything since the beginning or the last commit permanent."""
        ...


class UnitsOfWork(Protocol):
    """Opens transactions."""

    def __call__(self) -> UnitOfWork:
        """A new transaction."""
        ...
