"""What Amazon knows of the store's products before the first call.

A World names the SKUs that Amazon's catalog knows and those that the seller has listed before. The
demo's is written down in a file; for any other catalog one is drawn by seed.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from sandbox.amazon.state import AmazonState
from sandbox.catalog import Product, SellableItem, sellable_items

DEMO_WORLD = Path(__file__).parent / "data" / "demo" / "world.json"

MARKETPLACE_ID = "ATVPDKIKX0DER"
CURRENCY = "USD"

SHARE_KNOWN_TO_AMAZON = 0.8
LISTED_BEFORE_COUNT = 10
DRAWN_PRODUCT_TYPE = "GROCERY"
ASIN_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class ListedBefore:
    """A listing that the seller had before; its SKU on Amazon need not be the store's.

    The quantity lies with Amazon where the channel is Amazon's.
    """

    amazon_sku: str
    store_sku: str
    price: str
    quantity: int
    fulfillment_channel_code: str = "DEFAULT"


@dataclass(frozen=True)
class World:
    """What Amazon knows, what was listed, and what the seller may not sell."""

    known_to_amazon: frozenset[str]
    listed_before: tuple[ListedBefore, ...]
    product_types: Mapping[int, str] = field(default_factory=dict)
    restricted_brands: tuple[str, ...] = ()
    restricted_product_types: tuple[str, ...] = ()

    def product_type(self, item: SellableItem) -> str:
        """The product type of an item in Amazon's catalog, by its category in the store."""
        named = [self.product_types.get(category) for category in item.category_ids]
        return next(filter(None, named), DRAWN_PRODUCT_TYPE)


def read_world(path: Path) -> World:
    """The world that a file writes down (see sandbox/data/demo/README.md)."""
    content = json.loads(path.read_text(encoding="utf-8"))
    return World(
        known_to_amazon=frozenset(content["known_to_amazon"]),
        listed_before=tuple(ListedBefore(**row) for row in content["listed_before"]),
        product_types={int(key): name for key, name in content["product_types"].items()},
        restricted_brands=tuple(content["restricted_brands"]),
        restricted_product_types=tuple(content["restricted_product_types"]),
    )


def draw_world(products: Iterable[Product], seed: int) -> World:
    """A world drawn by seed.

    Amazon knows exactly four fifths of the barcodes; ten of those items were listed before, at a
    price and with a quantity that the store no longer has.
    """
    chance = random.Random(seed)
    identified = _first_bearers(sellable_items(products))
    known = chance.sample(identified, round(SHARE_KNOWN_TO_AMAZON * len(identified)))
    listable = [item for item in known if _is_listable(item)]
    listed = chance.sample(listable, min(LISTED_BEFORE_COUNT, len(listable)))
    return World(
        known_to_amazon=frozenset(item.sku for item in known),
        listed_before=tuple(_listed_before(item) for item in listed),
    )


def _first_bearers(items: Iterable[SellableItem]) -> list[SellableItem]:
    """The items with a valid barcode that no earlier item bears."""
    bearers: dict[str, SellableItem] = {}
    for item in items:
        if item.barcode:
            bearers.setdefault(item.barcode.zfill(14), item)
    return list(bearers.values())


def _is_listable(item: SellableItem) -> bool:
    return 0 < item.price < 1_000 and len(item.title) <= 200


def _listed_before(item: SellableItem) -> ListedBefore:
    price = (item.price * Decimal("1.1") + Decimal("0.5")).quantize(Decimal("0.01"))
    return ListedBefore(item.sku, item.sku, price=str(price), quantity=item.quantity + 7)


def build_amazon(world: World, products: Iterable[Product], amazon: AmazonState) -> None:
    """Let Amazon know what the world says that it knows."""
    for brand in world.restricted_brands:
        amazon.restrict_brand(brand)
    for name in world.restricted_product_types:
        amazon.restrict_product_type(name)
    items = {item.sku: item for item in sellable_items(products)}
    for item in items.values():
        if item.sku in world.known_to_amazon:
            _add_catalog_item(amazon, world, item)
    for listed in world.listed_before:
        _add_listing(amazon, world, listed, items[listed.store_sku])


def _add_catalog_item(amazon: AmazonState, world: World, item: SellableItem) -> None:
    amazon.add_catalog_item(
        asin=asin_of(item),
        identifiers=item.identifiers,
        item_name=amazon_title(item),
        brand=item.brand,
        product_type=world.product_type(item),
    )


def _add_listing(
    amazon: AmazonState, world: World, listed: ListedBefore, item: SellableItem
) -> None:
    amazon.add_existing_listing(
        sku=listed.amazon_sku,
        asin=asin_of(item),
        product_type=world.product_type(item),
        item_name=amazon_title(item),
        price=listed.price,
        currency=CURRENCY,
        quantity=listed.quantity,
        fulfillment_channel_code=listed.fulfillment_channel_code,
        marketplace_id=MARKETPLACE_ID,
    )


def asin_of(item: SellableItem) -> str:
    """The ASIN of an item, always the same for the same barcode."""
    digest = hashlib.sha256((item.barcode or item.sku).zfill(14).encode()).digest()
    return "B0" + "".join(ASIN_ALPHABET[byte % len(ASIN_ALPHABET)] for byte in digest[:8])


def amazon_title(item: SellableItem) -> str:
    """Amazon's own title of an item, which is not the store's."""
    return f"{item.brand} {item.title}"
