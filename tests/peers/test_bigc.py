"""The client bigc: what it makes of the store in the sandbox."""

from __future__ import annotations

from datetime import UTC
from decimal import Decimal

import pytest
from bigc import BigCommerceAPI
from bigc.data import BigCommerceOrderStatus
from bigc.exceptions import (
    BadRequestError,
    ConflictError,
    DoesNotExistError,
    TooManyRequestsError,
    UnauthorizedError,
)
from bigc.utils import parse_rfc2822_date
from store_clients import StoreClients, custom_line_order
from waiting import wait_until

from tests.sandbox.running import RunningSandbox

LAST_SAFFRON = "FOOD-SAFFRON-LAST"


@pytest.fixture
def store(sandbox: RunningSandbox) -> BigCommerceAPI:
    return StoreClients(sandbox).bigc()


def test_every_product_comes_on_some_page_once(store: BigCommerceAPI) -> None:
    in_one = list(store.products_v3.all(params={"include": ["variants"], "sort": "id"}))
    in_many = list(store.api_v3.get_many("/catalog/products", page_size=7, params={"sort": "id"}))

    ids = [product["id"] for product in in_one]
    assert ids == [product["id"] for product in in_many] == sorted(set(ids))
    assert "KIT-MUG-BLUE" in {one["sku"] for product in in_one for one in product["variants"]}


def test_pages_by_cursor_end(store: BigCommerceAPI) -> None:
    named = [f"peer-{number}" for number in range(3)]
    product_id = next(store.products_v3.all(params={"sku": "KIT-LADLE"}))["id"]
    path = f"/catalog/products/{product_id}/metafields"
    for key in named:
        field = {"permission_set": "app_only", "namespace": "peers", "key": key, "value": "1"}
        store.api_v3.post(path, data=field)

    read = list(store.api_v3.get_many(path, page_size=2, cursor=True))

    assert [field["key"] for field in read] == named


def test_a_product_and_its_variants_live_and_die(store: BigCommerceAPI) -> None:
    option = {"option_display_name": "Color", "label": "Red"}
    made = store.products_v3.create(
        {
            "name": "Peer's mug",
            "type": "physical",
            "weight": 1,
            "price": 5.5,
            "variants": [{"sku": "PEER-RED", "option_values": [option]}],
        }
    )
    [variant] = store.product_variants_v3.all(made["id"])
    changed = store.product_variants_v3.update(made["id"], variant["id"], {"price": 6.25})
    store.products_v3.update(made["id"], {"name": "Peer's cup"})
    renamed = store.products_v3.get(made["id"])
    store.products_v3.delete(made["id"])

    assert (variant["sku"], variant["calculated_price"]) == ("PEER-RED", 5.5)
    assert changed["calculated_price"] == 6.25
    assert renamed["name"] == "Peer's cup"
    with pytest.raises(DoesNotExistError):
        store.products_v3.get(made["id"])


def test_an_order_is_created_found_shipped_and_archived(store: BigCommerceAPI) -> None:
    orders = store.orders_v2
    made = orders.create(custom_line_order("111-0000001-0000001"))
    [found] = wait_until(
        lambda: list(orders.all(params={"external_order_id": "111-0000001-0000001"})), bool
    )
    [line] = orders.all_products(made["id"])
    [address] = orders.all_shipping_addresses(made["id"])
    parcel = {
        "order_address_id": address["id"],
        "items": [{"order_product_id": line["id"], "quantity": 2}],
        "tracking_number": "1Z999AA10123456784",
        "shipping_provider": "ups",
    }
    shipment = orders.create_shipment(made["id"], parcel)
    shipped = orders.get(made["id"])
    orders.archive(made["id"])

    assert found["id"] == made["id"]
    assert made["status_id"] == BigCommerceOrderStatus.AWAITING_FULFILLMENT
    assert Decimal(made["total_inc_tax"]) == Decimal("21.66")
    assert parse_rfc2822_date(made["date_created"]).tzinfo == UTC
    assert list(orders.all_shipments(made["id"])) == [shipment]
    assert shipped["status_id"] == BigCommerceOrderStatus.SHIPPED
    assert parse_rfc2822_date(shipped["date_shipped"]) >= parse_rfc2822_date(made["date_created"])
    assert orders.get(made["id"])["is_deleted"] is True


def test_no_order_is_an_empty_list(store: BigCommerceAPI) -> None:
    assert list(store.orders_v2.all(params={"external_order_id": "not-there"})) == []


def test_what_is_not_on_stock_is_a_conflict(store: BigCommerceAPI) -> None:
    [product] = store.products_v3.all(params={"sku": LAST_SAFFRON, "include": "variants"})
    too_many = {
        "product_id": product["id"],
        "variant_id": product["variants"][0]["id"],
        "quantity": 2,
    }

    with pytest.raises(ConflictError) as refused:
        store.orders_v2.create({**custom_line_order("111-2"), "products": [too_many]})

    assert refused.value.message.startswith("Quantities of one or more products are out of stock")


def test_each_refusal_is_its_own_exception(store: BigCommerceAPI, sandbox: RunningSandbox) -> None:
    with pytest.raises(BadRequestError, match="required field 'products'"):
        store.orders_v2.create({"billing_address": custom_line_order("")["billing_address"]})
    with pytest.raises(UnauthorizedError):
        StoreClients(sandbox).bigc(access_token="another").products_v3.get(1)
    with sandbox.admin() as admin:
        fault = {"vendor": "bigcommerce", "path": "/v2/store", "action": "status", "status": 429}
        admin.post("/faults", json=fault).raise_for_status()
    with pytest.raises(TooManyRequestsError):
        store.api_v2.get("/store")
    assert store.api_v2.get("/store")["currency"] == "USD"


def test_a_hook_is_kept(store: BigCommerceAPI) -> None:
    wanted = {
        "scope": "store/order/*",
        "destination": "https://example.com/peers",
        "is_active": True,
    }
    made = store.webhooks_v3.create(wanted)
    listed = list(store.webhooks_v3.all())
    store.webhooks_v3.delete(made["id"])

    assert listed == [made]
    assert {key: made[key] for key in wanted} == wanted
    assert list(store.webhooks_v3.all()) == []
