"""Orders from Amazon into the store, and shipments from the store to Amazon."""

from __future__ import annotations

from datetime import timedelta

from affluent.bootstrap import Application
from affluent.domain.effect import Effect, Run
from affluent.domain.order import RecordedOrder
from affluent.domain.order_source import OrderGap
from affluent.domain.plan import Gated, Plan
from affluent.orders.apply import apply_imports
from affluent.orders.desk import OrderDesk
from affluent.orders.draft import SkuResolution, linked_skus, resolve_skus
from affluent.orders.extract import Recorded, record_orders, sweep_orders
from affluent.orders.gate import gate_imports
from affluent.orders.spans import gather_gaps
from affluent.orders.verify import verify_imports
from affluent.orders.waiting import gather_stocked
from affluent.shipments.apply import apply_confirmations
from affluent.shipments.extract import Gathered, gather_shipments, remember
from affluent.shipments.verify import missing_notes, verify_confirmations
from affluent.submissions.context import Sender
from tasks.runtime import reading, writing


@reading
def read_orders(application: Application, account: str, sender: Sender) -> Recorded:
    """Record what Amazon shows, and gather the orders that are to be created."""
    return record_orders(application.account(account), sender, application.order_policy.first_look)


@reading
def sweep(application: Application, account: str, sender: Sender, back: timedelta) -> Recorded:
    """Record everything that Amazon updated over a long time."""
    return sweep_orders(application.account(account), sender, back)


@reading
def read_stocked(application: Application, account: str, sender: Sender) -> Recorded:
    """The orders that wait for stock which the store has by now."""
    mapping = application.sku_mapping(account)
    return gather_stocked(application.account(account), mapping, application.store.stock, sender)


@reading
def read_gaps(account: str, sender: Sender, back: timedelta) -> list[OrderGap]:
    """What each source of orders lacks, by our own records."""
    return gather_gaps(account, back, sender)


@reading
def find_skus(application: Application, account: str, recorded: Recorded) -> SkuResolution:
    """Where the orders' SKUs stand in the store."""
    orders = recorded.orders.values()
    links = linked_skus(account, orders, application.units)
    mapping = application.sku_mapping(account)
    return resolve_skus(orders, mapping, links, application.store.catalog)


@reading
def check_imports(
    application: Application, plan: Plan, recorded: Recorded, skus: SkuResolution
) -> Gated:
    """The gate over the orders to create."""
    return gate_imports(plan, recorded.orders, skus, application.order_policy)


@writing
def create_orders(
    application: Application, gated: Gated, recorded: Recorded, skus: SkuResolution, run: Run
) -> list[RecordedOrder]:
    """Create the orders in the store, each exactly once."""
    return apply_imports(gated, recorded.orders, recorded.known, skus, _desk(application, run))


@reading
def read_orders_back(application: Application, orders: list[RecordedOrder]) -> dict[str, int]:
    """The imported orders that the store holds not exactly once."""
    return verify_imports(orders, application.store.orders, application.clock)


@reading
def read_shipments(application: Application, sender: Sender) -> Gathered:
    """The store's shipments of imported orders."""
    return gather_shipments(application.store.orders, sender)


@writing
def send_confirmations(
    application: Application, gated: Gated, gathered: Gathered, sender: Sender
) -> list[Effect]:
    """Confirm shipments on Amazon, each revision once."""
    taken = apply_confirmations(gated, gathered.shipped, sender)
    remember(gathered, application.shipment_policy, sender)
    return taken


@reading
def read_packages_back(taken: list[Effect], sender: Sender) -> tuple[str, ...]:
    """Tells of the confirmed packages that Amazon does not show yet."""
    missing = verify_confirmations(taken, sender)
    return tuple(missing_notes(missing, sender.clock.now()))


def _desk(application: Application, run: Run) -> OrderDesk:
    return OrderDesk(
        application.store,
        application.units,
        application.clock,
        application.order_policy,
        run,
        application.progress,
        application.safe,
    )
