"""One BigCommerce store in memory: everything that its API shows and changes.

The parts hold no locks: whoever serves a store serves it from one event loop.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Any

import orjson

from sandbox.bigcommerce.admin_views import order_summary, product_summary, shipment_request
from sandbox.bigcommerce.behaviour import StoreBehaviour
from sandbox.bigcommerce.catalog.catalog import Catalog
from sandbox.bigcommerce.catalog.products import Product
from sandbox.bigcommerce.catalog.shelves import Shelves
from sandbox.bigcommerce.catalog.views import variant_view
from sandbox.bigcommerce.channels import Channels
from sandbox.bigcommerce.hooks import Hooks
from sandbox.bigcommerce.inventory.adjustments import Adjustments
from sandbox.bigcommerce.inventory.stock import Stock
from sandbox.bigcommerce.metafields import Metafields
from sandbox.bigcommerce.moments import iso
from sandbox.bigcommerce.numbering import Numbering
from sandbox.bigcommerce.orders.lines import LineReader
from sandbox.bigcommerce.orders.order import Order
from sandbox.bigcommerce.orders.order_book import OrderBook
from sandbox.bigcommerce.orders.order_desk import OrderDesk
from sandbox.bigcommerce.orders.problems import ProblemReporter
from sandbox.bigcommerce.orders.refunds import RefundDesk
from sandbox.bigcommerce.orders.shipping import ShippingDesk
from sandbox.bigcommerce.orders.stocktaking import Stocktaking
from sandbox.bigcommerce.orders.views import OrderViews
from sandbox.bigcommerce.price_lists import PriceLists
from sandbox.bigcommerce.settings import StoreSettings
from sandbox.clock import SandboxClock

Json = dict[str, Any]

CLIENT_ID = "sandboxclient0000000000000000001"


class StoreState(StoreBehaviour):
    """A store with its one API account; its behaviour and settings may be changed at any time."""

    def __init__(
        self,
        clock: SandboxClock,
        *,
        store_hash: str,
        access_token: str,
        currency: str = "USD",
        weight_units: str = "LBS",
        dimension_units: str = "Inches",
        seed: int = 1,
    ) -> None:
        super().__init__()
        self.clock = clock
        self.store_hash = store_hash
        self.access_token = access_token
        self.settings = StoreSettings(store_hash, currency, weight_units, dimension_units)
        self._seed = seed
        self._loaded: list[bytes] = []
        self._open()

    def _open(self) -> None:
        """Make all parts new and empty."""
        clock, chance = self.clock, random.Random(self._seed)
        numbering = Numbering()
        self.shelves = Shelves(numbering, chance)
        self.catalog = Catalog(clock, numbering, self.shelves)
        self.stock = Stock(self.catalog, iso(clock.now()))
        self.adjustments = Adjustments(clock, self, self.catalog, self.stock, chance)
        self.channels = Channels(clock, numbering)
        self.price_lists = PriceLists(clock, numbering, self.catalog.index)
        self.metafields = Metafields(clock, numbering, CLIENT_ID)
        self.hooks = Hooks(clock, numbering, CLIENT_ID, self.store_hash)
        self._open_orders(numbering)

    def _open_orders(self, numbering: Numbering) -> None:
        reporter = ProblemReporter(self.store_hash)
        self.order_views = OrderViews(self.store_hash, self.settings.currency)
        self.order_book = OrderBook(self.clock, self)
        stocktaking = Stocktaking(self.catalog, self.stock, self.settings, self, reporter)
        self.order_desk = OrderDesk(
            self.clock,
            numbering,
            self.order_book,
            LineReader(self.catalog, self.shelves, numbering, reporter),
            stocktaking,
            self.channels,
            self.settings,
        )
        self.shipping_desk = ShippingDesk(self.clock, numbering, self.order_desk)
        self.refund_desk = RefundDesk(self.clock, numbering, self.order_desk)

    def product(self, product_id: int) -> Product:
        """The product of that id; raises V3's 404."""
        return self.catalog.product(product_id)

    def variant(self, variant_id: int) -> Json:
        """The variant of that id; raises V3's 404."""
        return self.catalog.variant(variant_id)

    def order(self, order_id: int) -> Order:
        """The order of that id, archived or not; raises V2's 404."""
        return self.order_book.get(order_id)

    def settle(self) -> None:
        """Let take effect what was only accepted and is due by now."""
        self.adjustments.settle()

    def load_products(self, products: Iterable[Json]) -> None:
        """Put in V3 product JSON with its parts; a product of a known id is replaced."""
        given = [orjson.dumps(product) for product in products]
        self._loaded.extend(given)
        self.catalog.load(orjson.loads(product) for product in given)

    def products(self) -> list[Json]:
        """Every product with the ids, SKUs, prices and levels of its variants."""
        self.settle()
        return [product_summary(product) for product in self.catalog.index]

    def orders(self) -> list[Json]:
        """Every order with status, lines, shipments and total, without the buyer."""
        return [order_summary(order) for order in self.order_book]

    def patch_variant(self, variant_id: int, changes: Json) -> Json:
        """Change stock or prices of a variant as the merchant would; the variant as it is then.

        Raises:
            V3Refusal: 404 for an unknown variant.
        """
        self.settle()
        variant = self.catalog.variant(variant_id)
        self.catalog.update_variant(variant, changes)
        return variant_view(variant)

    def add_shipment(self, order_id: int, body: Json) -> Json:
        """Ship items of an order, by default all that are left, as the merchant would.

        Raises:
            V2Refusal: 404 for an unknown order, 400 for what cannot be shipped.
        """
        order = self.order(order_id)
        shipment = self.shipping_desk.ship(order, shipment_request(order, body))
        return self.order_views.shipment(order, shipment)

    def reset(self) -> None:
        """Go back to the products as they were loaded, with nothing done since."""
        self._open()
        self.catalog.load(orjson.loads(product) for product in self._loaded)
