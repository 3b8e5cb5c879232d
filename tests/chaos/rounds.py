"""What a worker does in one round: the steps of the flows, in their order, without Prefect.

A task's `fn` is its function; the flows add the artifacts and reports, which no invariant needs.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final
from uuid import uuid4

from affluent.bootstrap.application import Application
from affluent.cli.demo.settings import ACCOUNT, MARKETPLACE
from affluent.domain.effect import Run
from affluent.offers.plan import plan_prices, plan_quantities
from affluent.orders.extract import Recorded
from affluent.orders.plan import plan_imports
from affluent.orders.subscriptions import subscribe
from tasks.catalog import read_catalog
from tasks.feeds import read_offers_back, send_offers, settle_earlier_runs
from tasks.inventory import check_offers, keep_due_offers, read_due_offers
from tasks.links import download_report, link_downloaded
from tasks.notifications import note_empty_queue, receive, record_changed_orders, remove
from tasks.orders import (
    check_imports,
    create_orders,
    find_skus,
    read_orders,
    read_orders_back,
    sweep,
)
from tasks.runtime import Voyage

Round = Callable[[Application], None]

_BACK: Final = timedelta(days=30)
_QUEUE: Final = "arn:aws:sqs:us-east-1:000000000000:letterbox"


class Wrong(Exception):
    """The product itself saw that an invariant does not hold."""


def import_orders(application: Application) -> None:
    """As the flow of this name."""
    voyage = _voyage(application, "import_orders")
    sender = voyage.sender(ACCOUNT, application.account(ACCOUNT).marketplaces[0])
    _create(voyage, read_orders.fn(application, ACCOUNT, sender))


def follow_notifications(application: Application) -> None:
    """As the flow of this name, until the queue is empty for the moment."""
    voyage = _voyage(application, "follow_notifications")
    while messages := receive.fn(application, 0):
        taken = record_changed_orders.fn(voyage, messages)
        remove.fn(application, taken.removable)
        for recorded in taken.recorded.values():
            _create(voyage, recorded)
    note_empty_queue.fn(voyage)


def reconcile_orders(application: Application) -> None:
    """As the flow of this name."""
    voyage = _voyage(application, "reconcile_orders")
    sender = voyage.sender(ACCOUNT, application.account(ACCOUNT).marketplaces[0])
    _create(voyage, sweep.fn(application, ACCOUNT, sender, _BACK))


def sync_offers(application: Application) -> None:
    """As the flow of this name."""
    voyage = _voyage(application, "sync_offers")
    market = application.marketplace(ACCOUNT, MARKETPLACE)
    sender = voyage.sender(ACCOUNT, market)
    settle_earlier_runs.fn(sender)
    gathered = read_due_offers.fn(application, ACCOUNT, market, False, False)
    plans = [plan_quantities(gathered.known), plan_prices(gathered.known)]
    quantities, prices = (
        check_offers.fn(application, plan, gathered.known, plan.hash) for plan in plans
    )
    keep_due_offers.fn(gathered, plans, sender)
    read_offers_back.fn(send_offers.fn(quantities, prices, sender), sender)


def settle_in(application: Application) -> None:
    """What a merchant does first: read the catalog, link what stands on Amazon, subscribe."""
    read_catalog.fn(application, True, False)
    subscribe(_QUEUE, application.amazon(ACCOUNT).notifications)
    voyage = _voyage(application, "link_inventory")
    market = application.marketplace(ACCOUNT, MARKETPLACE)
    sender = voyage.sender(ACCOUNT, market)
    with download_report.fn(sender, False) as report:
        link_downloaded.fn(report, application, ACCOUNT, market, sender, False)


#: By the name that a worker is told.
ROUNDS: Final[dict[str, tuple[Round, ...]]] = {
    "orders": (import_orders,),
    "notified": (follow_notifications, import_orders),
    "offers": (sync_offers,),
    "calm": (follow_notifications, reconcile_orders, import_orders, sync_offers),
    "beginning": (settle_in,),
}


def _create(voyage: Voyage, recorded: Recorded) -> None:
    application = voyage.application
    skus = find_skus.fn(application, ACCOUNT, recorded)
    plan = plan_imports(recorded.orders.values(), ACCOUNT)
    gated = check_imports.fn(application, plan, recorded, skus)
    outcomes = create_orders.fn(application, gated, recorded, skus, voyage.run)
    if wrong := read_orders_back.fn(application, outcomes):
        raise Wrong(f"not once in the store: {wrong}")


def _voyage(application: Application, flow: str) -> Voyage:
    return Voyage(application, Run(str(uuid4()), flow))
