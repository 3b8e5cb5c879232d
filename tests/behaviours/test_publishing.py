"""Selling lists are published: what exists is offered, what is new is created, what is flawed
says why and goes through once it is corrected."""

from __future__ import annotations

from typing import Any

import pytest

from affluent.domain.report import RunReport
from tests.behaviours.flaws import FLAWED, LAMP, MESSAGES, NOT_APPROVED_YET, selling_lists
from tests.behaviours.merchant import HERE, Merchant, affluent, selling_list

OFFER_ATTRIBUTES = {
    "merchant_suggested_asin",
    "condition_type",
    "purchasable_offer",
    "fulfillment_availability",
}


@pytest.fixture(scope="module")
def published(merchant: Merchant) -> RunReport:
    """The lists as they were first sent; the beans lack their barcode, too."""
    profiles = merchant.read()["creation_profiles"]
    merchant.write(selling_lists=selling_lists({}), creation_profiles=profiles | {"lamp": LAMP})
    merchant.change_product("FOOD-BEANS", gtin="")
    merchant.admin.add_faults([NOT_APPROVED_YET])
    merchant.run("extract_catalog")
    return merchant.run("publish_listings", **HERE)


@pytest.fixture(scope="module")
def corrected(merchant: Merchant, published: RunReport) -> RunReport:
    """The lists as they were sent again, after every flaw but Amazon's restrictions was mended."""
    assert published.refused
    _mend_products(merchant)
    merchant.write(
        selling_lists=selling_lists({"KIT-SPOON-NOCODE": merchant.asin_of("012345010729")}),
        creation_profiles=_mended_profiles(merchant),
    )
    merchant.run("extract_catalog")
    return merchant.run("publish_listings", **HERE)


def _mend_products(merchant: Merchant) -> None:
    merchant.change_product("FOOD-BEANS", gtin="4012345010572")
    merchant.change_product("KIT-WHISK-BADCHECK", gtin="4012345090017")
    merchant.change_product("KIT-SKILLET-10", name="Carbon Steel Skillet, Seasoned, 10 Inch")
    merchant.change_product("OFF-TORCH", name="A Torch of Ours")


def _mended_profiles(merchant: Merchant) -> dict[str, Any]:
    profiles: dict[str, Any] = merchant.read()["creation_profiles"]
    profiles["lamp"]["create"] = True
    kitchen = profiles["kitchen"]["attributes"]
    kitchen["item_dimensions.height"]["constant"] = "4"
    kitchen["number_of_items"]["constant"] = "1"
    del profiles["luggage"]["attributes"]["included_components"]
    return profiles


@pytest.mark.behaviour("S2", "S3", "S4", "S49")
@pytest.mark.parametrize(
    ("sku", "name"),
    [("FOOD-PASTA", "Most"), ("LUG-CHECK-NAVY-26IN", "Most"), ("OFF-CANDLE", "Offers")],
)
def test_a_category_of_a_list_is_sold_in_three_steps(
    merchant: Merchant, published: RunReport, sku: str, name: str
) -> None:
    assert published.effective
    listing, shown = merchant.listing(sku), merchant.on_amazon(sku)

    assert shown is not None
    assert "BUYABLE" in shown["status"]
    assert (listing["selling_list"], listing["status"]) == (name, "linked")
    assert (listing["account"], listing["marketplace"]) == ("demo", "US")


@pytest.mark.behaviour("S5")
def test_a_list_takes_in_single_products(merchant: Merchant, published: RunReport) -> None:
    assert published.effective
    assert merchant.listing("FOOD-OLIVE-OIL")["selling_list"] == "Picked by hand"
    assert merchant.on_amazon("FOOD-OLIVE-OIL") is not None


@pytest.mark.behaviour("S7")
def test_the_barcode_is_the_store_s_gtin_or_upc(merchant: Merchant, published: RunReport) -> None:
    assert published.effective
    [skillet] = merchant.sent_to_amazon("KIT-SKILLET-10")
    [torch] = merchant.sent_to_amazon("OFF-TORCH")

    [gtin] = skillet["attributes"]["externally_assigned_product_identifier"]
    assert (gtin["type"], gtin["value"]) == ("ean", "4012345010176")
    [asin] = torch["attributes"]["merchant_suggested_asin"]
    assert asin["value"] == merchant.asin_of("012345010729")


@pytest.mark.behaviour("S14", "S27", "S29", "S30")
def test_what_amazon_knows_is_offered_without_description(
    merchant: Merchant, published: RunReport
) -> None:
    assert published.effective
    [sent] = merchant.sent_to_amazon("OFF-TORCH")
    shown = merchant.on_amazon("OFF-TORCH")

    assert sent["requirements"] == "LISTING_OFFER_ONLY"
    assert sent["attributes"].keys() == OFFER_ATTRIBUTES
    assert shown is not None
    assert shown["title"] != merchant.explain("sku", "OFF-TORCH")["store"]["name"]


@pytest.mark.behaviour("S15", "S16")
def test_what_amazon_does_not_know_is_described_by_its_profile(
    merchant: Merchant, published: RunReport
) -> None:
    assert published.effective
    [sent] = merchant.sent_to_amazon("KIT-SKILLET-10")
    attributes = sent["attributes"]

    assert (sent["requirements"], sent["productType"]) == ("LISTING", "KITCHEN")
    assert attributes.keys() >= {"item_name", "brand", "product_description", "color"}
    [dimensions] = attributes["item_dimensions"]
    assert dimensions["length"]["unit"] == "inches"


@pytest.mark.parametrize(
    ("row", "sku", "status"),
    [pytest.param(*one, marks=pytest.mark.behaviour(one[0])) for one in FLAWED],
)
@pytest.mark.behaviour("S10", "S11", "N16")
def test_the_log_says_what_is_wrong_and_how_to_mend_it(
    merchant: Merchant, published: RunReport, row: str, sku: str, status: str
) -> None:
    assert published.held
    explained = merchant.explain("sku", sku)
    [listing] = explained["listings"]
    [reason] = listing["reasons"]

    assert listing["status"] == status
    assert any(MESSAGES[row] in message for message in explained["log"][-1]["messages"])
    assert MESSAGES[row] in reason["message"]
    assert reason["cause"]
    assert reason["field_to_fix"]
    assert reason["fix"] in merchant.ask("explain", "sku", sku)


@pytest.mark.behaviour("N16")
@pytest.mark.parametrize("row", MESSAGES)
def test_a_message_is_known_by_its_words_though_its_code_changes(row: str) -> None:
    words = MESSAGES[row].partition("(9")[0]

    assert affluent("errors", f"{words}(123456)") == affluent("errors", MESSAGES[row])


@pytest.mark.behaviour("S22")
@pytest.mark.parametrize("sku", ["OFF-KNIFE-GUARDED", "SUP-VITAMIN-C"])
def test_the_way_to_an_approval_is_told(merchant: Merchant, published: RunReport, sku: str) -> None:
    assert published.refused
    [reason] = merchant.listing(sku)["reasons"]

    for step in ("Seller Central", "documents", "wait for the approval", "publish the item again"):
        assert step in reason["fix"]
    assert "Each brand and each category is approved by itself." in reason["fix"]


@pytest.mark.parametrize(
    "sku",
    [
        pytest.param("KIT-WHISK-BADCHECK", marks=pytest.mark.behaviour("S6")),
        pytest.param("FOOD-BEANS", marks=pytest.mark.behaviour("S6", "S13")),
        pytest.param("KIT-SPOON-NOCODE", marks=pytest.mark.behaviour("S8", "S9", "S13")),
        pytest.param("OFF-LAMP-UNKNOWN", marks=pytest.mark.behaviour("S18")),
        pytest.param("KIT-CANISTER-NOHEIGHT", marks=pytest.mark.behaviour("S6", "S26")),
        pytest.param("KIT-TRAY-NOCOUNT", marks=pytest.mark.behaviour("S6", "S26")),
        pytest.param("LUG-ORGANIZER-PARTS", marks=pytest.mark.behaviour("S6", "S26")),
    ],
)
def test_what_was_mended_goes_through(merchant: Merchant, corrected: RunReport, sku: str) -> None:
    assert corrected.effective
    listing, shown = merchant.listing(sku), merchant.on_amazon(sku)

    assert (listing["status"], listing["reasons"]) == ("linked", [])
    assert shown is not None
    assert "BUYABLE" in shown["status"]


@pytest.mark.behaviour("S8", "S9")
def test_the_given_asin_is_the_page_that_is_offered(
    merchant: Merchant, corrected: RunReport
) -> None:
    assert corrected.effective
    spoon, torch = merchant.on_amazon("KIT-SPOON-NOCODE"), merchant.on_amazon("OFF-TORCH")

    assert spoon is not None
    assert torch is not None
    assert spoon["asin"] == torch["asin"]


@pytest.mark.behaviour("S29", "S30")
def test_a_new_title_is_sent_only_to_the_page_that_we_made(
    merchant: Merchant, published: RunReport, corrected: RunReport
) -> None:
    assert published.effective
    assert corrected.effective
    ours, shared = merchant.on_amazon("KIT-SKILLET-10"), merchant.on_amazon("OFF-TORCH")

    assert ours is not None
    assert shared is not None
    assert ours["title"] == "Carbon Steel Skillet, Seasoned, 10 Inch"
    assert shared["title"] != "A Torch of Ours"
    assert len(merchant.sent_to_amazon("OFF-TORCH")) == 1


@pytest.mark.behaviour("S6", "S21")
def test_what_amazon_refused_is_sent_again_after_its_approval(
    merchant: Merchant, corrected: RunReport
) -> None:
    assert corrected.effective
    assert len(merchant.sent_to_amazon("OFF-UMBRELLA")) == 1

    with merchant.settings(selling_lists=[selling_list("Offers", skus=["OFF-UMBRELLA"])]):
        again = merchant.run("publish_listings", **HERE, again=True)

    assert (again.sent, again.effective) == (1, 1)
    assert len(merchant.sent_to_amazon("OFF-UMBRELLA")) == 2
    assert merchant.listing("OFF-UMBRELLA")["status"] == "linked"
