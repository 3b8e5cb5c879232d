"""When a vendor is down, a task that reads is run again as a whole; one that writes is not."""

from __future__ import annotations

from typing import Any

import pytest
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId
from prefect.client.schemas.sorting import TaskRunSort

from affluent.domain.errors import CredentialsExpired
from affluent.orders import creation
from tasks import catalog, orders
from tests.behaviours.merchant import HERE, Merchant
from tests.flows.processes import eventually
from tests.flows.runs import latest_run

ACCOUNT = {"account": HERE["account"]}
ORDER = "701-2000003-3000003"
SAFFRON = {"sku": "FOOD-SAFFRON-LAST", "quantity": 1, "price": "28.00"}
#: As often as the connectors' own transport tries.
ONE_STEP = 6
RECORDED_WITHIN_SECONDS = 60


@pytest.fixture(autouse=True)
def _without_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    for task in (catalog.read_catalog, orders.read_orders):
        monkeypatch.setattr(task, "retry_delay_seconds", [0.1] * task.retries)
        monkeypatch.setattr(task, "retry_jitter_factor", None)


def test_the_store_comes_back(prefect: SyncPrefectClient, merchant: Merchant) -> None:
    merchant.admin.add_faults([_outage("bigcommerce", ONE_STEP)])

    report = merchant.run("extract_catalog")

    assert report.read > 50
    assert _tries(prefect, "read_catalog") == 2


def test_amazon_comes_back(prefect: SyncPrefectClient, merchant: Merchant) -> None:
    merchant.buy(ORDER, SAFFRON, createdTime="2026-11-20T10:00:00Z")
    merchant.admin.add_faults([_outage("amazon", ONE_STEP, path="/orders/")])

    report = merchant.run("import_orders", **ACCOUNT)

    assert report.sent == 1
    assert _tries(prefect, "read_orders") == 2
    assert len(merchant.orders_in_store(ORDER)) == 1


def test_refused_credentials_are_not_tried_again(
    prefect: SyncPrefectClient, merchant: Merchant
) -> None:
    merchant.admin.add_faults([{**_outage("bigcommerce", 1), "status": 401}])

    with pytest.raises(CredentialsExpired):
        merchant.run("extract_catalog")

    assert _tries(prefect, "read_catalog") == 1


def test_an_order_is_not_written_again_by_the_same_run(
    prefect: SyncPrefectClient, merchant: Merchant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(creation, "INDEX_SECONDS", 1.0)
    monkeypatch.setattr(creation, "LEASE_SECONDS", 0.0)
    merchant.buy(ORDER, SAFFRON, createdTime="2026-11-20T10:00:00Z")
    merchant.admin.add_faults([{**_outage("bigcommerce", 1, path="/v2/orders$"), "method": "POST"}])

    assert merchant.run("import_orders", **ACCOUNT).waiting == 1
    assert _tries(prefect, "create_orders") == 1
    assert merchant.orders_in_store(ORDER) == []

    merchant.run("import_orders", **ACCOUNT)
    assert len(merchant.orders_in_store(ORDER)) == 1


def _outage(vendor: str, times: int, path: str = "") -> dict[str, Any]:
    return {"vendor": vendor, "path": path, "action": "status", "status": 503, "times": times}


def _tries(prefect: SyncPrefectClient, task: str) -> int:
    """How often the latest flow run ran a task."""
    run = FlowRunFilter(id=FlowRunFilterId(any_=[latest_run(prefect).id]))

    def counted() -> int:
        found = prefect.read_task_runs(
            flow_run_filter=run, sort=TaskRunSort.END_TIME_DESC, limit=200, offset=0
        )
        ended = [one for one in found if one.name.startswith(f"{task}-") and one.end_time]
        return ended[0].run_count if ended else 0

    return eventually(counted, RECORDED_WITHIN_SECONDS, f"The record of {task}")
