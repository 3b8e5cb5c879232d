"""What an order's way into the store costs beside the two calls that it cannot do without."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import httpx

from affluent.domain.account import Account
from affluent.domain.effect import Run
from affluent.domain.notification import ORDER_CHANGE, QueuedNotification
from affluent.domain.order_policy import OrderPolicy
from affluent.orders.apply import apply_imports
from affluent.orders.desk import OrderDesk
from affluent.orders.draft import linked_skus, resolve_skus
from affluent.orders.gate import gate_imports
from affluent.orders.notifications import take_notifications
from affluent.orders.plan import plan_imports
from affluent.ports.progress import NoProgress
from affluent.storage.buckets import SqlBuckets
from affluent.storage.engine import open_engine
from affluent.storage.unit_of_work import SqlUnitsOfWork
from affluent.storage.windows import SqlWindows
from affluent.submissions.context import Sender
from benchmarks.measures.plain_calls import UNLIMITED_SPEED, authorised
from benchmarks.measures.sandbox import MARKETPLACE, Ready, marketplace, open_account, open_store
from connectors.sandbox_admin import SandboxAdmin

_ORDERS: Final = 150
_ROUNDS: Final = 3


@dataclass(frozen=True)
class Rates:
    """Orders a second, each the best of its rounds."""

    ours: float
    bare: float


def import_against_bare(ready: Ready, database: str) -> Rates:
    """Orders that a notification names: asked for, recorded and created, in one thread, through
    the product and by getOrder and createOrder alone. The two take turns."""
    ours, bare = [], []
    with SandboxAdmin(ready["admin"]) as admin:
        for number in range(_ROUNDS):
            ours.append(_rate(_import, ready, database, _bought(admin, 2 * number)))
            bare.append(_rate(_import_bare, ready, database, _bought(admin, 2 * number + 1)))
    return Rates(max(ours), max(bare))


def _bought(admin: SandboxAdmin, series: int) -> list[str]:
    ids = [f"900-{series:07}-{number:07}" for number in range(_ORDERS)]
    for order_id in ids:
        line = {"sku": "BENCH", "quantity": 1, "price": "19.90", "title": "Measured"}
        admin.place_order({"orderId": order_id, "items": [line]})
    return ids


def _rate(bring: Any, ready: Ready, database: str, order_ids: Sequence[str]) -> float:
    seconds: float = bring(ready, database, order_ids)
    return len(order_ids) / seconds


def _import(ready: Ready, database: str, order_ids: Sequence[str]) -> float:
    engine = open_engine(database)
    units = SqlUnitsOfWork(engine)
    amazon = open_account(ready, SqlBuckets(engine), UNLIMITED_SPEED)
    store = open_store(ready, SqlWindows(engine), UNLIMITED_SPEED)
    seller_id = ready["credentials"]["amazon"]["seller_id"]
    account = Account("bench", seller_id, (marketplace(),))
    clock, run = amazon.clock, Run(order_ids[0], "benchmark")
    sender = Sender("bench", MARKETPLACE, amazon, units, clock, run, NoProgress(), clock.now())
    desk = OrderDesk(store, units, clock, OrderPolicy(), run, NoProgress())
    messages = [
        QueuedNotification(one, one, one, ORDER_CHANGE, seller_id, MARKETPLACE, one)
        for one in order_ids
    ]
    started = time.perf_counter()
    recorded = take_notifications(messages, [account], lambda _account: sender).recorded["bench"]
    orders = recorded.orders
    links = linked_skus("bench", orders.values(), units)
    skus = resolve_skus(orders.values(), {}, links, store.catalog)
    gated = gate_imports(plan_imports(orders.values(), "bench"), orders, skus, desk.policy)
    created = apply_imports(gated, orders, recorded.known, skus, desk)
    seconds = time.perf_counter() - started
    assert sum(one.store_order_id is not None for one in created) == len(order_ids)
    amazon.close()
    store.close()
    engine.dispose()
    return seconds


def _import_bare(ready: Ready, _database: str, order_ids: Sequence[str]) -> float:
    secrets = ready["credentials"]["bigcommerce"]
    base_url = f"{ready['bigcommerce']}/stores/{secrets['store_hash']}"
    with (
        httpx.Client(base_url=ready["amazon"], headers=authorised(ready)) as amazon,
        httpx.Client(base_url=base_url, headers={"X-Auth-Token": secrets["access_token"]}) as store,
    ):
        started = time.perf_counter()
        for order_id in order_ids:
            asked = {"includedData": "BUYER,RECIPIENT,PROCEEDS,FULFILLMENT,PACKAGES,PROMOTION,TAX"}
            path = f"/orders/2026-01-01/orders/{order_id}"
            amazon.get(path, params=asked).raise_for_status().json()
            store.post("/v2/orders", json=_body(order_id)).raise_for_status().json()
        return time.perf_counter() - started


def _body(order_id: str) -> dict[str, Any]:
    """An order of the same content, written down by hand."""
    address = {"first_name": "A", "last_name": "B", "street_1": "1 Main St", "city": "Reno"}
    address |= {"state": "Nevada", "zip": "89501", "country_iso2": "US", "email": "a@shop.example"}
    line = {"name": "Measured", "sku": "BENCH", "quantity": 1}
    return {
        "customer_id": 0,
        "status_id": 11,
        "external_source": "Affluent",
        "external_order_id": order_id,
        "payment_method": "Amazon",
        "billing_address": address,
        "shipping_addresses": [address],
        "products": [line | {"price_ex_tax": 19.9, "price_inc_tax": 19.9}],
    }
