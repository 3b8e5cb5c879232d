"""Amazon orders invented at the start, for what the seller had listed before."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sandbox.world import MARKETPLACE_ID, ListedBefore, World

NEWEST_ORDER_AGE = timedelta(minutes=5)
BETWEEN_ORDERS = timedelta(minutes=3)


def invented_orders(world: World, count: int, seed: int, now: datetime) -> Iterator[dict[str, Any]]:
    """So many orders, oldest first, always the same for the same seed but for their times.

    One in four has two lines. An item that Amazon keeps is ordered alone, and fulfilled by Amazon.
    """
    if not world.listed_before:
        return
    chance = random.Random(seed)
    for place in range(count):
        created = now - NEWEST_ORDER_AGE - BETWEEN_ORDERS * (count - 1 - place)
        yield _order(_basket(world, chance), created, chance)


def _basket(world: World, chance: random.Random) -> list[ListedBefore]:
    first = chance.choice(world.listed_before)
    others = [
        listed
        for listed in world.listed_before
        if listed != first and not _is_kept_by_amazon(listed)
    ]
    if _is_kept_by_amazon(first) or not others or chance.random() >= 0.25:
        return [first]
    return [first, chance.choice(others)]


def _order(basket: list[ListedBefore], created: datetime, chance: random.Random) -> dict[str, Any]:
    return {
        "marketplaceId": MARKETPLACE_ID,
        "status": "UNSHIPPED",
        "fulfilledBy": "AMAZON" if _is_kept_by_amazon(basket[0]) else "MERCHANT",
        "createdTime": created.isoformat(),
        "items": [
            {
                "sku": listed.amazon_sku,
                "quantity": chance.choice((1, 1, 1, 2)),
                "price": listed.price,
            }
            for listed in basket
        ],
    }


def _is_kept_by_amazon(listed: ListedBefore) -> bool:
    return listed.fulfillment_channel_code != "DEFAULT"
