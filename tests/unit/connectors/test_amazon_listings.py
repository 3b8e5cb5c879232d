import json
from decimal import Decimal
from pathlib import Path

import httpx
import pytest
from scripted_amazon import US, ScriptedAmazon, answer, refusal

from affluent.domain.errors import MalformedAnswer, Refused
from affluent.domain.issue import Severity
from affluent.domain.listing import CatalogMatch, SubmissionStatus
from affluent.domain.money import Money
from affluent.domain.plan import Change, Operation
from tests.builders.listings import deletion

SHARED = Path(__file__).resolve().parents[3] / "../shared"
SAMPLES = SHARED / "samples/amazon/github_issues"
ITEMS = "/listings/2021-08-01/items/SELLER1"
SEARCH = f"GET {ITEMS}"
CATALOG = "GET /catalog/2022-04-01/items"


def change(sku: str, **payload: object) -> Change:
    return Change(Operation.PUT_LISTING, "us", US, sku, after={}, why="test", payload=payload)


def test_a_put_sends_the_payload_under_the_encoded_sku() -> None:
    path = f"PUT {ITEMS}/A%2FB%20%25%2B%C3%A9"
    amazon = ScriptedAmazon().on(
        path, answer({"sku": "A/B %+é", "status": "ACCEPTED", "submissionId": "s1", "issues": []})
    )
    payload = {"productType": "HOME", "requirements": "LISTING", "attributes": {"a": [{"v": 19.9}]}}
    submission = amazon.account().listings.put(change("A/B %+é", **payload))
    assert submission.status is SubmissionStatus.ACCEPTED
    assert (submission.submission_id, submission.request_id) == ("s1", "req-1")
    assert amazon.body(path) == payload
    assert amazon.query(path) == {"marketplaceIds": US, "issueLocale": "en_US"}


def test_http_200_with_invalid_is_a_value_and_not_a_success() -> None:
    issue = {
        "code": "99022",
        "message": "The field 'value' does not have enough values.",
        "severity": "ERROR",
        "attributeNames": ["hazmat"],
        "categories": ["INVALID_ATTRIBUTE"],
    }
    amazon = ScriptedAmazon().on(
        f"PATCH {ITEMS}/S1", answer({"sku": "S1", "status": "INVALID", "issues": [issue]})
    )
    submission = amazon.account().listings.patch(change("S1", productType="HOME", patches=[]))
    assert submission.status is SubmissionStatus.INVALID
    assert submission.issues[0].code == "99022"
    assert submission.issues[0].attribute_names == ("hazmat",)


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the folder of real answers is missing")
@pytest.mark.parametrize(
    "sample",
    ["put_listing_invalid_http200", "put_listing_gtin", "put_listing_4000000", "patch_listing_"],
)
def test_real_submissions_are_read_without_loss(sample: str) -> None:
    body = json.loads(next(SAMPLES.glob(f"{sample}*")).read_bytes())
    amazon = ScriptedAmazon().on(f"PUT {ITEMS}/S1", answer(body))
    submission = amazon.account().listings.put(change("S1"))
    assert submission.status is SubmissionStatus.INVALID
    assert submission.sku == body.get("sku", "S1")
    assert [(i.code, i.message) for i in submission.issues] == [
        (i["code"], i["message"]) for i in body["issues"]
    ]


def test_a_put_is_repeated_for_it_is_idempotent_by_nature() -> None:
    amazon = ScriptedAmazon().on(
        f"PUT {ITEMS}/S1",
        httpx.ReadError("broken"),
        answer({}, 503),
        answer({"sku": "S1", "status": "ACCEPTED", "submissionId": "s1"}),
    )
    assert amazon.account().listings.put(change("S1")).submission_id == "s1"


def test_a_deletion_names_the_marketplace_and_has_no_body() -> None:
    path = f"DELETE {ITEMS}/A%2FB"
    amazon = ScriptedAmazon().on(path, answer({"sku": "A/B", "status": "ACCEPTED", "issues": []}))

    submission = amazon.account().listings.delete(deletion("A/B"))

    assert submission.status is SubmissionStatus.ACCEPTED
    assert amazon.query(path) == {"marketplaceIds": US, "issueLocale": "en_US"}
    request = amazon.requests[-1]
    assert request.content == b""


def test_a_refused_put_tells_operation_account_status_and_request() -> None:
    amazon = ScriptedAmazon().on(f"PUT {ITEMS}/S1", refusal(400, "InvalidInput", "Bad SKU"))
    with pytest.raises(Refused, match=r"Bad SKU \(InvalidInput\)") as raised:
        amazon.account().listings.put(change("S1"))
    error = raised.value
    assert (error.operation, error.account, error.status, error.request_id) == (
        "putListingsItem",
        "us",
        400,
        "req-1",
    )


LISTING = {
    "sku": "S1",
    "summaries": [
        {"marketplaceId": "OTHER", "asin": "B0OTHER000", "status": []},
        {
            "marketplaceId": US,
            "asin": "B000000001",
            "productType": "HOME",
            "status": ["BUYABLE", "NEW_STATUS"],
            "itemName": "A lamp",
        },
    ],
    "offers": [
        {"marketplaceId": US, "offerType": "B2B", "price": {"amount": "9", "currencyCode": "USD"}},
        {
            "marketplaceId": US,
            "offerType": "B2C",
            "price": {"amount": "19.90", "currencyCode": "USD"},
        },
    ],
    "fulfillmentAvailability": [{"fulfillmentChannelCode": "DEFAULT", "quantity": 7}],
    "issues": [
        {"code": "1", "message": "here", "severity": "NEW", "categories": []},
        {"code": "2", "message": "there", "severity": "INFO", "marketplaceIds": ["OTHER"]},
    ],
    "unheardOf": {"x": 1},
}


def test_a_listing_is_read_for_its_marketplace() -> None:
    amazon = ScriptedAmazon().on(SEARCH, answer({"numberOfResults": 1, "items": [LISTING]}))
    (listing,) = amazon.account().listings.find(US, ["S1", "S1", "GONE"])
    assert listing.asin == "B000000001"
    assert listing.title == "A lamp"
    assert listing.product_type == "HOME"
    assert listing.statuses == {"BUYABLE", "NEW_STATUS"}
    assert listing.price == Money(Decimal("19.90"), "USD")
    assert (listing.channel, listing.quantity) == ("DEFAULT", 7)
    assert [(issue.code, issue.severity) for issue in listing.issues] == [("1", Severity.ERROR)]
    query = amazon.query(SEARCH)
    assert query["identifiers"] == "S1,GONE"
    assert query["identifiersType"] == "SKU"
    included = "summaries,issues,offers,fulfillmentAvailability,productTypes,relationships"
    assert query["includedData"] == included


def test_stock_that_amazon_keeps_decides_the_channel_and_the_quantity_is_the_sellers_own() -> None:
    item = {
        "sku": "S1",
        "fulfillmentAvailability": [
            {"fulfillmentChannelCode": "DEFAULT", "quantity": 3},
            {"fulfillmentChannelCode": "AMAZON_NA"},
        ],
    }
    amazon = ScriptedAmazon().on(SEARCH, answer({"items": [item]}))
    (listing,) = amazon.account().listings.find(US, ["S1"])
    assert (listing.channel, listing.quantity, listing.price) == ("AMAZON_NA", 3, None)


def test_skus_are_asked_for_by_twenty_and_those_with_a_comma_alone() -> None:
    amazon = ScriptedAmazon().on(SEARCH, answer({"items": []}))
    amazon.on(f"GET {ITEMS}/A%2C1", answer({**LISTING, "sku": "A,1"}))
    amazon.on(f"GET {ITEMS}/B%2C2", refusal(404, "NOT_FOUND", "no such listing"))
    skus = [*(f"S{number}" for number in range(45)), "A,1", "B,2"]
    found = list(amazon.account().listings.find(US, skus))
    assert [listing.sku for listing in found] == ["A,1"]
    sizes = [
        len(amazon.query(SEARCH, number)["identifiers"].split(","))
        for number in range(len(amazon.sent(SEARCH)))
    ]
    assert sizes == [20, 20, 5]


def test_next_token_sent_raw_and_the_token_that_changes_nothing_is_malformed() -> None:
    token = "a+b/c=%2B&d"
    page = {"items": [], "pagination": {"nextToken": token}}
    amazon = ScriptedAmazon().on(SEARCH, answer(page), answer({"items": []}))
    assert list(amazon.account().listings.find(US, ["S1"])) == []
    assert amazon.query(SEARCH, 1) == {**amazon.query(SEARCH, 0), "pageToken": token}

    stuck = ScriptedAmazon().on(SEARCH, answer(page))
    with pytest.raises(MalformedAnswer, match="circle"):
        list(stuck.account().listings.find(US, ["S1"]))
    assert len(stuck.sent(SEARCH)) == 2


def item(asin: str, *identifiers: str) -> dict[str, object]:
    return {
        "asin": asin,
        "identifiers": [
            {
                "marketplaceId": US,
                "identifiers": [{"identifierType": "X", "identifier": i} for i in identifiers],
            }
        ],
        "summaries": [{"marketplaceId": US, "brand": "Brand", "itemName": f"Name {asin}"}],
        "productTypes": [{"marketplaceId": US, "productType": "LAMP"}],
    }


def test_barcodes_are_matched_back_to_the_form_they_were_asked_in() -> None:
    def search(request: httpx.Request) -> httpx.Response:
        answers = {
            "EAN": [item("B01", "4006381333931"), item("B02", "04006381333931"), item("B99", "1")],
            "UPC": [item("B03", "0036000291452", "036000291452")],
            "GTIN": [],
        }
        return answer({"items": answers[request.url.params["identifiersType"]]})

    amazon = ScriptedAmazon().on(CATALOG, search)
    barcodes = ["4006381333931", "036000291452", "10614141000415", "12345", "ABCDEFGHIJKLM"]
    matches = list(amazon.account().catalog_items.match(US, barcodes))
    assert [(match.barcode, match.asin) for match in matches] == [
        ("4006381333931", "B01"),
        ("4006381333931", "B02"),
        ("036000291452", "B03"),
    ]
    assert matches[0] == CatalogMatch("4006381333931", "B01", "LAMP", "Brand", "Name B01")
    assert amazon.query(CATALOG)["includedData"] == "identifiers,summaries,productTypes"
    assert len(amazon.sent(CATALOG)) == 3


def test_the_catalog_is_asked_by_twenty_barcodes_and_every_page_is_read() -> None:
    first = {"items": [item("B01", "4006381333931")], "pagination": {"nextToken": "t"}}
    amazon = ScriptedAmazon().on(
        CATALOG, answer(first), answer({"items": [item("B02", "4006381333931")]}),
        answer({"items": []}),
    )  # fmt: skip
    barcodes = ["4006381333931", *(str(4_000_000_000_000 + number) for number in range(24))]
    matches = list(amazon.account().catalog_items.match(US, barcodes))
    assert [match.asin for match in matches] == ["B01", "B02"]
    sizes = [len(amazon.query(CATALOG, n)["identifiers"].split(",")) for n in range(3)]
    assert sizes == [20, 20, 5]
