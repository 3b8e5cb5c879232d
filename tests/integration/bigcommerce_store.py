"""A connector to the sandbox's store, and the questions that several tests ask it."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import httpx

from affluent.domain.money import Money
from affluent.domain.product import Variant
from connectors.bigcommerce.store import BigCommerceStore
from connectors.http.quota import InMemoryWindows
from tests.sandbox.running import RunningSandbox

SPEED = 20.0


def connect(sandbox: RunningSandbox, token: str = "", **settings: Any) -> BigCommerceStore:
    credentials = sandbox.ready["credentials"]["bigcommerce"]
    return BigCommerceStore(
        store_hash=credentials["store_hash"],
        access_token=lambda: token or credentials["access_token"],
        endpoint=sandbox.ready["bigcommerce"],
        window_store=InMemoryWindows(),
        clock_speed=SPEED,
        **settings,
    )


def merchant(sandbox: RunningSandbox) -> httpx.Client:
    """The merchant himself, who changes his store."""
    credentials = sandbox.ready["credentials"]["bigcommerce"]
    return httpx.Client(
        base_url=f"{sandbox.ready['bigcommerce']}/stores/{credentials['store_hash']}",
        headers={"X-Auth-Token": credentials["access_token"]},
    )


def variants(store: BigCommerceStore, since: datetime | None = None) -> dict[str, Variant]:
    pages = store.catalog.variants(since)
    return {variant.sku: variant for page in pages for variant in page.variants}


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")
