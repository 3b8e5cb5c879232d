"""A merchant's world: both vendors in memory, our own store on a real database.

Its verbs do what the flows do, in the flows' order, without Prefect.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import count

from affluent.domain.account import Account
from affluent.domain.before_sending import AskingPolicy, Preview
from affluent.domain.creation_profile import CreationProfile
from affluent.domain.difference import HandChanges
from affluent.domain.effect import UNRESOLVED, Effect, EffectState, Run
from affluent.domain.listing import Listing, SellingList
from affluent.domain.notification import QueuedNotification
from affluent.domain.offer import OfferProfile
from affluent.domain.order import OrderState, RecordedOrder
from affluent.domain.order_policy import OrderPolicy
from affluent.domain.order_source import OrderGap
from affluent.domain.order_window import OrderWindow
from affluent.domain.plan import Operation
from affluent.domain.product import Variant
from affluent.domain.selection import select
from affluent.domain.shipment_policy import ShipmentPolicy
from affluent.listings.apply import apply_listings
from affluent.listings.extract import Profiles, gather_known
from affluent.listings.gate import gate_listings
from affluent.listings.permission import check_permissions
from affluent.listings.plan import plan_listings
from affluent.listings.preview import preview_listings
from affluent.listings.schemas import definitions_for
from affluent.listings.verify import verify_listings
from affluent.offers.apply import apply_offers
from affluent.offers.extract import OfferRules, gather_offers
from affluent.offers.gate import gate_offers
from affluent.offers.plan import OffersKnown, plan_prices, plan_quantities
from affluent.offers.urgent import only_urgent, rush
from affluent.offers.verify import verify_offers
from affluent.orders.apply import apply_imports
from affluent.orders.backfill import begin, keep_place, plan_backfill, read_page
from affluent.orders.desk import OrderDesk
from affluent.orders.draft import linked_skus, resolve_skus
from affluent.orders.extract import Recorded, record_orders, sweep_orders
from affluent.orders.gate import gate_imports
from affluent.orders.notifications import Taken, take_notifications
from affluent.orders.plan import plan_imports
from affluent.orders.spans import gather_gaps, mark_drained
from affluent.orders.verify import verify_imports
from affluent.orders.waiting import gather_stocked
from affluent.ports.progress import NoProgress
from affluent.ports.storage import UnitsOfWork
from affluent.privacy.safe import Safe
from affluent.shipments.apply import apply_confirmations
from affluent.shipments.extract import gather_shipments, remember
from affluent.shipments.gate import gate_confirmations
from affluent.shipments.plan import plan_confirmations
from affluent.shipments.verify import verify_confirmations
from affluent.submissions.context import Sender
from affluent.submissions.rush import RUSH
from affluent.submissions.sending import clear_what_was_left
from tests.builders.catalog import CREATION, PROFILE, US, selling_list
from tests.builders.orders import account
from tests.fakes.amazon import FakeAmazon
from tests.fakes.cancelling import Cancelling
from tests.fakes.clock import NOON, FakeClock
from tests.fakes.ending import Ends
from tests.fakes.gate import FakeGate
from tests.fakes.store import FakeStore
from tests.fakes.wire import MortalUnits, Wire

_RUNS = count(1)


class World(Cancelling, Ends):
    """One account on one marketplace, and one store."""

    def __init__(self, units: UnitsOfWork, name: str = "acme-us", clock: FakeClock | None = None):
        self.clock = clock or FakeClock()
        self.wire = Wire()
        self.units = MortalUnits(units, self.wire)
        self.amazon = FakeAmazon(self.clock, self.wire)
        self.store = FakeStore(self.clock, self.wire)
        self.gate = FakeGate()
        self.account: Account = account(name=name)
        self.lists: list[SellingList] = [selling_list(account=name)]
        self.profiles: Mapping[str, OfferProfile] = {"default": PROFILE}
        self.creations: Mapping[str, CreationProfile] = {CREATION.name: CREATION}
        self.asking = AskingPolicy()
        self.preview = Preview.NONE
        self.policy = OrderPolicy()
        self.shipment_policy = ShipmentPolicy()
        self.told: tuple[str, ...] = ()
        self.safe = Safe()
        self.hand_changes = HandChanges.OVERWRITE
        self.sku_mapping: Mapping[str, str] = {}
        self.longest_plan_hours: float | None = None
        self.in_lists: frozenset[str] = frozenset()

    def sender(self, flow: str = "test") -> Sender:
        """The way out of a new run."""
        return Sender(
            account=self.account.name,
            marketplace_id=US.marketplace_id,
            amazon=self.amazon,
            units=self.units,
            clock=self.clock,
            run=Run(f"run-{next(_RUNS)}", flow),
            progress=NoProgress(),
            began_at=self.clock.now(),
            hand_changes=self.hand_changes,
            safe=self.safe,
            longest_plan_hours=self.longest_plan_hours,
        )

    def publish(self, *variants: Variant, again: bool = False) -> int:
        """publish_listings; answers how many changes were planned."""
        sender = self.sender()
        clear_what_was_left(sender)
        selected = select(self.lists, variants)
        profiles = Profiles(
            self.profiles, self.creations, self.account.price_list_id, asking=self.asking
        )
        known = gather_known(selected, US, profiles, sender)
        plan = plan_listings(selected, known, again=again)
        gated = gate_listings(
            plan,
            self.gate,
            {one.name: self.profiles[one.offer_profile] for one in self.lists},
            list(known.listings.values()),
            definitions_for(plan, sender),
        )
        gated = check_permissions(gated, known.listings, self.asking, sender, again=again)
        gated = preview_listings(gated, self.preview, self.asking.preview_sample, sender)
        paths = {one.name: one.path for one in self.lists}
        taken = apply_listings(gated, paths, {one.sku: one for one in variants}, sender)
        verify_listings(taken, sender)
        return len(plan.changes)

    def sync_as(self, *variants: Variant) -> Sender:
        """sync_offers; answers who sent."""
        sender = self.sender()
        self.sync(*variants, sender=sender)
        return sender

    def sync(self, *variants: Variant, sender: Sender | None = None) -> int:
        """sync_offers; answers how many changes were planned."""
        sender = sender or self.sender()
        clear_what_was_left(sender)
        known = self.offers_known(*variants)
        quantities = gate_offers(plan_quantities(known), self.gate, known)
        prices = gate_offers(plan_prices(known), self.gate, known)
        verify_offers(apply_offers(quantities, prices, sender), sender)
        return len(quantities.plan.changes) + len(prices.plan.changes)

    def rush(self, *variants: Variant) -> None:
        """rush_offers."""
        known = self.offers_known(*variants)
        plans = (plan_quantities(known), plan_prices(known))
        quantities, prices = (only_urgent(gate_offers(one, self.gate, known)) for one in plans)
        rush(quantities, prices, self.sender(RUSH))

    def offers_known(self, *variants: Variant) -> OffersKnown:
        rules = OfferRules(self.lists, self.profiles, {self.account.name: self.sku_mapping})
        known = gather_offers(self.account, US, rules, self.units)
        return replace(known, variants={one.sku: one for one in variants})

    def import_orders(self) -> dict[str, int]:
        """import_orders; answers the orders that the store holds not exactly once."""
        sender = self.sender()
        return self._create(record_orders(self.account, sender, timedelta(days=1)), sender)

    def retry_orders(self) -> int:
        """retry_orders; answers how many orders were tried."""
        sender = self.sender()
        recorded = gather_stocked(self.account, self.sku_mapping, self.store.stock, sender)
        assert self._create(recorded, sender) == {}
        return len(recorded.orders)

    def sweep_orders(self) -> list[OrderGap]:
        """reconcile_orders over a day; answers the gaps."""
        sender, back = self.sender(), timedelta(days=1)
        self._create(sweep_orders(self.account, sender, back), sender)
        return gather_gaps(self.account.name, back, sender)

    def follow(self, *messages: QueuedNotification) -> Taken:
        """follow_notifications over one batch; without messages the queue was empty."""
        sender = self.sender()
        if not messages:
            mark_drained(self.account.name, sender)
        taken = take_notifications(messages, [self.account], lambda _account: sender)
        for recorded in taken.recorded.values():
            self._create(recorded, sender)
        return taken

    def backfill(self, days: int = 30) -> tuple[int, int]:
        """backfill_orders over the days up to noon; answers the orders read and created."""
        sender = self.sender()
        ids = tuple(one.marketplace_id for one in self.account.marketplaces)
        whole = OrderWindow(self.account.name, ids, NOON - timedelta(days=days), NOON)
        creates_old = self.policy.old.are_created
        planned = plan_backfill(whole, creates_old, self.store, sender)
        begin(planned, sender)
        left, read, before = list(planned.windows), 0, len(self.store.orders.kept)
        while left:
            step = read_page(left.pop(0), self.account, creates_old, sender)
            read += step.recorded.read
            assert self._create(step.recorded, sender) == {}
            left[:0] = keep_place(step, 0, 0, sender)
        return read, len(self.store.orders.kept) - before

    def _create(self, recorded: Recorded, sender: Sender) -> dict[str, int]:
        orders = recorded.orders.values()
        links = linked_skus(self.account.name, orders, self.units)
        skus = resolve_skus(orders, self.sku_mapping, links, self.store.catalog)
        plan = plan_imports(recorded.orders.values(), self.account.name)
        gated = gate_imports(plan, recorded.orders, skus, self.policy)
        desk = OrderDesk(
            self.store, self.units, self.clock, self.policy, sender.run, NoProgress(), self.safe
        )
        outcomes = apply_imports(gated, recorded.orders, recorded.known, skus, desk)
        return verify_imports(outcomes, self.store.orders, self.clock)

    def confirm_shipments(self) -> int:
        """confirm_shipments; answers how many packages Amazon does not show yet."""
        sender = self.sender()
        gathered = gather_shipments(self.store.orders, sender)
        policy = self.shipment_policy
        plan = plan_confirmations(gathered.shipped, policy, gathered.seen_carriers)
        self.told = plan.notes
        taken = apply_confirmations(gate_confirmations(plan), gathered.shipped, sender)
        remember(gathered, policy, sender)
        return len(verify_confirmations(taken, sender))

    def revive(self) -> None:
        """The worker that died is replaced by one that lives."""
        self.wire.die_at = None

    def remember(self, *listings: Listing) -> None:
        """Let us know these listings already."""
        with self.units() as work:
            own = [replace(one, account=self.account.name) for one in listings]
            work.listings.save(own, self.clock.now())
            work.commit()

    def listings(self) -> list[Listing]:
        with self.units() as work:
            return work.listings.of(self.account.name, US.marketplace_id)

    def listing(self, sku: str) -> Listing:
        return next(one for one in self.listings() if one.sku == sku)

    def effects(self, *operations: Operation) -> list[Effect]:
        """The account's ledger, of these operations."""
        with self.units() as work:
            return [
                effect
                for operation in operations
                for effect in work.ledger.in_states(operation, self.account.name, EffectState)
            ]

    def unresolved(self) -> list[Effect]:
        return [effect for effect in self.effects(*Operation) if effect.state in UNRESOLVED]

    def order(self, order_id: str) -> RecordedOrder:
        with self.units() as work:
            order = work.orders.get(self.account.name, order_id)
        assert order is not None
        return order

    def states(self) -> dict[str, OrderState]:
        with self.units() as work:
            orders: Iterable[RecordedOrder] = work.orders.in_states(self.account.name, OrderState)
            return {order.order_id: order.state for order in orders}

    def stored(self, order_id: str) -> int:
        """How many orders of the store carry the Amazon order id."""
        return sum(one.draft.external_order_id == order_id for one in self.store.orders.kept)
