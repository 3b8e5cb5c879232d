"""What Amazon would refuse is known, in Amazon's words, before anything is sent."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from affluent.domain.report import RunReport
from tests.behaviours.flaws import LAMP, MESSAGES
from tests.behaviours.merchant import HERE, Merchant, selling_list

FLAWED = [
    ("S12", "KIT-SPOON-NOCODE"),
    ("S17", "OFF-LAMP-UNKNOWN"),
    ("S19", "OFF-KNIFE-GUARDED"),
    ("S20", "FOOD-PASTA"),
    ("S23", "KIT-CANISTER-NOHEIGHT"),
    ("S24", "KIT-TRAY-NOCOUNT"),
    ("S25", "LUG-ORGANIZER-PARTS"),
]
SKUS = [sku for _, sku in FLAWED]
WRITES = ("PUT", "PATCH", "DELETE")


@pytest.fixture(scope="module")
def held(merchant: Merchant) -> Iterator[RunReport]:
    """A publish of one product for each of the messages."""
    creation = {1: "kitchen", 2: "luggage", 5: "lamp"}
    profiles = merchant.read()["creation_profiles"]
    merchant.write(
        selling_lists=[selling_list("Flawed", skus=SKUS, creation_profiles=creation)],
        creation_profiles=profiles | {"lamp": LAMP},
    )
    merchant.admin.restrict(product_types=["GROCERY"])
    merchant.run("extract_catalog")
    yield merchant.run("publish_listings", **HERE)
    merchant.admin.approve(product_types=["GROCERY"])


def writes_to_amazon(merchant: Merchant) -> list[str]:
    """Every call that would have written a listing."""
    return [
        f"{one['method']} {one['path']}"
        for one in merchant.admin.requests()
        if one["vendor"] == "amazon" and (one["method"] in WRITES or "/feeds/" in one["path"])
    ]


@pytest.mark.parametrize(
    ("row", "sku"), [pytest.param(*one, marks=pytest.mark.behaviour(one[0])) for one in FLAWED]
)
def test_each_message_stands_in_the_log_before_anything_is_sent(
    merchant: Merchant, held: RunReport, row: str, sku: str
) -> None:
    assert (sum(held.held.values()), held.sent) == (len(FLAWED), 0)
    explained = merchant.explain("sku", sku)
    [listing] = explained["listings"]
    messages = explained["log"][-1]["messages"]

    assert listing["status"] == "held"
    assert any(message.startswith(MESSAGES[row]) for message in messages), messages
    assert writes_to_amazon(merchant) == []


@pytest.mark.behaviour("S22")
@pytest.mark.parametrize("sku", ["OFF-KNIFE-GUARDED", "FOOD-PASTA"])
def test_the_page_to_apply_at_is_told(merchant: Merchant, held: RunReport, sku: str) -> None:
    assert held.held["restricted"] == 2
    [reason] = merchant.listing(sku)["reasons"]

    assert "Apply at https://sellercentral.amazon.com/" in reason["message"]
    assert reason["cause"]


@pytest.mark.behaviour("S21")
def test_once_amazon_has_approved_it_the_item_goes_through_by_itself(
    merchant: Merchant, held: RunReport
) -> None:
    assert held.held["restricted"] == 2
    merchant.admin.approve(product_types=["GROCERY"])

    found = merchant.run("recheck_restrictions", **HERE, everything=True)
    again = merchant.run("publish_listings", **HERE)

    assert (found.read, found.waiting) == (2, 1)
    assert "May be listed now" in found.notes[0]
    assert (again.sent, again.effective) == (1, 1)
    assert merchant.listing("FOOD-PASTA")["status"] == "linked"
    assert merchant.listing("OFF-KNIFE-GUARDED")["status"] == "held"


WOULD_REFUSE = {
    "vendor": "amazon",
    "method": "PUT",
    "path": "/OFF-TORCH$",
    "action": "status",
    "status": 200,
    "body": {
        "sku": "OFF-TORCH",
        "status": "INVALID",
        "issues": [
            {
                "code": "100339",
                "severity": "ERROR",
                "message": "'number_of_items' is required but not supplied.",
                "attributeNames": ["number_of_items"],
            }
        ],
    },
}


@pytest.mark.behaviour("S24", "N16")
def test_what_amazon_would_refuse_in_a_preview_is_held_though_its_code_is_new(
    merchant: Merchant, held: RunReport
) -> None:
    assert held.held
    merchant.admin.add_faults([WOULD_REFUSE])
    with merchant.settings(selling_lists=[selling_list("Two", skus=["OFF-TORCH", "OFF-SOAP"])]):
        report = merchant.run("publish_listings", **HERE, preview="all")

    assert (report.held, report.sent) == ({"previewed": 1}, 1)
    assert any("shown 2 of 2 listings" in note for note in report.notes)
    [reason] = merchant.listing("OFF-TORCH")["reasons"]
    assert reason["message"] == (
        "number_of_items: 'number_of_items' is required but not supplied.(100339)"
    )
    assert reason["fix"]
    assert merchant.on_amazon("OFF-TORCH") is None
    assert merchant.listing("OFF-SOAP")["status"] == "linked"
