"""A dry run shows everything and sends nothing; the next run still has all of it to do."""

from __future__ import annotations

from typing import Any

import pytest
from prefect.client.orchestration import SyncPrefectClient

from affluent.domain.report import RunReport
from tests.behaviours.merchant import HERE, Merchant
from tests.flows.runs import artifacts, latest_run, writes

ACCOUNT = {"account": HERE["account"]}
LINKED = "OLD-MOKA-3"
ORDER = "701-2000002-3000002"
SAFFRON: dict[str, Any] = {"sku": "FOOD-SAFFRON-LAST", "quantity": 1, "price": "28.00"}


def test_publish_listings(prefect: SyncPrefectClient, merchant: Merchant) -> None:
    merchant.run("extract_catalog")

    report = _dry(merchant, "publish_listings", **HERE)

    assert report.planned > 50
    assert report.held
    _check_artifacts(prefect, "publish-listings", {"plan", "held", "report"})


def test_sync_offers(prefect: SyncPrefectClient, merchant: Merchant) -> None:
    merchant.run("extract_catalog")
    merchant.run("link_inventory", **HERE)

    report = _dry(merchant, "sync_offers", **HERE)

    assert report.planned > 0
    _check_artifacts(prefect, "sync-offers", {"plan", "held", "report"})


def test_link_inventory(prefect: SyncPrefectClient, merchant: Merchant) -> None:
    merchant.run("extract_catalog")

    report = _dry(merchant, "link_inventory", **HERE)

    assert report.planned > 0
    _check_artifacts(prefect, "link-inventory", {"unlinked", "report"})
    assert merchant.run("link_inventory", **HERE).planned == report.planned


def test_import_orders(prefect: SyncPrefectClient, merchant: Merchant) -> None:
    _buy(merchant)

    report = _dry(merchant, "import_orders", **ACCOUNT)

    assert report.planned == 1
    _check_artifacts(prefect, "import-orders", {"plan", "held", "report"})
    assert merchant.orders_in_store(ORDER) == []
    assert merchant.run("import_orders", **ACCOUNT).sent == 1


def test_confirm_shipments(prefect: SyncPrefectClient, merchant: Merchant) -> None:
    _buy(merchant)
    merchant.run("import_orders", **ACCOUNT)
    [order] = merchant.orders_in_store(ORDER)
    merchant.admin.ship(order["id"], {"tracking_number": "1Z5", "shipping_provider": "ups"})

    report = _dry(merchant, "confirm_shipments", **ACCOUNT)

    assert report.planned == 1
    _check_artifacts(prefect, "confirm-shipments", {"plan", "held", "report"})
    assert merchant.run("confirm_shipments", **ACCOUNT).sent == 1


def test_end_listings(prefect: SyncPrefectClient, merchant: Merchant) -> None:
    merchant.run("extract_catalog")
    merchant.run("link_inventory", **HERE)

    report = _dry(merchant, "end_listings", **HERE, skus=[LINKED])

    assert report.planned == 1
    _check_artifacts(prefect, "end-listings", {"plan", "held", "report"})
    assert merchant.listing(LINKED)["status"] == "linked"
    assert merchant.run("end_listings", **HERE, skus=[LINKED]).sent == 1


def test_rush_offers(prefect: SyncPrefectClient, merchant: Merchant) -> None:
    merchant.run("extract_catalog")
    merchant.run("link_inventory", **HERE)
    merchant.change_variant(LINKED, inventory_level=0)
    merchant.run("extract_catalog")

    report = _dry(merchant, "rush_offers", **HERE)

    assert report.planned == 1
    _check_artifacts(prefect, "rush-offers", {"plan", "held", "report"})
    assert merchant.run("rush_offers", **HERE).sent == 1


def test_retry_orders(prefect: SyncPrefectClient, merchant: Merchant) -> None:
    merchant.change_variant(SAFFRON["sku"], inventory_level=0)
    _buy(merchant)
    merchant.run("import_orders", **ACCOUNT)
    merchant.change_variant(SAFFRON["sku"], inventory_level=5)

    report = _dry(merchant, "retry_orders", **ACCOUNT)

    assert report.planned == 1
    _check_artifacts(prefect, "retry-orders", {"plan", "held", "report"})
    assert merchant.orders_in_store(ORDER) == []
    assert merchant.run("retry_orders", **ACCOUNT).sent == 1


def test_follow_cancellations(prefect: SyncPrefectClient, merchant: Merchant) -> None:
    _buy(merchant)
    merchant.run("import_orders", **ACCOUNT)
    merchant.admin.change_order(ORDER, status="CANCELLED", cancelledBy="BUYER")
    merchant.await_orders()
    merchant.run("import_orders", **ACCOUNT)
    [before] = merchant.orders_in_store(ORDER)

    report = _dry(merchant, "follow_cancellations", **ACCOUNT)

    assert report.planned == 1
    _check_artifacts(prefect, "follow-cancellations", {"plan", "held", "report"})
    assert merchant.orders_in_store(ORDER) == [before]
    assert merchant.run("follow_cancellations", **ACCOUNT).sent == 1


def test_recheck_restrictions_only_asks(prefect: SyncPrefectClient, merchant: Merchant) -> None:
    merchant.run("extract_catalog")
    _dry(merchant, "publish_listings", **HERE)

    report = merchant.run("recheck_restrictions", **HERE, everything=True)

    assert report.read > 0
    assert writes(merchant) == []
    _check_artifacts(prefect, "recheck-restrictions", {"refused", "report"})


@pytest.mark.parametrize(
    ("flow", "parameters", "kept"),
    [
        ("extract_catalog", {}, {"held", "quality", "report"}),
        ("reconcile_inventory", HERE, {"causes", "differences", "report"}),
        ("check_schemas", HERE, {"changed", "broken", "report"}),
    ],
)
def test_flows_that_only_read_send_nothing_ever(
    prefect: SyncPrefectClient,
    merchant: Merchant,
    flow: str,
    parameters: dict[str, str],
    kept: set[str],
) -> None:
    merchant.run("extract_catalog")
    merchant.run("link_inventory", **HERE)

    report = merchant.run(flow, **parameters)

    assert report.read > 0
    assert writes(merchant) == []
    _check_artifacts(prefect, flow.replace("_", "-"), kept)


def _dry(merchant: Merchant, flow: str, **parameters: Any) -> RunReport:
    before = writes(merchant)
    report = merchant.run(flow, dry_run=True, **parameters)
    assert writes(merchant) == before
    assert report.sent == report.effective == report.refused == 0
    return report


def _buy(merchant: Merchant) -> None:
    merchant.buy(ORDER, SAFFRON, createdTime="2026-11-20T10:00:00Z")


def _check_artifacts(prefect: SyncPrefectClient, flow: str, kept: set[str]) -> None:
    run = latest_run(prefect)
    assert run.flow_id == prefect.read_flow_by_name(flow).id
    assert set(artifacts(prefect, run.id)) >= {f"{flow}-{name}" for name in kept}
