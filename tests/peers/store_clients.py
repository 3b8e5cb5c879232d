"""Both clients of BigCommerce, pointed at the sandbox's store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bigc import BigCommerceAPI
from bigcommerce.api import BigcommerceApi
from bigcommerce.connection import OAuthConnection
from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter

from tests.sandbox.running import RunningSandbox

FIXED_ROOT = "https://api.bigcommerce.com"


class Rerouting(HTTPAdapter):
    """Takes what is sent to BigCommerce's fixed address to another one."""

    def __init__(self, root: str) -> None:
        super().__init__()
        self._root = root

    def send(self, request: PreparedRequest, *arguments: Any, **options: Any) -> Response:
        """Send it, at the other address."""
        assert request.url is not None
        request.url = request.url.replace(FIXED_ROOT, self._root, 1)
        return super().send(request, *arguments, **options)


@dataclass(frozen=True)
class StoreClients:
    """The clients of one sandbox's store; the environment names the host to `bigcommerce`."""

    sandbox: RunningSandbox

    def bigc(self, access_token: str | None = None) -> BigCommerceAPI:
        """The client `bigc`, whose address is fixed: its sessions are routed elsewhere."""
        credentials = self.sandbox.ready["credentials"]["bigcommerce"]
        client = BigCommerceAPI(
            credentials["store_hash"], access_token or credentials["access_token"]
        )
        client.api_v2._session.mount(FIXED_ROOT, Rerouting(self.sandbox.ready["bigcommerce"]))
        return client

    def official(self, **options: Any) -> BigcommerceApi:
        """The client `bigcommerce`, which knows version 2 of the API."""
        return BigcommerceApi(
            client_id="peer", **self.sandbox.ready["credentials"]["bigcommerce"], **options
        )

    def official_v3(self) -> OAuthConnection:
        """The connection of `bigcommerce`, with the path of version 3."""
        return OAuthConnection(
            "peer",
            **self.sandbox.ready["credentials"]["bigcommerce"],
            host=self.sandbox.ready["bigcommerce"].removeprefix("https://"),
            api_path="/stores/{}/v3/{}",
        )


def custom_line_order(external_id: str) -> dict[str, Any]:
    """An order of one line that is not in the catalog, as Amazon's orders come in."""
    return {
        "status_id": 11,
        "external_source": "Amazon",
        "external_order_id": external_id,
        "billing_address": {
            "first_name": "Ada",
            "last_name": "Ito",
            "street_1": "200 Harbour Way",
            "city": "Seattle",
            "state": "Washington",
            "zip": "98101",
            "country_iso2": "US",
        },
        "products": [{"name": "Moka", "quantity": 2, "price_inc_tax": 10.83, "price_ex_tax": 10}],
    }
