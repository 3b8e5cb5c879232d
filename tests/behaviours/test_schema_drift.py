"""Amazon announces and changes a schema: what will break is named before it breaks."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.behaviours.merchant import HERE, Merchant, selling_list

SKILLET, MUG = "KIT-SKILLET-10", "KIT-MUG-BLUE"
#: What KITCHEN comes to ask for: a name of at most eleven characters.
SHORT_NAMES = {"properties": {"item_name": {"items": {"properties": {"value": {"maxLength": 11}}}}}}
TOO_LONG = "item_name: The provided value for 'item_name' is invalid:"


@pytest.fixture(scope="module")
def selling(merchant: Merchant) -> Merchant:
    """One listing that the merchant created, and one that is offered on a page of others."""
    profiles = {0: "kitchen"}
    merchant.write(
        selling_lists=[selling_list("Kitchen", skus=[SKILLET, MUG], creation_profiles=profiles)]
    )
    merchant.run("extract_catalog")
    assert merchant.run("publish_listings", **HERE).effective == 2
    return merchant


def schemas(merchant: Merchant) -> Any:
    return json.loads(merchant.ask("schemas", "--json"))


def drift_of_kitchen(merchant: Merchant) -> Any:
    [found] = [one["drift"] for one in schemas(merchant)["drifts"]]
    assert found["product_type"] == "KITCHEN"
    return found


def test_without_a_change_nothing_is_named(selling: Merchant) -> None:
    report = selling.run("check_schemas", **HERE)

    assert report.read >= 2
    assert (report.planned, report.waiting, report.notes) == (0, 0, ())
    assert {one["product_type"] for one in schemas(selling)["schemas"]} >= {"KITCHEN"}
    assert schemas(selling)["drifts"] == []


@pytest.mark.behaviour("N11")
def test_the_listings_and_profiles_that_an_announced_schema_breaks_are_named(
    selling: Merchant,
) -> None:
    selling.admin.change_schema("KITCHEN", SHORT_NAMES, announced=True)

    report = selling.run("check_schemas", **HERE)

    found = drift_of_kitchen(selling)
    assert found["announced"]
    assert "item_name.value: maxLength is at most 11 now" in " ".join(found["changes"])
    assert found["listings"].keys() == {SKILLET}
    assert found["listings"][SKILLET][0].startswith(TOO_LONG)
    assert "kitchen" in found["profiles"]
    assert SKILLET in report.notes[0]
    assert TOO_LONG in selling.ask("schemas")
    assert selling.run("publish_listings", **HERE).planned == 0


@pytest.mark.behaviour("N11")
def test_once_in_force_it_is_told_as_such_and_the_gate_goes_by_it(selling: Merchant) -> None:
    selling.admin.change_schema("KITCHEN", {})

    selling.run("check_schemas", **HERE)

    assert not drift_of_kitchen(selling)["announced"]
    selling.change_product(SKILLET, description="Another text, and so another listing.")
    selling.run("extract_catalog")
    report = selling.run("publish_listings", **HERE)
    assert report.held == {"invalid_attributes": 1}
    assert selling.listing(SKILLET)["reasons"][0]["message"].startswith(TOO_LONG)


@pytest.mark.behaviour("N11")
def test_what_was_mended_is_not_named_any_more(selling: Merchant) -> None:
    selling.change_product(SKILLET, name="Skillet")
    selling.run("extract_catalog")
    assert selling.run("publish_listings", **HERE).effective == 1

    selling.run("check_schemas", **HERE)

    assert drift_of_kitchen(selling)["listings"] == {}
