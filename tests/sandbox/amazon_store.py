"""A small Amazon to test against: its state, a clock that is turned by hand, and a client."""

from __future__ import annotations

import gzip
import json
from typing import Any
from urllib.parse import quote, urlsplit

from starlette.testclient import TestClient

from sandbox.amazon.app import create_app
from sandbox.amazon.state import AmazonState, SellerIdentity
from sandbox.clock import SandboxClock
from tests.sandbox.amazon_product_type import OFFER_ONLY_SCHEMA, SCHEMA

US = "ATVPDKIKX0DER"
CA = "A2EUQ1WTGCTBG2"
KNOWN_EAN = "4006381333931"
KNOWN_ASIN = "B0KNOWN001"
NEW_EAN = "5901234123457"
SELLER = SellerIdentity("ASELLER0000001", "client-id", "client-secret", "Atzr|refresh", (US, CA))


class TurnableClock(SandboxClock):
    """A sandbox clock that only moves when it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self._seconds = 0.0

    def seconds(self) -> float:
        return self._seconds

    def pass_by(self, seconds: float) -> None:
        self._seconds += seconds


def offer(price: float, marketplace_id: str = US, **more: Any) -> dict[str, Any]:
    return {
        "marketplace_id": marketplace_id,
        "currency": "USD",
        "our_price": [{"schedule": [{"value_with_tax": price}]}],
        **more,
    }


def stock(quantity: int, **more: Any) -> dict[str, Any]:
    return {"fulfillment_channel_code": "DEFAULT", "quantity": quantity, **more}


def mug(ean: str | None = NEW_EAN, **changes: Any) -> dict[str, Any]:
    """The attributes of a good mug; a change to None takes an attribute away."""
    attributes = {
        "item_name": [{"value": "Blue mug", "language_tag": "en_US", "marketplace_id": US}],
        "brand": [{"value": "Potter", "language_tag": "en_US", "marketplace_id": US}],
        "number_of_items": [{"value": 1, "marketplace_id": US}],
        "condition_type": [{"value": "new_new", "marketplace_id": US}],
        "purchasable_offer": [offer(12.5)],
        "fulfillment_availability": [stock(7)],
        "externally_assigned_product_identifier": None
        if ean is None
        else [{"type": "ean", "value": ean, "marketplace_id": US}],
        **changes,
    }
    return {name: value for name, value in attributes.items() if value is not None}


class AmazonStore:
    """The state, the clock, and a client that holds an access token."""

    def __init__(self, *, quotas: bool = False) -> None:
        self.clock = TurnableClock()
        self.state = AmazonState(self.clock, SELLER)
        self.state.register_product_type("MUG", SCHEMA, OFFER_ONLY_SCHEMA, "Drinking mugs")
        self.state.add_catalog_item(
            asin=KNOWN_ASIN,
            identifiers={"EAN": KNOWN_EAN},
            item_name="Pens, box of four",
            brand="Stabilo",
            product_type="MUG",
        )
        self.app = create_app(
            self.state, self.clock, quotas=quotas, base_url=lambda: "http://testserver"
        )
        self.client = TestClient(self.app)
        self.client.headers["x-amz-access-token"] = self.log_in()["access_token"]

    def log_in(self, **changes: str) -> Any:
        fields = {
            "grant_type": "refresh_token",
            "refresh_token": SELLER.refresh_token,
            "client_id": SELLER.client_id,
            "client_secret": SELLER.client_secret,
            **changes,
        }
        return self.client.post("/auth/o2/token", data=fields).json()

    def item_path(self, sku: str) -> str:
        return f"/listings/2021-08-01/items/{SELLER.seller_id}/{quote(sku, safe='')}"

    def put(self, sku: str, attributes: Any, requirements: str = "LISTING", **query: str) -> Any:
        body = {"productType": "MUG", "requirements": requirements, "attributes": attributes}
        params = {"marketplaceIds": US, **query}
        answer = self.client.put(self.item_path(sku), params=params, json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def patch(self, sku: str, *patches: tuple[str, str, Any], **query: str) -> Any:
        body = {
            "productType": "MUG",
            "patches": [
                {"op": op, "path": f"/attributes/{name}", "value": value}
                for op, name, value in patches
            ],
        }
        params = {"marketplaceIds": US, **query}
        answer = self.client.patch(self.item_path(sku), params=params, json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def get(self, sku: str, marketplace_ids: str = US) -> Any:
        included = "summaries,attributes,issues,offers,fulfillmentAvailability,productTypes"
        params = {"marketplaceIds": marketplace_ids, "includedData": included}
        return self.client.get(self.item_path(sku), params=params).json()

    def listed(self, sku: str, attributes: Any, requirements: str = "LISTING") -> Any:
        """Put an item, wait until it is in effect, and read it."""
        assert self.put(sku, attributes, requirements)["status"] == "ACCEPTED"
        self.clock.pass_by(10)
        return self.get(sku)

    def list_before(self, sku: str, **changes: Any) -> None:
        """Add a listing that was made earlier in Seller Central."""
        usual = {
            "asin": KNOWN_ASIN,
            "product_type": "MUG",
            "item_name": "Pens",
            "price": "19.99",
            "currency": "USD",
            "quantity": 30,
            "fulfillment_channel_code": "DEFAULT",
            "marketplace_id": US,
        }
        self.state.add_existing_listing(sku=sku, **{**usual, **changes})

    def submit_feed(self, document: Any, feed_type: str = "JSON_LISTINGS_FEED") -> str:
        content_type = "application/json; charset=UTF-8"
        created = self.client.post(
            "/feeds/2021-06-30/documents", json={"contentType": content_type}
        ).json()
        content = document if isinstance(document, bytes) else json.dumps(document).encode()
        path = urlsplit(created["url"]).path
        uploaded = self.client.put(path, content=content, headers={"content-type": content_type})
        assert uploaded.status_code == 200
        body = {
            "feedType": feed_type,
            "marketplaceIds": [US],
            "inputFeedDocumentId": created["feedDocumentId"],
        }
        answer = self.client.post("/feeds/2021-06-30/feeds", json=body)
        assert answer.status_code == 202, answer.text
        feed_id: str = answer.json()["feedId"]
        return feed_id

    def feed(self, feed_id: str) -> Any:
        return self.client.get(f"/feeds/2021-06-30/feeds/{feed_id}").json()

    def processing_report(self, feed_id: str) -> Any:
        document_id = self.feed(feed_id)["resultFeedDocumentId"]
        document = self.client.get(f"/feeds/2021-06-30/documents/{document_id}").json()
        assert document["compressionAlgorithm"] == "GZIP"
        return json.loads(gzip.decompress(self.client.get(document["url"]).content))


def feed_of(*messages: dict[str, Any], **header: Any) -> dict[str, Any]:
    numbered = [{"messageId": number, **one} for number, one in enumerate(messages, start=1)]
    return {
        "header": {"sellerId": SELLER.seller_id, "version": "2.0", **header},
        "messages": numbered,
    }
