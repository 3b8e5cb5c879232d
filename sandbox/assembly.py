"""Both vendors in one hand: how a sandbox is put together, and put back to its start."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from starlette.types import ASGIApp

from sandbox.amazon.app import create_app as create_amazon_app
from sandbox.amazon.state import AmazonState
from sandbox.bigcommerce.app import create_app as create_bigcommerce_app
from sandbox.bigcommerce.state import StoreState
from sandbox.catalog import DEMO_CATALOG, read_products
from sandbox.clock import SandboxClock
from sandbox.credentials import ACCESS_TOKEN, SELLER, STORE_HASH
from sandbox.exchanges import ExchangeWatch, Listener
from sandbox.fault_injection import FaultInjection
from sandbox.faults import FaultPlan, read_faults
from sandbox.options import Options
from sandbox.orders import invented_orders
from sandbox.product_types import load_product_types
from sandbox.recording import RequestLog
from sandbox.world import CURRENCY, DEMO_WORLD, build_amazon, draw_world, read_world


class Sandbox:
    """Both vendors' states with what is done to them on purpose and what is kept of it."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.clock = SandboxClock(options.speed)
        self.amazon = AmazonState(self.clock, SELLER, seed=options.seed)
        self.store = StoreState(
            self.clock,
            store_hash=STORE_HASH,
            access_token=ACCESS_TOKEN,
            currency=CURRENCY,
            seed=options.seed,
        )
        self.faults = FaultPlan(options.seed)
        self.requests = RequestLog()
        self._products = read_products(options.catalog or DEMO_CATALOG)
        self._world = (
            draw_world(self._products, options.seed) if options.catalog else read_world(DEMO_WORLD)
        )
        self.store.load_products(self._products)
        for known in load_product_types():
            self.amazon.register_product_type(
                known.name, known.schema, known.offer_only_schema, known.display_name
            )
        self._start()

    def reset(self) -> None:
        """Back to the seeded start: what was listed, ordered, changed, asked and broken is gone."""
        self.amazon.reset()
        self.store.reset()
        self.requests.clear()
        self.faults.clear()
        self._start()

    def _start(self) -> None:
        options = self.options
        build_amazon(self._world, self._products, self.amazon)
        for order in invented_orders(self._world, options.orders, options.seed, self.clock.now()):
            self.amazon.place_order(order)
        if options.faults:
            self.faults.add(read_faults(options.faults))

    def amazon_app(self, base_url: Callable[[], str], listeners: Sequence[Listener]) -> ASGIApp:
        """Amazon's API, with its faults, watched by the listeners."""
        app = create_amazon_app(
            self.amazon, self.clock, quotas=self.options.quotas, base_url=base_url
        )
        return self._watched(app, "amazon", listeners)

    def bigcommerce_app(self, listeners: Sequence[Listener]) -> ASGIApp:
        """BigCommerce's API, with its faults, watched by the listeners."""
        app = create_bigcommerce_app(self.store, self.clock, quotas=self.options.quotas)
        return self._watched(app, "bigcommerce", listeners)

    def _watched(self, app: ASGIApp, vendor: str, listeners: Sequence[Listener]) -> ASGIApp:
        with_faults = FaultInjection(app, vendor, self.faults)
        return ExchangeWatch(with_faults, vendor, self.clock, [self.requests.listen, *listeners])
