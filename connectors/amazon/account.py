"""One Amazon account: every API behind one login, one quota and one clock."""

from __future__ import annotations

from functools import partial
from typing import Final

import httpx

from affluent.domain.account import Account
from affluent.domain.marketplace import Region
from affluent.ports.buckets import BucketStore
from affluent.ports.clock import Clock
from connectors.amazon.acknowledgements import OrderAcknowledgements
from connectors.amazon.auth import (
    LWA_ENDPOINT,
    NOTIFICATIONS_SCOPE,
    AccessTokenAuth,
    AccessTokens,
    AmazonCredentials,
)
from connectors.amazon.catalog_items import CatalogItems
from connectors.amazon.documents import Documents
from connectors.amazon.fba_inventory import FbaInventory
from connectors.amazon.feeds import Feeds
from connectors.amazon.forecast import Forecasts
from connectors.amazon.listings import ListingsItems
from connectors.amazon.notifications import Notifications
from connectors.amazon.orders import AmazonOrders
from connectors.amazon.product_types import ProductTypes
from connectors.amazon.refusals import explain_api, explain_document, explain_login
from connectors.amazon.reports import Reports
from connectors.amazon.restrictions import Restrictions
from connectors.amazon.sellers import Sellers
from connectors.amazon.usage_plans import RATE_HEADER, buckets_of
from connectors.http.clock import VendorClock
from connectors.http.quota import Unmetered
from connectors.http.token_buckets import TokenBuckets
from connectors.http.transport import HttpClient

_VENDOR: Final = "Amazon"
_REQUEST_ID_HEADER: Final = "x-amzn-requestid"
_ENDPOINTS: Final = {
    Region.NORTH_AMERICA: "https://sellingpartnerapi-na.amazon.com",
    Region.EUROPE: "https://sellingpartnerapi-eu.amazon.com",
    Region.FAR_EAST: "https://sellingpartnerapi-fe.amazon.com",
}


def endpoint_of(region: Region) -> str:
    """The address of a region's Selling Partner API."""
    return _ENDPOINTS[region]


class AmazonAccount:
    """The ports of one account (affluent.ports.amazon.AmazonPorts). Thread-safe.

    `clock_speed` is how many times as fast as ours the other side's time runs: 1, but for a
    sandbox. `verify` names a CA's file where the endpoint's certificate needs one. `transport`
    replaces the network, as in a test.
    """

    def __init__(
        self,
        *,
        account: Account,
        credentials: AmazonCredentials,
        endpoint: str,
        bucket_store: BucketStore,
        lwa_endpoint: str = LWA_ENDPOINT,
        clock_speed: float = 1.0,
        verify: str | bool = True,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.clock: Clock = VendorClock(clock_speed)
        open_client = partial(
            HttpClient,
            vendor=_VENDOR,
            account=account.name,
            request_id_header=_REQUEST_ID_HEADER,
            sleep=self.clock.sleep,
            verify=verify,
            transport=transport,
        )
        login = open_client(base_url="", interpret=explain_login, quota=Unmetered())
        quota = TokenBuckets(
            buckets_of,
            bucket_store,
            account=f"{account.seller_id}@{endpoint}",
            application=f"application@{endpoint}",
            rate_header=RATE_HEADER,
            speed=clock_speed,
        )

        def authorised(scope: str = "") -> HttpClient:
            tokens = AccessTokens(credentials, login, lwa_endpoint, scope=scope, speed=clock_speed)
            auth = AccessTokenAuth(tokens)
            return open_client(base_url=endpoint, interpret=explain_api, quota=quota, auth=auth)

        api, grantless = authorised(), authorised(NOTIFICATIONS_SCOPE)
        plain = open_client(base_url="", interpret=explain_document, quota=Unmetered())
        self._clients = (login, api, grantless, plain)
        self._open_ports(account.seller_id, api, grantless, plain)
        self.forecast = Forecasts(quota)

    def _open_ports(
        self, seller_id: str, api: HttpClient, grantless: HttpClient, plain: HttpClient
    ) -> None:
        documents = Documents(plain)
        self.listings = ListingsItems(api, seller_id)
        self.restrictions = Restrictions(api, seller_id)
        self.catalog_items = CatalogItems(api)
        self.product_types = ProductTypes(api, plain, seller_id)
        self.feeds = Feeds(api, documents, seller_id)
        self.acknowledgements = OrderAcknowledgements(api, documents, seller_id)
        self.reports = Reports(api, documents, self.clock)
        self.orders = AmazonOrders(api)
        self.fba_inventory = FbaInventory(api)
        self.sellers = Sellers(api)
        self.notifications = Notifications(api, grantless)

    def close(self) -> None:
        """Close every connection."""
        for client in self._clients:
            client.close()
