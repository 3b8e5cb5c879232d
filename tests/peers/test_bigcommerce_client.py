"""BigCommerce's own client for Python (bigcommerce): V2 by its resources, V3 by its connection."""

from __future__ import annotations

import pytest
from bigcommerce.exception import ClientRequestException, RateLimitingException
from store_clients import StoreClients, custom_line_order

from tests.sandbox.running import RunningSandbox


@pytest.fixture
def clients(sandbox: RunningSandbox) -> StoreClients:
    return StoreClients(sandbox)


def test_the_store_tells_its_profile_and_time(clients: StoreClients) -> None:
    store = clients.official()

    assert store.Store.all().currency == "USD"
    assert store.Time.all().time > 1_700_000_000
    assert {status.id for status in store.OrderStatuses.all()} == set(range(15))


def test_an_order_becomes_objects_with_parts(clients: StoreClients) -> None:
    store = clients.official()

    made = store.Orders.create(**custom_line_order("222-0000001-0000001"))
    order = store.Orders.get(made.id)
    [line] = order.products()
    [address] = order.shipping_addresses()
    shipment = store.OrderShipments.create(
        made.id,
        order_address_id=address.id,
        items=[{"order_product_id": line.id, "quantity": 1}],
        tracking_number="9400100000000000000000",
        shipping_provider="usps",
    )

    assert (order.external_source, line.name, line.quantity) == ("Amazon", "Moka", 2)
    assert order.shipments()[0].tracking_number == shipment.tracking_number
    assert store.Orders.get(made.id).status == "Partially Shipped"
    assert order.update(status_id=10).status == "Completed"


def test_every_order_comes_on_some_page(clients: StoreClients) -> None:
    store = clients.official()
    made = {store.Orders.create(**custom_line_order(f"222-{number}")).id for number in range(3)}

    read = [order.id for order in store.Orders.iterall()]

    assert made <= set(read)
    assert len(read) == len(set(read)) == store.Orders.count()


def test_an_order_is_archived(clients: StoreClients) -> None:
    store = clients.official()
    order = store.Orders.create(**custom_line_order("222-9"))

    order.delete()

    assert order.id not in [one.id for one in store.Orders.iterall()]
    assert store.Orders.get(order.id).is_deleted is True


def test_version_3_is_read_through_the_same_connection(clients: StoreClients) -> None:
    connection = clients.official_v3()

    page = connection.get("catalog/products", limit=5, include="variants")
    product = connection.get("catalog/products", page["data"][0]["id"])["data"]

    assert (len(page["data"]), page["meta"]["pagination"]["total"]) == (5, 64)
    assert product["sku"] == page["data"][0]["sku"]
    assert page["data"][0]["variants"]


def test_the_window_of_the_rate_limit_is_read(clients: StoreClients) -> None:
    waits: list[str] = []
    store = clients.official(
        rate_limiting_management={
            "min_requests_remaining": 10_000_000,
            "wait": False,
            "callback_function": waits.append,
            "callback_args": "asked to wait",
        }
    )

    store.Time.all()

    window = store.connection.rate_limit
    assert 0 < window["ms_until_reset"] <= window["window_size_ms"] == 30_000
    assert 0 < window["requests_remaining"] < window["requests_quota"]
    assert waits == ["asked to wait"]


def test_refusals_become_its_exceptions(clients: StoreClients, sandbox: RunningSandbox) -> None:
    store = clients.official()
    with pytest.raises(ClientRequestException) as missing:
        store.Orders.get(987654)
    with sandbox.admin() as admin:
        fault = {
            "vendor": "bigcommerce",
            "path": "/v2/time",
            "action": "status",
            "status": 429,
            "headers": {"X-Rate-Limit-Time-Reset-Ms": "1500"},
        }
        admin.post("/faults", json=fault).raise_for_status()
    with pytest.raises(RateLimitingException) as throttled:
        store.Time.all()

    assert missing.value.status_code == 404
    assert throttled.value.retry_after == "1500"
