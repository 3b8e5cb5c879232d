"""`affluent plan`: what a flow would do, and how long Amazon would take for it."""

from __future__ import annotations

import json
from typing import Any

from prefect.client.orchestration import SyncPrefectClient

from tests.behaviours.merchant import HERE, Merchant
from tests.flows.runs import writes

CHOSEN = [part for name, value in HERE.items() for part in ("--set", f"{name}={value}")]


def planned(merchant: Merchant, flow: str) -> dict[str, Any]:
    """The one plan that the command shows."""
    [plan] = json.loads(merchant.ask("plan", flow, *CHOSEN, "--json"))["plans"]
    return dict(plan)


def test_a_plan_says_what_would_be_sent_how_long_it_takes_and_sends_nothing(
    prefect: SyncPrefectClient, merchant: Merchant
) -> None:
    merchant.run("extract_catalog")
    merchant.run("link_inventory", **HERE)
    before = len(writes(merchant))

    plan = planned(merchant, "sync_offers")

    assert len(writes(merchant)) == before
    keys = {change["key"] for change in plan["changes"]}
    [forecast] = plan["forecasts"]
    assert forecast["path"] == "single"
    assert forecast["singly"]["calls"]["patchListingsItem"] == len(keys) == forecast["changes"]
    assert forecast["as_feed"]["calls"]["createFeed"] == 1
    assert 0 < forecast["singly"]["seconds"] < forecast["as_feed"]["seconds"]
    assert plan["plan_hash"] == merchant.run("sync_offers", **HERE).plan_hash


def test_a_plan_of_listings_says_what_is_held_and_why(
    prefect: SyncPrefectClient, merchant: Merchant
) -> None:
    merchant.run("extract_catalog")

    plan = planned(merchant, "publish_listings")

    assert plan["changes"]
    assert all(held["reasons"] and held["messages"] for held in plan["held"])
    assert {change["lane"] for change in plan["changes"]} == {"bulk"}
    for_a_person = merchant.ask("plan", "publish_listings", *CHOSEN)
    assert plan["plan_hash"] in for_a_person
    assert "putListingsItem" in for_a_person
