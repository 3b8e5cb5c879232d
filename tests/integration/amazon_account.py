"""An account at the sandbox's Amazon, and the questions that several tests ask it."""

from __future__ import annotations

import time
from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeVar

from affluent.domain.account import Account
from affluent.domain.listing import AmazonListing
from affluent.domain.marketplace import find_marketplace
from affluent.domain.money import Money
from affluent.domain.plan import Change, Operation
from connectors.amazon.account import AmazonAccount
from connectors.amazon.auth import AmazonCredentials
from connectors.http.quota import InMemoryBuckets
from tests.sandbox.running import RunningSandbox

Found = TypeVar("Found")

SPEED = 100.0
US = "ATVPDKIKX0DER"
NAME_ONLY = {"item_name": [{"value": "A mug", "language_tag": "en_US", "marketplace_id": US}]}


def open_account(sandbox: RunningSandbox, speed: float = SPEED, **swapped: str) -> AmazonAccount:
    secrets: dict[str, Any] = {**sandbox.ready["credentials"]["amazon"], **swapped}
    marketplace = find_marketplace(US)
    assert marketplace is not None
    return AmazonAccount(
        account=Account("sandbox", secrets["seller_id"], (marketplace,)),
        credentials=AmazonCredentials(
            client_id=lambda: secrets["client_id"],
            client_secret=lambda: secrets["client_secret"],
            refresh_token=lambda: secrets["refresh_token"],
        ),
        endpoint=sandbox.ready["amazon"],
        lwa_endpoint=sandbox.ready["lwa"],
        bucket_store=InMemoryBuckets(),
        clock_speed=speed,
    )


def eventually(ask: Callable[[], Found], seconds: float = 10.0) -> Found:
    """The first answer that is not empty."""
    until = time.monotonic() + seconds
    while not (found := ask()) and time.monotonic() < until:
        time.sleep(0.1)
    return found


def barcode_of(sandbox: RunningSandbox, sku: str) -> str:
    """The barcode of a variant, as the store has it."""
    with sandbox.bigcommerce() as store:
        (variant,) = store.get("/v3/catalog/variants", params={"sku": sku}).json()["data"]
    barcode: str = variant["gtin"] or variant["upc"]
    return barcode


def offer_attributes(asin: str, price: float, quantity: int) -> dict[str, Any]:
    return {
        "condition_type": [{"value": "new_new", "marketplace_id": US}],
        "merchant_suggested_asin": [{"value": asin, "marketplace_id": US}],
        "purchasable_offer": [
            {
                "marketplace_id": US,
                "currency": "USD",
                "audience": "ALL",
                "our_price": [{"schedule": [{"value_with_tax": price}]}],
            }
        ],
        "fulfillment_availability": [{"fulfillment_channel_code": "DEFAULT", "quantity": quantity}],
    }


def offer(sku: str, asin: str, price: float, quantity: int) -> Change:
    payload = {
        "productType": "KITCHEN",
        "requirements": "LISTING_OFFER_ONLY",
        "attributes": offer_attributes(asin, price, quantity),
    }
    return Change(Operation.PUT_LISTING, "sandbox", US, sku, after={}, why="", payload=payload)


def listing(account: AmazonAccount, sku: str) -> AmazonListing | None:
    return next(account.listings.find(US, [sku]), None)


def effective(account: AmazonAccount, sku: str, price: str) -> AmazonListing | None:
    found = listing(account, sku)
    return found if found and found.price == Money(Decimal(price), "USD") else None
