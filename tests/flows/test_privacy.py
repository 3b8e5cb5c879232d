"""Nothing that Prefect keeps of a run, and nothing that a run prints, holds buyers or secrets."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

import pytest
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.objects import FlowRun
from prefect.client.schemas.sorting import FlowRunSort

from affluent.domain.errors import CredentialsExpired
from tests.behaviours.merchant import HERE, Merchant
from tests.flows.runs import everything_kept, latest_run

ACCOUNT = {"account": HERE["account"]}
BUYER: Final = {"name": "Ottilie Zwingenberger", "email": "ottilie.zwingenberger@mail.example"}
RECIPIENT: Final = {
    "deliveryAddress": {
        "name": "Hieronymus Quackenbush",
        "addressLine1": "4711 Gooseberry Crescent",
        "addressLine2": "Apartment 93-Q",
        "city": "Walla Walla",
        "stateOrRegion": "WA",
        "postalCode": "99362-1234",
        "countryCode": "US",
        "phone": "509-555-0177",
    }
}
SAFFRON: Final = {"sku": "FOOD-SAFFRON-LAST", "quantity": 1, "price": "28.00"}
TOO_MANY: Final = {"sku": "FOOD-SAFFRON-LAST", "quantity": 900, "price": "28.00"}
STRANGER: Final = {"sku": "NOT-IN-THE-STORE", "quantity": 1, "price": "9.90", "title": "A stranger"}
#: Said of every buyer, and so nobody's own.
NOBODYS: Final = {"WA", "US"}


@pytest.mark.behaviour("N20")
def test_a_days_runs(
    prefect: SyncPrefectClient, merchant: Merchant, capfd: pytest.CaptureFixture[str]
) -> None:
    _buy_everything(merchant)

    merchant.run("extract_catalog")
    merchant.run("link_inventory", **HERE)
    merchant.run("sync_offers", **HERE)
    merchant.run("import_orders", **ACCOUNT)
    merchant.admin.ship(
        _order_in_store(merchant)["id"], {"tracking_number": "1Z", "shipping_provider": "ups"}
    )
    merchant.run("confirm_shipments", **ACCOUNT)
    merchant.run("reconcile_inventory", **HERE)

    kept = [everything_kept(prefect, run) for run in _runs(prefect, 6)]
    assert any("import_orders: {'read': 3" in text for text in kept)
    report = merchant.ask("report", "--json")
    [imported] = [run for run in _day_runs(report) if run["flow"] == "import_orders"]
    assert (imported["account"], imported["read"], imported["runs"]) == ("demo", 3, 1)
    _check([*kept, report, *capfd.readouterr()], merchant)


def test_a_store_that_repeats_the_buyer_in_its_refusal(
    prefect: SyncPrefectClient, merchant: Merchant, capfd: pytest.CaptureFixture[str]
) -> None:
    _buy(merchant, 1, SAFFRON)
    refusal = [{"status": 400, "message": f"The field 'email' is invalid: {BUYER['email']}"}]
    merchant.admin.add_faults([_refuse_orders(body=refusal)])

    merchant.run("import_orders", **ACCOUNT)

    kept = everything_kept(prefect, latest_run(prefect))
    assert "Error during export order #701-2000011-3000011" in kept
    _check([kept, *capfd.readouterr()], merchant)


def test_a_run_that_fails(
    prefect: SyncPrefectClient, merchant: Merchant, capfd: pytest.CaptureFixture[str]
) -> None:
    _buy(merchant, 1, SAFFRON)
    merchant.admin.add_faults([_refuse_orders(status=401)])

    with pytest.raises(CredentialsExpired):
        merchant.run("import_orders", **ACCOUNT)

    run = latest_run(prefect)
    assert run.state_name == "Failed"
    _check([everything_kept(prefect, run), *capfd.readouterr()], merchant)


def _buy_everything(merchant: Merchant) -> None:
    for number, item in enumerate((SAFFRON, TOO_MANY, STRANGER), start=1):
        _buy(merchant, number, item)


def _buy(merchant: Merchant, number: int, item: Mapping[str, object]) -> None:
    merchant.buy(
        f"701-200001{number}-300001{number}",
        dict(item),
        createdTime="2026-11-20T10:00:00Z",
        buyer={"buyerName": BUYER["name"], "buyerEmail": BUYER["email"]},
        recipient=RECIPIENT["deliveryAddress"],
    )


def _day_runs(report: str) -> list[dict[str, Any]]:
    """The runs of a day's report, which may be followed by what was said beside it."""
    document, _ = json.JSONDecoder().raw_decode(report)
    runs: list[dict[str, Any]] = document["report"]["runs"]
    return runs


def _order_in_store(merchant: Merchant) -> dict[str, Any]:
    [order] = merchant.orders_in_store("701-2000011-3000011")
    return order


def _refuse_orders(**answer: Any) -> dict[str, Any]:
    fault = {"vendor": "bigcommerce", "method": "POST", "path": "/v2/orders$", "action": "status"}
    return {**fault, "status": 400, **answer}


def _runs(prefect: SyncPrefectClient, count: int) -> list[FlowRun]:
    return prefect.read_flow_runs(limit=count, sort=FlowRunSort.START_TIME_DESC, offset=0)


def _check(texts: list[str], merchant: Merchant) -> None:
    found = {word for text in texts for word in _private(merchant) if word in text}
    assert not found


def _private(merchant: Merchant) -> Iterator[str]:
    yield from BUYER.values()
    yield from (word for word in RECIPIENT["deliveryAddress"].values() if word not in NOBODYS)
    credentials = merchant.sandbox.ready["credentials"]
    for key in ("client_id", "client_secret", "refresh_token"):
        yield credentials["amazon"][key]
    yield credentials["bigcommerce"]["access_token"]
