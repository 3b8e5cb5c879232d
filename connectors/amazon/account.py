"""One Amazon account: every API behind one login, one quota and one clock."""

from __future__ import annotations

from typing import Final

import httpx

from affluent.domain.account import Account
from affluent.domain.marketplace import Region
from affluent.ports.amazon import (
    AmazonOrdersPort,
    CatalogItemsPort,
    FeedsPort,
    ListingsPort,
    ProductTypesPort,
    ReportsPort,
    SellersPort,
)
from affluent.ports.buckets import BucketStore
from affluent.ports.clock import Clock
from connectors.amazon.auth import LWA_ENDPOINT, AccessTokenAuth, AccessTokens, AmazonCredentials
from connectors.amazon.catalog_items import CatalogItems
from connectors.amazon.documents import Documents
from connectors.amazon.feeds import Feeds
from connectors.amazon.listings import ListingsItems
from connectors.amazon.orders import AmazonOrders
from connectors.amazon.product_types import ProductTypes
from connectors.amazon.refusals import explain_api, explain_document, explain_login
from connectors.amazon.reports import Reports
from connectors.amazon.sellers import Sellers
from connectors.amazon.usage_plans import RATE_HEADER, buckets_of
from connectors.http.clock import VendorClock
from connectors.http.errors import Interpret
from connectors.http.quota import Quota, Unmetered
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

        def client(
            interpret: Interpret, quota: Quota, base_url: str = "", auth: httpx.Auth | None = None
        ) -> HttpClient:
            return HttpClient(
                vendor=_VENDOR,
                account=account.name,
                base_url=base_url,
                interpret=interpret,
                quota=quota,
                auth=auth,
                request_id_header=_REQUEST_ID_HEADER,
                sleep=self.clock.sleep,
                verify=verify,
                transport=transport,
            )

        login = client(explain_login, Unmetered())
        tokens = AccessTokens(credentials, login, lwa_endpoint, speed=clock_speed)
        quota = TokenBuckets(
            buckets_of,
            bucket_store,
            account=f"{account.seller_id}@{endpoint}",
            application=f"application@{endpoint}",
            rate_header=RATE_HEADER,
            speed=clock_speed,
        )
        api = client(explain_api, quota, endpoint, AccessTokenAuth(tokens))
        plain = client(explain_document, Unmetered())
        documents = Documents(plain)
        self._clients = (login, api, plain)

        self.listings: ListingsPort = ListingsItems(api, account.seller_id)
        self.catalog_items: CatalogItemsPort = CatalogItems(api)
        self.product_types: ProductTypesPort = ProductTypes(api, plain, account.seller_id)
        self.feeds: FeedsPort = Feeds(api, documents, account.seller_id)
        self.reports: ReportsPort = Reports(api, documents, self.clock)
        self.orders: AmazonOrdersPort = AmazonOrders(api)
        self.sellers: SellersPort = Sellers(api)

    def close(self) -> None:
        """Close every connection."""
        for client in self._clients:
            client.close()
