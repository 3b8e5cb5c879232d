"""One BigCommerce store: everything of it behind the port StorePorts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import httpx

from affluent.ports.bigcommerce import StoreCheck
from connectors.bigcommerce.api import StoreApi
from connectors.bigcommerce.auth import AccessToken
from connectors.bigcommerce.catalog import StoreCatalog
from connectors.bigcommerce.check import check_store
from connectors.bigcommerce.orders import StoreOrders
from connectors.bigcommerce.refusals import explain
from connectors.bigcommerce.settings import SettingsReader
from connectors.bigcommerce.window import RequestWindow
from connectors.http.clock import VendorClock
from connectors.http.quota import BucketStore
from connectors.http.transport import HttpClient

ENDPOINT: Final = "https://api.bigcommerce.com"


class BigCommerceStore:
    """Implements StorePorts. Thread-safe; close() it in the end.

    `access_token` is asked at every request. `location_ids` are the locations whose stock is sold,
    all enabled ones by default; `channel_id` is the channel that imported orders belong to.
    """

    def __init__(
        self,
        *,
        store_hash: str,
        access_token: Callable[[], str],
        endpoint: str = ENDPOINT,
        bucket_store: BucketStore,
        clock_speed: float = 1.0,
        verify: str | bool = True,
        channel_id: int = 1,
        location_ids: tuple[int, ...] = (),
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        scope = f"bigcommerce/{store_hash}"
        self._client = HttpClient(
            vendor="BigCommerce",
            account=store_hash,
            base_url=f"{endpoint}/stores/{store_hash}",
            interpret=explain,
            quota=RequestWindow(bucket_store, scope=scope, speed=clock_speed),
            auth=AccessToken(access_token),
            sleep=VendorClock(clock_speed).sleep,
            verify=verify,
            transport=transport,
        )
        self._api = StoreApi(self._client)
        settings = SettingsReader(self._api)
        self.catalog = StoreCatalog(self._api, settings, location_ids)
        self.orders = StoreOrders(self._api, settings, channel_id)

    def check(self) -> StoreCheck:
        """Active with the missing scopes, or Expired where the store does not know the token."""
        return check_store(self._api)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()
