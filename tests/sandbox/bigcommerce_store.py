"""A small BigCommerce store to test against: its state, a clock turned by hand, and a client."""

from __future__ import annotations

from typing import Any

from starlette.testclient import TestClient

from sandbox.bigcommerce.app import create_app
from sandbox.bigcommerce.state import StoreState
from tests.sandbox.amazon_store import TurnableClock

STORE_HASH = "abc123"
TOKEN = "store-token"

MUG = 1
SHIRT = 2
POSTER = 3
ENGRAVED = 4
UNTRACKED = 5
MUG_VARIANT = 100001
SMALL_SHIRT = 100002
LARGE_SHIRT = 100003
SIZE_OPTION = 20
SMALL, LARGE = 30, 31
COLOUR_MODIFIER = 21
RED = 40
TEXT_MODIFIER = 22

PRODUCTS: list[dict[str, Any]] = [
    {
        "id": MUG,
        "name": "Mug",
        "sku": "MUG",
        "price": 10.5,
        "weight": 0.4,
        "categories": [23],
        "category_names": {"23": "Kitchen"},
        "brand_name": "Fireclay",
        "inventory_tracking": "product",
        "inventory_level": 8,
        "upc": "012345678905",
        "order_quantity_maximum": 6,
        "images": [{"image_url": "https://cdn.example.com/mug.jpg", "is_thumbnail": True}],
        "custom_fields": [{"name": "Material", "value": "Clay"}],
        "variants": [{"id": MUG_VARIANT, "sku": "MUG", "inventory_level": 8}],
        "date_modified": "2026-10-01T12:00:00+00:00",
    },
    {
        "id": SHIRT,
        "name": "Shirt",
        "sku": "SHIRT",
        "price": 20,
        "weight": 0.2,
        "categories": [24],
        "inventory_tracking": "variant",
        "options": [
            {
                "id": SIZE_OPTION,
                "display_name": "Size",
                "type": "dropdown",
                "option_values": [
                    {"id": SMALL, "label": "Small"},
                    {"id": LARGE, "label": "Large"},
                ],
            }
        ],
        "variants": [
            {
                "id": SMALL_SHIRT,
                "sku": "SHIRT-S",
                "inventory_level": 5,
                "option_values": [{"option_id": SIZE_OPTION, "id": SMALL}],
            },
            {
                "id": LARGE_SHIRT,
                "sku": "SHIRT-L",
                "price": 22.5,
                "inventory_level": 1,
                "option_values": [{"option_id": SIZE_OPTION, "id": LARGE}],
            },
        ],
        "date_modified": "2026-10-02T12:00:00+00:00",
    },
    {
        "id": POSTER,
        "name": "Poster",
        "sku": "POSTER",
        "price": 5,
        "weight": 0.1,
        "modifiers": [{"display_name": "Picture", "type": "file", "required": True}],
        "date_modified": "2026-10-03T12:00:00+00:00",
    },
    {
        "id": ENGRAVED,
        "name": "Engraved Pen",
        "sku": "PEN",
        "price": 15,
        "weight": 0.1,
        "order_quantity_minimum": 2,
        "modifiers": [
            {
                "id": COLOUR_MODIFIER,
                "display_name": "Colour",
                "type": "swatch",
                "required": True,
                "option_values": [{"id": RED, "label": "Red"}],
            },
            {
                "id": TEXT_MODIFIER,
                "display_name": "Engraving",
                "type": "text",
                "required": False,
            },
        ],
        "date_modified": "2026-10-04T12:00:00+00:00",
    },
    {
        "id": UNTRACKED,
        "name": "Gift Card Holder",
        "sku": "HOLDER",
        "price": 2,
        "weight": 0,
        "date_modified": "2026-10-05T12:00:00+00:00",
    },
]

ADDRESS = {
    "first_name": "Ada",
    "last_name": "Buyer",
    "street_1": "1 Main Street",
    "city": "Austin",
    "state": "Texas",
    "zip": "78751",
    "country_iso2": "US",
    "email": "ada@example.com",
}


class SmallStore:
    """The store, its clock, and a client with the token."""

    def __init__(self, *, quotas: bool = False) -> None:
        self.clock = TurnableClock()
        self.state = StoreState(self.clock, store_hash=STORE_HASH, access_token=TOKEN)
        self.state.load_products(PRODUCTS)
        self.app = create_app(self.state, self.clock, quotas=quotas)
        self.client = self.client_with(TOKEN)

    def client_with(self, token: str | None, store_hash: str = STORE_HASH) -> TestClient:
        headers = {} if token is None else {"X-Auth-Token": token}
        return TestClient(self.app, base_url=f"http://sandbox/stores/{store_hash}", headers=headers)

    def data(self, path: str, **query: Any) -> Any:
        """The `data` of a V3 answer that must be 200."""
        answer = self.client.get(path, params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()["data"]

    def order(self, *lines: dict[str, Any], **fields: Any) -> Any:
        """POST an order; the answer."""
        body = {"billing_address": ADDRESS, "products": list(lines), **fields}
        return self.client.post("/v2/orders", json=body)

    def level(self, variant_id: int) -> int:
        """A variant's level as the catalog shows it."""
        product_id = self.state.variant(variant_id)["product_id"]
        shown = self.data(f"/v3/catalog/products/{product_id}/variants/{variant_id}")
        return int(shown["inventory_level"])


def line(product_id: int, variant_id: int | None = None, quantity: int = 1, **more: Any) -> Any:
    """A catalog line of an order."""
    variant = {} if variant_id is None else {"variant_id": variant_id}
    return {"product_id": product_id, "quantity": quantity, **variant, **more}


def custom_line(**more: Any) -> Any:
    """A line that is not of the catalog."""
    return {
        "name": "FBA item",
        "quantity": 2,
        "price_inc_tax": 12,
        "price_ex_tax": 10,
        "sku": "FBA-1",
        **more,
    }
