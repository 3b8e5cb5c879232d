"""The sandbox as a process: what it prints and how both vendors answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest

from tests.sandbox.running import RunningSandbox, running_sandbox

MARKETPLACE = {"marketplaceIds": "ATVPDKIKX0DER"}


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("recorded") / "exchanges.ndjson"


@pytest.fixture(scope="module")
def started(recorded: Path) -> Iterator[RunningSandbox]:
    with running_sandbox("--orders", "8", "--record", str(recorded)) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(started: RunningSandbox) -> RunningSandbox:
    """The module's sandbox, put back to its start."""
    with started.admin() as admin:
        admin.post("/reset").raise_for_status()
    return started


def test_the_ready_line_says_where_and_as_whom(sandbox: RunningSandbox) -> None:
    ready = sandbox.ready

    assert list(ready) == ["amazon", "lwa", "bigcommerce", "admin", "credentials"]
    assert ready["lwa"] == ready["amazon"] + "/auth/o2/token"
    assert set(ready["credentials"]["amazon"]) == {
        "seller_id",
        "client_id",
        "client_secret",
        "refresh_token",
        "marketplace_ids",
    }
    assert set(ready["credentials"]["bigcommerce"]) == {"store_hash", "access_token"}


def test_both_vendors_take_the_credentials_and_no_others(sandbox: RunningSandbox) -> None:
    with sandbox.amazon() as amazon, sandbox.bigcommerce() as store:
        participations = amazon.get("/sellers/v1/marketplaceParticipations")
        unknown_seller = amazon.get(
            "/sellers/v1/marketplaceParticipations", headers={"x-amz-access-token": "Atza|other"}
        )
        products = store.get("/v3/catalog/products")
        unknown_store = store.get("/v3/catalog/products", headers={"X-Auth-Token": "other"})

    [participation] = participations.json()["payload"]
    assert participation["marketplace"]["id"] == "ATVPDKIKX0DER"
    assert len(products.json()["data"]) == 50
    assert unknown_seller.status_code == 403
    assert unknown_store.status_code in (401, 403)


def test_the_summary_counts_the_seeded_start(sandbox: RunningSandbox) -> None:
    with sandbox.admin() as admin:
        summary = admin.get("/summary").json()
        listings = admin.get("/amazon/listings").json()

    assert summary["amazon"] == {"listings": 7, "orders": 8}
    assert summary["bigcommerce"] == {"products": 64, "variants": 84, "orders": 0}
    assert {"AMZ-DRIPPER-01", "OLD-PRESS"} <= {listing["sku"] for listing in listings}


def test_a_day_passes_at_once(sandbox: RunningSandbox) -> None:
    with sandbox.admin() as admin:
        before = datetime.fromisoformat(admin.get("/summary").json()["time"])
        admin.post("/time", json={"seconds": 86400}).raise_for_status()
        after = datetime.fromisoformat(admin.get("/summary").json()["time"])
        refused = [admin.post("/time", json={"seconds": wrong}) for wrong in (0, -1, "soon")]

    assert after - before >= timedelta(days=1)
    assert [one.status_code for one in refused] == [400, 400, 400]
    assert "seconds" in refused[0].json()["error"]


def test_an_order_placed_on_the_admin_port_is_found_by_its_id(sandbox: RunningSandbox) -> None:
    body = {
        "orderId": "123-0000444-0000444",
        "items": [
            {"sku": "OLD-MOKA-3", "quantity": 2, "price": "34.50"},
            {"sku": "NEVER-LISTED", "quantity": 1, "price": 5, "title": "A stranger"},
        ],
    }
    with sandbox.admin() as admin, sandbox.amazon() as amazon:
        placed = admin.post("/amazon/orders", json=body)
        found = amazon.get("/orders/2026-01-01/orders/123-0000444-0000444")
        orders = admin.get("/amazon/orders").json()

    assert placed.status_code == 201
    order = found.json()["order"]
    assert [item["product"]["sellerSku"] for item in order["orderItems"]] == [
        "OLD-MOKA-3",
        "NEVER-LISTED",
    ]
    assert len(orders) == 9


def test_the_merchant_changes_stock_and_price_on_the_admin_port(sandbox: RunningSandbox) -> None:
    with sandbox.admin() as admin, sandbox.bigcommerce() as store:
        [tin] = store.get("/v3/catalog/variants", params={"sku": "FOOD-SAFFRON-LAST"}).json()[
            "data"
        ]
        changed = admin.patch(
            f"/bigcommerce/variants/{tin['id']}", json={"inventory_level": 9, "price": "31.25"}
        )
        [after] = store.get("/v3/catalog/variants", params={"sku": tin["sku"]}).json()["data"]

    assert changed.status_code == 200
    assert (tin["inventory_level"], tin["calculated_price"]) == (1, 28)
    assert (after["inventory_level"], after["calculated_price"]) == (9, 31.25)


def test_the_merchant_ships_an_order_on_the_admin_port(sandbox: RunningSandbox) -> None:
    with sandbox.admin() as admin, sandbox.bigcommerce() as store:
        [item] = store.get("/v3/catalog/variants", params={"sku": "KIT-LADLE"}).json()["data"]
        line = {"product_id": item["product_id"], "variant_id": item["id"], "quantity": 2}
        address = {
            "first_name": "Ada",
            "last_name": "Miller",
            "street_1": "1 Main Street",
            "city": "Austin",
            "state": "Texas",
            "zip": "78701",
            "country_iso2": "US",
        }
        created = store.post(
            "/v2/orders",
            json={"billing_address": address, "products": [line], "status_id": 11},
        ).json()
        shipment = {"tracking_number": "1Z999", "shipping_provider": "ups"}
        shipped = admin.post(f"/bigcommerce/orders/{created['id']}/shipments", json=shipment)
        [found] = store.get(f"/v2/orders/{created['id']}/shipments").json()
        [order] = admin.get("/bigcommerce/orders").json()

    assert shipped.status_code == 201
    assert found["tracking_number"] == "1Z999"
    assert [item["quantity"] for item in found["items"]] == [2]
    assert order["id"] == created["id"]


def test_requests_are_logged_by_operation(sandbox: RunningSandbox) -> None:
    with sandbox.admin() as admin, sandbox.bigcommerce() as store:
        store.get("/v3/catalog/products", params={"limit": 1})
        rows = admin.get("/requests").json()

    assert [(row["vendor"], row["operation"], row["status"]) for row in rows] == [
        ("bigcommerce", "getProducts", 200)
    ]
    assert rows[0]["started_at"] <= rows[0]["ended_at"]


def test_a_fault_strikes_once_and_is_listed_and_cleared(sandbox: RunningSandbox) -> None:
    fault = {"vendor": "bigcommerce", "path": "/catalog/products", "action": "status"}
    with sandbox.admin() as admin, sandbox.bigcommerce() as store:
        assert admin.post("/faults", json={**fault, "status": 500}).status_code == 201
        statuses = [store.get("/v3/catalog/products").status_code for _ in range(2)]
        [row] = admin.get("/faults").json()
        admin.delete("/faults")
        rows = admin.get("/faults").json()

    assert statuses == [500, 200]
    assert (row["met"], row["struck"], rows) == (2, 1, [])


def test_a_reset_forgets_what_was_done(sandbox: RunningSandbox) -> None:
    with sandbox.admin() as admin:
        start = admin.get("/summary").json()
        admin.post("/amazon/orders", json={"items": [{"sku": "OLD-MOKA-3", "quantity": 1}]})
        admin.post("/faults", json={"vendor": "amazon", "path": ".", "action": "drop"})
        changed = admin.get("/summary").json()
        admin.post("/reset")
        again = admin.get("/summary").json()

    assert (changed["amazon"]["orders"], changed["faults"]) == (9, 1)
    assert {**again, "time": ""} == {**start, "time": ""}


@pytest.mark.parametrize(
    ("method", "path", "content", "status", "said"),
    [
        ("POST", "/amazon/orders", b"{", 400, "not JSON"),
        ("POST", "/amazon/orders", b"\xff\xfe", 400, "not JSON"),
        ("POST", "/amazon/orders", b"[]", 400, "the body"),
        ("POST", "/amazon/orders", b'{"items": []}', 400, "items"),
        ("POST", "/amazon/orders", b'{"items": [{"sku": "A", "quantity": 0}]}', 400, "quantity"),
        ("POST", "/amazon/orders", b'{"items": [{"sku": "A", "quantity": 1}], "x": 1}', 400, "x"),
        ("PATCH", "/bigcommerce/variants/1001", b'{"inventory_level": -1}', 400, "inventory"),
        ("PATCH", "/bigcommerce/variants/1001", b'{"price": "free"}', 400, "price"),
        ("PATCH", "/bigcommerce/variants/99999", b'{"inventory_level": 1}', 404, ""),
        ("PATCH", "/bigcommerce/variants/abc", b"{}", 404, "Not Found"),
        ("POST", "/bigcommerce/orders/99999/shipments", b"{}", 404, ""),
        ("POST", "/bigcommerce/orders/99999/shipments", b"[]", 400, ""),
        ("POST", "/faults", b'{"vendor": "amazon"}', 400, "path"),
        ("GET", "/nowhere", b"", 404, "Not Found"),
        ("DELETE", "/summary", b"", 405, "Method Not Allowed"),
    ],
)
def test_bad_input_gets_a_clear_refusal(
    sandbox: RunningSandbox, method: str, path: str, content: bytes, status: int, said: str
) -> None:
    with sandbox.admin() as admin:
        answer = admin.request(method, path, content=content)

    assert answer.status_code == status
    assert said in answer.json()["error"]


def test_whole_exchanges_are_recorded(sandbox: RunningSandbox, recorded: Path) -> None:
    with sandbox.amazon() as amazon:
        amazon.get("/catalog/2022-04-01/items", params={**MARKETPLACE, "keywords": "moka"})

    rows = [json.loads(line) for line in recorded.read_text(encoding="utf-8").splitlines()]
    # An earlier test's exchange may be written only now.
    latest = {row["path"]: row for row in rows}
    search = latest["/catalog/2022-04-01/items"]
    assert "/auth/o2/token" in latest
    assert search["request_headers"]["x-amz-access-token"] == "REDACTED"
    assert {"OLD-MOKA-3", "Atza"}.isdisjoint(search["request_headers"].values())
    assert search["response_body"]["items"]
    assert sandbox.ready["credentials"]["amazon"]["client_secret"] not in recorded.read_text()


def test_faults_from_a_file_strike_and_come_back_with_a_reset(tmp_path: Path) -> None:
    faults = tmp_path / "faults.json"
    faults.write_text('[{"vendor": "bigcommerce", "path": "/summary$", "action": "drop"}]')
    with running_sandbox("--faults", str(faults)) as sandbox, sandbox.bigcommerce() as store:
        for _ in range(2):
            with pytest.raises(httpx.RemoteProtocolError):
                store.get("/v3/catalog/summary")
            assert store.get("/v3/catalog/summary").status_code == 200
            httpx.post(sandbox.ready["admin"] + "/reset").raise_for_status()
