"""An order that the store's index shows later than others."""

from __future__ import annotations

from starlette.testclient import TestClient

from sandbox.fault_injection import FaultInjection
from sandbox.faults import FaultPlan
from tests.sandbox.bigcommerce_store import ADDRESS, SmallStore, custom_line

FOUND_BY_ID = "/v2/orders?external_order_id=111"


def test_an_order_marked_so_is_found_by_its_external_id_later_than_others() -> None:
    store = SmallStore()
    plan = FaultPlan(seed=1)
    plan.add(
        {"vendor": "bigcommerce", "path": "/v2/orders$", "action": "mark", "mark": "late_index"}
    )
    faulty = TestClient(
        FaultInjection(store.app, "bigcommerce", plan),
        base_url=str(store.client.base_url),
        headers=store.client.headers,
    )
    body = {"billing_address": ADDRESS, "products": [custom_line()], "external_order_id": "111"}
    order = faulty.post("/v2/orders", json=body).json()

    store.clock.pass_by(store.state.index_lag_seconds)
    assert store.client.get(FOUND_BY_ID).status_code == 204
    store.clock.pass_by(store.state.late_index_lag_seconds)
    [found] = store.client.get(FOUND_BY_ID).json()
    assert found["id"] == order["id"]
