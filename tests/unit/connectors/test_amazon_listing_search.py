from datetime import UTC, datetime
from typing import Any

import pytest
from scripted_amazon import US, ScriptedAmazon, answer, refusal

from affluent.domain.amazon_catalog import CatalogItem, Restriction, RestrictionReason
from affluent.domain.errors import NotFound, Refused
from affluent.domain.listing import SubmissionStatus
from affluent.domain.plan import Change, Operation
from connectors.amazon.listing_filter import ListingFilter
from tests.builders.listings import deletion

ITEMS = "/listings/2021-08-01/items/SELLER1"
SEARCH = f"GET {ITEMS}"
RESTRICTIONS = "GET /listings/2021-08-01/restrictions"
ITEM = "GET /catalog/2022-04-01/items/B000000001"


def page(*skus: str, found: int, token: str = "") -> Any:
    pagination = {"pagination": {"nextToken": token}} if token else {}
    items = [{"sku": sku} for sku in skus]
    return answer({"numberOfResults": found, "items": items, **pagination})


def test_listings_are_searched_by_filters_through_all_pages() -> None:
    amazon = ScriptedAmazon().on(SEARCH, page("S1", found=2, token="a+/="), page("S2", found=2))
    wanted = ListingFilter(
        updated_after=datetime(2026, 1, 31, tzinfo=UTC),
        issue_severities=["ERROR"],
        statuses=["DISCOVERABLE"],
        without_statuses=["BUYABLE"],
    )
    found = amazon.account().listings.search(US, wanted)
    assert [listing.sku for listing in found] == ["S1", "S2"]
    first = amazon.query(SEARCH)
    assert first["lastUpdatedAfter"] == "2026-01-31T00:00:00.000Z"
    assert first["withIssueSeverity"] == "ERROR"
    assert first["withStatus"] == "DISCOVERABLE"
    assert first["withoutStatus"] == "BUYABLE"
    assert "identifiersType" not in first
    assert amazon.query(SEARCH, 1) == {**first, "pageToken": "a+/="}


def test_a_search_that_finds_more_than_a_thousand_says_what_to_do_before_it_answers_any() -> None:
    amazon = ScriptedAmazon().on(SEARCH, page("S1", found=1001, token="t"))
    with pytest.raises(Refused, match=r"1001 listings .* pages through 1000 only.*Narrow"):
        next(amazon.account().listings.search(US, ListingFilter()))
    assert len(amazon.sent(SEARCH)) == 1


def test_a_search_of_a_thousand_is_answered() -> None:
    amazon = ScriptedAmazon().on(SEARCH, page("S1", found=1000))
    assert len(list(amazon.account().listings.search(US, ListingFilter()))) == 1


@pytest.mark.parametrize(
    "impossible",
    [
        {"identifiers": [str(number) for number in range(21)]},
        {"identifiers": ["S1"], "parent_sku": "P"},
    ],
)
def test_a_filter_that_amazon_would_refuse_cannot_be_made(impossible: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="identifiers"):
        ListingFilter(**impossible)


@pytest.mark.parametrize(
    ("operation", "method"), [(Operation.PUT_LISTING, "PUT"), (Operation.PATCH_OFFER, "PATCH")]
)
def test_a_preview_asks_for_amazons_opinion_and_keeps_nothing(
    operation: Operation, method: str
) -> None:
    amazon = ScriptedAmazon().on(f"{method} {ITEMS}/S1", answer({"sku": "S1", "status": "VALID"}))
    change = Change(operation, "us", US, "S1", after={}, why="", payload={"productType": "HOME"})
    assert amazon.account().listings.preview(change).status is SubmissionStatus.VALID
    assert amazon.query(f"{method} {ITEMS}/S1") == {
        "marketplaceIds": US,
        "issueLocale": "en_US",
        "mode": "VALIDATION_PREVIEW",
        "includedData": "issues",
    }
    assert amazon.body(f"{method} {ITEMS}/S1") == {"productType": "HOME"}


def test_a_listing_that_is_not_there_cannot_be_deleted() -> None:
    amazon = ScriptedAmazon().on(f"DELETE {ITEMS}/S1", refusal(404, "NOT_FOUND", "No such SKU."))
    with pytest.raises(NotFound):
        amazon.account().listings.delete(deletion("S1"))


def test_every_reason_of_a_restriction_is_told_with_its_pages() -> None:
    reasons = [
        {
            "message": "You need approval.",
            "reasonCode": "APPROVAL_REQUIRED",
            "links": [{"resource": "https://approve.test", "verb": "GET"}],
        },
        {"message": "Something new.", "reasonCode": "A_NEW_REASON"},
    ]
    entry = {"marketplaceId": US, "conditionType": "used_good", "reasons": reasons}
    amazon = ScriptedAmazon().on(RESTRICTIONS, answer({"restrictions": [entry]}))
    found = amazon.account().restrictions.of(US, "B01", "used_good", "LAMP")
    assert found == (
        Restriction(
            US,
            "used_good",
            RestrictionReason.APPROVAL_REQUIRED,
            "You need approval.",
            ("https://approve.test",),
        ),
        Restriction(US, "used_good", RestrictionReason.UNKNOWN, "Something new."),
    )
    query = amazon.query(RESTRICTIONS)
    assert query["productType"] == "LAMP"
    assert query["sellerId"] == "SELLER1"


def test_no_restriction_means_that_the_seller_may_list() -> None:
    amazon = ScriptedAmazon().on(RESTRICTIONS, answer({"restrictions": []}))
    assert amazon.account().restrictions.of(US, "B01") == ()
    assert "productType" not in amazon.query(RESTRICTIONS)


def test_a_restriction_without_a_reason_still_restricts() -> None:
    amazon = ScriptedAmazon().on(RESTRICTIONS, answer({"restrictions": [{"marketplaceId": US}]}))
    (restriction,) = amazon.account().restrictions.of(US, "B01")
    assert restriction == Restriction(US, "new_new", RestrictionReason.UNKNOWN, "")


def test_restrictions_answer_their_errors_as_a_bare_list() -> None:
    errors = [{"code": "BAD_REQUEST", "message": "Invalid 'asin' provided."}]
    amazon = ScriptedAmazon().on(RESTRICTIONS, answer(errors, 400))
    with pytest.raises(Refused, match=r"Invalid 'asin' provided. \(BAD_REQUEST\)"):
        amazon.account().restrictions.of(US, "")


def test_an_asin_is_read_for_its_marketplace() -> None:
    body = {
        "asin": "B000000001",
        "summaries": [
            {"marketplaceId": "OTHER", "brand": "No"},
            {"marketplaceId": US, "brand": "Brand", "itemName": "A lamp"},
        ],
        "productTypes": [{"marketplaceId": US, "productType": "LAMP"}],
        "identifiers": [
            {
                "marketplaceId": US,
                "identifiers": [
                    {"identifierType": "EAN", "identifier": "4006381333931"},
                    {"identifierType": "EAN", "identifier": "4006381333948"},
                    {"identifierType": "A_NEW_TYPE", "identifier": "1"},
                ],
            }
        ],
    }
    amazon = ScriptedAmazon().on(ITEM, answer(body))
    assert amazon.account().catalog_items.item(US, "B000000001") == CatalogItem(
        "B000000001",
        "LAMP",
        "Brand",
        "A lamp",
        {"EAN": ("4006381333931", "4006381333948"), "A_NEW_TYPE": ("1",)},
    )


def test_an_asin_that_the_marketplace_lacks_is_none() -> None:
    amazon = ScriptedAmazon().on(ITEM, refusal(404, "NOT_FOUND", "No such item."))
    assert amazon.account().catalog_items.item(US, "B000000001") is None
