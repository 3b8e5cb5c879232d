"""One BigCommerce store: everything of it behind the port StorePorts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

import httpx

from affluent.domain.forecast import ForetoldCalls
from affluent.domain.lane import Lane
from affluent.ports.bigcommerce import NamedParts, StoreCheck
from affluent.ports.windows import WindowStore
from connectors.bigcommerce.api import StoreApi
from connectors.bigcommerce.auth import AccessToken
from connectors.bigcommerce.catalog import WHOLE_CATALOG, CatalogScope, StoreCatalog
from connectors.bigcommerce.check import check_store
from connectors.bigcommerce.hooks import StoreHooks
from connectors.bigcommerce.orders import StoreOrders
from connectors.bigcommerce.price_lists import StorePriceLists
from connectors.bigcommerce.refusals import explain
from connectors.bigcommerce.settings import SettingsReader
from connectors.bigcommerce.stock import StoreStock
from connectors.bigcommerce.window import RequestWindow
from connectors.http.clock import VendorClock
from connectors.http.retry import RetryPolicy
from connectors.http.transport import HttpClient

ENDPOINT: Final = "https://api.bigcommerce.com"

#: A write that must not happen twice must not live long either: whoever finds it unanswered later
#: takes it over, and counts on its not arriving any more.
BRIEF: Final = RetryPolicy(attempts=3, budget_seconds=8.0)
BRIEF_SECONDS: Final = 12.0


class BigCommerceStore:
    """Implements StorePorts. Thread-safe; close() it in the end.

    `access_token` is asked at every request; `channel_id` is the channel that imported orders
    belong to.
    """

    def __init__(
        self,
        *,
        store_hash: str,
        access_token: Callable[[], str],
        endpoint: str = ENDPOINT,
        window_store: WindowStore,
        clock_speed: float = 1.0,
        verify: str | bool = True,
        channel_id: int = 1,
        catalog: CatalogScope = WHOLE_CATALOG,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        scope = f"bigcommerce/{store_hash}@{endpoint}"
        self._window = RequestWindow(window_store, scope=scope, speed=clock_speed)
        connect = partial(
            HttpClient,
            vendor="BigCommerce",
            account=store_hash,
            base_url=f"{endpoint}/stores/{store_hash}",
            interpret=explain,
            quota=self._window,
            auth=AccessToken(access_token),
            sleep=VendorClock(clock_speed).sleep,
            verify=verify,
            transport=transport,
        )
        self._reader = connect()
        self._writer = connect(retries=BRIEF, timeout_seconds=BRIEF_SECONDS)
        self._api = StoreApi(self._reader, self._writer)
        settings = SettingsReader(self._api)
        self.catalog = StoreCatalog(self._api, settings, catalog)
        self.price_lists = StorePriceLists(self._api)
        self.orders = StoreOrders(self._api.in_lane(Lane.ORDERS), settings, channel_id)
        self.stock = StoreStock(self._api.in_lane(Lane.ORDERS))
        self.hooks = StoreHooks(self._api)

    def forecast(self, calls: int) -> ForetoldCalls:
        """So many calls, and the seconds that the store's quota takes for them."""
        return ForetoldCalls("calls of the store", calls, self._window.seconds_for(calls))

    def check(self, parts: NamedParts) -> StoreCheck:
        """Active with what is missing, or Expired where the store does not know the token."""
        return check_store(self._api, parts)

    def close(self) -> None:
        """Close the connections."""
        self._reader.close()
        self._writer.close()
