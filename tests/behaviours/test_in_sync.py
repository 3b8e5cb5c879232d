"""What is true on Amazon is known, and why something is not in sync is answered."""

from __future__ import annotations

from typing import Any

import pytest

from affluent.domain.report import RunReport
from tests.behaviours.merchant import HERE, MARKETPLACE_ID, Json, Merchant, selling_list

SKUS = ["OLD-BOTTLE", "OLD-LUNCHBOX", "OLD-MOKA-3", "OLD-MOKA-6", "OLD-TUMBLER"]


@pytest.fixture(scope="module")
def synced(merchant: Merchant) -> RunReport:
    """Everything is linked and in step."""
    merchant.write(selling_lists=[selling_list("Old", categories=[4])], sku_mapping={})
    merchant.run("extract_catalog")
    merchant.run("link_inventory", **HERE)
    report = merchant.run("sync_offers", **HERE)
    merchant.run("reconcile_inventory", **HERE)
    return report


def obstacles(merchant: Merchant, sku: str) -> dict[str, Json]:
    """What `affluent explain sku` says stands in the way, by the word of the check-list."""
    return {one["check"]: one for one in merchant.listing(sku)["obstacles"]}


def in_seller_central(merchant: Merchant, sku: str, *patches: Json) -> None:
    """The merchant changes a listing by hand, past Affluent."""
    seller_id = merchant.read()["accounts"][0]["seller_id"]
    with merchant.sandbox.amazon() as amazon:
        answer = amazon.patch(
            f"/listings/2021-08-01/items/{seller_id}/{sku}",
            params={"marketplaceIds": MARKETPLACE_ID},
            json={"productType": "PRODUCT", "patches": list(patches)},
        )
    assert answer.json()["status"] == "ACCEPTED", answer.text


def offer(price: float) -> list[Json]:
    schedule: list[Any] = [{"schedule": [{"value_with_tax": price}]}]
    return [
        {
            "marketplace_id": MARKETPLACE_ID,
            "currency": "USD",
            "audience": "ALL",
            "our_price": schedule,
        }
    ]


@pytest.mark.behaviour("S48", "N4")
def test_every_run_tells_how_long_amazon_took_to_show_its_changes(synced: RunReport) -> None:
    assert synced.time_to_effect is not None
    assert synced.time_to_effect.writes == synced.effective > 0
    assert 0 < synced.time_to_effect.p50_seconds <= synced.time_to_effect.p95_seconds < 300


@pytest.mark.behaviour("S56")
def test_what_is_in_sync_has_nothing_in_its_way(merchant: Merchant, synced: RunReport) -> None:
    assert synced.effective
    assert {sku: obstacles(merchant, sku) for sku in SKUS} == {sku: {} for sku in SKUS}


@pytest.mark.behaviour("S56")
def test_the_check_list_names_the_switch_and_the_mode(
    merchant: Merchant, synced: RunReport
) -> None:
    assert synced.effective
    default = merchant.read()["offer_profiles"]["default"]
    with merchant.settings(
        accounts=merchant.account(sync={"quantity": True, "price": False}),
        offer_profiles={"default": default | {"quantity_mode": "custom", "quantity_value": 9}},
    ):
        found = obstacles(merchant, "OLD-MOKA-3")
        told = merchant.ask("explain", "sku", "OLD-MOKA-3")

    assert list(found) == ["switch", "mode"]
    assert "Price sync is switched off" in found["switch"]["what"]
    assert "quantity_mode: custom" in found["mode"]["what"]
    assert "sync.price: true" in told


@pytest.mark.behaviour("N4", "S56")
def test_what_amazon_accepts_and_ignores_is_sent_again_and_then_reported(
    merchant: Merchant, synced: RunReport
) -> None:
    assert synced.effective
    fault = {"vendor": "amazon", "method": "PATCH", "path": "/OLD-LUNCHBOX$", "times": 2}
    merchant.admin.add_faults([{**fault, "action": "mark", "mark": "accept_and_ignore"}])
    merchant.change_variant("OLD-LUNCHBOX", inventory_level=14)
    merchant.run("extract_catalog", full=False)

    first, second, third = (merchant.run("sync_offers", **HERE) for _ in range(3))

    assert [(one.sent, one.effective) for one in (first, second, third)] == [(1, 0), (1, 0), (0, 0)]
    [note] = [one for one in third.notes if "accepts and ignores" in one]
    assert "Amazon accepted quantity 14 at" in note
    assert "(submission " in note
    assert note.split("ignores them: 1. ")[1] in obstacles(merchant, "OLD-LUNCHBOX")["held"]["what"]


@pytest.mark.behaviour("S56")
def test_a_change_by_hand_is_told_from_our_own_and_mended(
    merchant: Merchant, synced: RunReport
) -> None:
    assert synced.effective
    by_hand = {"op": "merge", "path": "/attributes/purchasable_offer", "value": offer(45.0)}
    in_seller_central(merchant, "OLD-MOKA-6", by_hand)
    merchant.await_orders()

    found = merchant.run("reconcile_inventory", **HERE)
    why = obstacles(merchant, "OLD-MOKA-6")["difference"]["what"]
    whole = merchant.ask(
        "explain", "sync", "--account", HERE["account"], "--marketplace", HERE["marketplace"]
    )
    merchant.run("sync_offers", **HERE)
    after = merchant.run("reconcile_inventory", **HERE)

    assert "1 changed" in found.notes[0]
    assert "price 45.00 USD, intended is 49.00 USD; cause: changed" in why
    assert "difference" in whole
    assert "changed" not in after.notes[0]
    assert "difference" not in obstacles(merchant, "OLD-MOKA-6")


@pytest.mark.behaviour("S28")
def test_a_linked_item_that_buyers_do_not_see_leads_to_complete_your_drafts(
    merchant: Merchant, synced: RunReport
) -> None:
    assert synced.effective
    gone = {"op": "delete", "path": "/attributes/purchasable_offer", "value": offer(55.0)}
    in_seller_central(merchant, "OLD-TUMBLER", gone)
    merchant.await_orders()
    merchant.run("reconcile_inventory", **HERE)

    found = obstacles(merchant, "OLD-TUMBLER")["visible"]

    assert merchant.listing("OLD-TUMBLER")["status"] == "linked"
    assert 'Catalog > "Complete your drafts"' in found["next_step"]
    assert found["link"] == "https://sellercentral.amazon.com"
