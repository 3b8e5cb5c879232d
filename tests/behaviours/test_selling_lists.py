"""Selling lists: where each sells, that this is locked, and that accounts do not meet."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from affluent.domain.report import RunReport
from connectors.sandbox_admin import SandboxAdmin
from tests.behaviours.merchant import HERE, Json, Merchant, selling_list
from tests.sandbox.running import running_sandbox

SPEED = 60.0
SECOND = {"account": "second", "marketplace": "US"}
FIRST_SKU, SECOND_SKU, OTHER_SKU = "OFF-CANDLE", "OFF-SOAP", "OFF-NOTEBOOK"


@pytest.fixture(scope="module")
def second(merchant: Merchant) -> Iterator[SandboxAdmin]:
    """Another seller's Amazon, for the same store, as a second account of the settings."""
    with (
        running_sandbox("--speed", str(SPEED)) as other,
        SandboxAdmin(other.ready["admin"]) as admin,
        pytest.MonkeyPatch.context() as environment,
    ):
        granted = other.ready["credentials"]["amazon"]
        names = ("client_id", "client_secret", "refresh_token")
        for name in names:
            environment.setenv(f"SECOND_{name.upper()}", granted[name])
        account = {
            "name": "second",
            "seller_id": granted["seller_id"],
            "endpoint": other.ready["amazon"],
            "lwa_endpoint": other.ready["lwa"],
            **{name: {"env": f"SECOND_{name.upper()}"} for name in names},
            "marketplaces": ["US", "CA"],
            "clock_speed": SPEED,
        }
        merchant.write(
            accounts=[*merchant.account(marketplaces=["US", "CA"]), account],
            selling_lists=[
                selling_list("First's", skus=[FIRST_SKU]),
                selling_list("First's other", skus=[OTHER_SKU]),
                selling_list("Second's", skus=[SECOND_SKU], **SECOND),
                selling_list("Second's in Canada", skus=[FIRST_SKU], account="second")
                | {"marketplace": "CA"},
            ],
        )
        merchant.run("extract_catalog")
        merchant.run("publish_listings", **HERE)
        merchant.run("publish_listings", **SECOND)
        yield admin


def price_on(admin: SandboxAdmin, sku: str) -> Decimal | None:
    """What a seller's listing costs on his Amazon, or None where he has none."""
    found = [one for one in admin.amazon_listings() if one["sku"] == sku]
    return Decimal(found[0]["price"]) if found else None


@pytest.mark.behaviour("S39")
def test_each_account_publishes_its_own_list(merchant: Merchant, second: SandboxAdmin) -> None:
    assert price_on(merchant.admin, FIRST_SKU) is not None
    assert price_on(second, SECOND_SKU) is not None

    assert price_on(merchant.admin, SECOND_SKU) is None
    assert price_on(second, FIRST_SKU) is None
    listed = {sku: merchant.listing(sku)["account"] for sku in (FIRST_SKU, SECOND_SKU)}
    assert listed == {FIRST_SKU: "demo", SECOND_SKU: "second"}


@pytest.mark.behaviour("S39")
def test_each_account_is_synced_apart(merchant: Merchant, second: SandboxAdmin) -> None:
    merchant.change_variant(FIRST_SKU, price="91.50")
    merchant.change_variant(SECOND_SKU, price="92.50")
    merchant.run("extract_catalog")
    unlimited: Json = merchant.read()["offer_profiles"]["default"] | {"largest_move": "99"}
    with merchant.settings(offer_profiles={"default": unlimited}):
        merchant.run("sync_offers", **SECOND)
        early = price_on(merchant.admin, FIRST_SKU)
        assert price_on(second, SECOND_SKU) == Decimal("92.50")
        merchant.run("sync_offers", **HERE)

    assert early != Decimal("91.50")
    assert price_on(merchant.admin, FIRST_SKU) == Decimal("91.50")
    assert price_on(second, FIRST_SKU) is None


@pytest.mark.behaviour("S47")
@pytest.mark.usefixtures("second")
def test_every_list_shows_its_account_and_marketplace(merchant: Merchant) -> None:
    told = merchant.ask("lists")
    lists = json.loads(merchant.ask("lists", "--json"))

    assert [(one["name"], one["account"], one["state"]) for one in lists] == [
        ("First's", "demo", "used"),
        ("First's other", "demo", "used"),
        ("Second's", "second", "used"),
        ("Second's in Canada", "second", "new"),
    ]
    rows = [line for line in told.splitlines() if "Second's" in line]
    assert [("US" in row, "CA" in row) for row in rows] == [(True, False), (False, True)]


def moved(merchant: Merchant, flow: str) -> RunReport:
    """A run while the settings put the first list to Canada."""
    lists = merchant.read()["selling_lists"]
    with merchant.settings(selling_lists=[lists[0] | {"marketplace": "CA"}, *lists[1:]]):
        assert "selling_lists.0.marketplace" in merchant.ask("check", code=2)
        return merchant.run(flow, **HERE)


@pytest.mark.behaviour("S46")
@pytest.mark.parametrize("flow", ["publish_listings", "sync_offers"])
def test_a_used_list_is_not_moved_and_the_others_go_on(
    merchant: Merchant, second: SandboxAdmin, flow: str
) -> None:
    assert second is not None
    for sku in (FIRST_SKU, OTHER_SKU):
        level = merchant.variant(sku)["inventory_level"]
        merchant.change_variant(sku, inventory_level=level - 1)
    merchant.run("extract_catalog")

    report = moved(merchant, flow)

    assert any("First's was used for account demo in US" in note for note in report.notes)
    assert any("make another list" in note for note in report.notes)
    if flow == "sync_offers":
        for sku in (FIRST_SKU, OTHER_SKU):
            listing = merchant.on_amazon(sku)
            assert listing is not None
            assert listing["quantity"] == merchant.variant(sku)["inventory_level"]


@pytest.mark.behaviour("S46")
def test_a_list_that_was_never_used_may_still_be_moved(
    merchant: Merchant, second: SandboxAdmin, tmp_path: Path
) -> None:
    assert second is not None
    lists = merchant.read()["selling_lists"]
    with merchant.settings(selling_lists=[*lists[:3], lists[3] | {"account": "demo"}]):
        merchant.ask("check")
        preview = tmp_path / "preview.csv"
        merchant.ask("lists", "preview", "Second's in Canada", "--csv", str(preview))

    assert f"Second's in Canada,{FIRST_SKU}," in preview.read_text("utf-8-sig")
