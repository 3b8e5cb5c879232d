"""What stands before every operation: login, tokens, quotas and the form of refusals."""

from __future__ import annotations

import httpx
import pytest

from tests.sandbox.amazon_store import KNOWN_ASIN, SELLER, US, AmazonStore, feed_of, mug, offer


@pytest.fixture
def store() -> AmazonStore:
    return AmazonStore()


def participations(store: AmazonStore, **headers: str) -> httpx.Response:
    return store.client.get("/sellers/v1/marketplaceParticipations", headers=headers)


def test_refresh_token_gives_an_access_token_for_an_hour(store):
    granted = store.log_in()
    assert granted["expires_in"] == 3600
    assert granted["token_type"] == "bearer"
    assert participations(store).status_code == 200

    store.clock.pass_by(3601)
    refused = participations(store)
    assert refused.status_code == 403
    assert refused.json()["errors"] == [
        {
            "code": "Unauthorized",
            "message": "Access to requested resource is denied.",
            "details": "The access token you provided has expired.",
        }
    ]


def test_unknown_and_grantless_tokens_are_refused(store):
    assert participations(store, **{"x-amz-access-token": "Atza|made-up"}).status_code == 403
    grantless = store.log_in(
        grant_type="client_credentials", scope="sellingpartnerapi::notifications"
    )
    assert "refresh_token" not in grantless
    headers = {"x-amz-access-token": grantless["access_token"]}
    assert participations(store, **headers).status_code == 403


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"client_secret": "wrong"}, "invalid_client"),
        ({"refresh_token": "wrong"}, "invalid_grant"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"grant_type": "client_credentials", "scope": "unheard"}, "invalid_scope"),
        ({"grant_type": ""}, "invalid_request"),
    ],
)
def test_wrong_credentials_are_named(store, changes, error):
    assert store.log_in(**changes)["error"] == error


def test_login_takes_json_as_well(store):
    body = {
        "grant_type": "refresh_token",
        "refresh_token": SELLER.refresh_token,
        "client_id": SELLER.client_id,
        "client_secret": SELLER.client_secret,
    }
    assert "access_token" in store.client.post("/auth/o2/token", json=body).json()


def test_every_answer_has_a_request_id_and_the_right_ones_a_rate(store):
    answers = [
        participations(store),
        participations(store, **{"x-amz-access-token": "no"}),
        store.client.get(store.item_path("NONE"), params={"marketplaceIds": US}),
    ]
    assert [answer.status_code for answer in answers] == [200, 403, 404]
    assert all(answer.headers["x-amzn-RequestId"] for answer in answers)
    assert answers[0].headers["x-amzn-RateLimit-Limit"] == "0.016"
    assert "x-amzn-RateLimit-Limit" not in answers[1].headers
    assert answers[2].headers["x-amzn-RateLimit-Limit"] == "5.0"


def test_bucket_holds_its_burst_and_fills_at_its_rate():
    store = AmazonStore(quotas=True)
    path = f"/catalog/2022-04-01/items/{KNOWN_ASIN}"

    def get() -> httpx.Response:
        return store.client.get(path, params={"marketplaceIds": US})

    assert [get().status_code for _ in range(4)] == [200, 200, 429, 429]
    throttled = [get(), get()]
    assert throttled[0].json()["errors"][0]["code"] == "QuotaExceeded"
    assert len({"x-amzn-RateLimit-Limit" in answer.headers for answer in throttled}) == 2
    store.clock.pass_by(0.5)
    assert [get().status_code for _ in range(2)] == [200, 429]


def test_listings_feeds_have_a_quota_of_their_own():
    store = AmazonStore(quotas=True)
    document = feed_of({"sku": "A", "operationType": "DELETE"})
    for _ in range(5):
        store.submit_feed(document)
    with pytest.raises(AssertionError, match="QuotaExceeded"):
        store.submit_feed(document)
    store.submit_feed(b"<xml/>", "POST_PRODUCT_DATA")
    store.clock.pass_by(60)
    store.submit_feed(document)


def test_participations_name_currency_and_language(store):
    payload = participations(store).json()["payload"]
    assert [one["marketplace"]["countryCode"] for one in payload] == ["US", "CA"]
    assert payload[1]["marketplace"]["defaultCurrencyCode"] == "CAD"


def test_definition_links_to_its_schema_with_a_checksum(store):
    path = "/definitions/2020-09-01/productTypes"
    found = store.client.get(path, params={"marketplaceIds": US, "keywords": "drinking"}).json()
    assert [one["name"] for one in found["productTypes"]] == ["MUG"]

    def definition(**params: str) -> dict:
        return store.client.get(f"{path}/MUG", params={"marketplaceIds": US, **params}).json()

    full = definition()
    assert full["locale"] == "en_US"
    groups = full["propertyGroups"]
    assert "purchasable_offer" in groups["offer"]["propertyNames"]
    del store.client.headers["x-amz-access-token"]
    schema = store.client.get(full["schema"]["link"]["resource"]).json()
    assert schema["required"] == ["item_name", "brand", "number_of_items"]


@pytest.mark.parametrize(
    ("params", "required"),
    [
        ({"requirements": "LISTING_OFFER_ONLY"}, ["purchasable_offer"]),
        ({"requirements": "LISTING_PRODUCT_ONLY"}, ["item_name", "brand", "number_of_items"]),
        ({"requirementsEnforced": "NOT_ENFORCED"}, None),
    ],
)
def test_schema_follows_the_requirements(store, params, required):
    path = "/definitions/2020-09-01/productTypes/MUG"
    query = {"marketplaceIds": US, "parentageLevel": "NONE", **params}
    definition = store.client.get(path, params=query).json()
    schema = store.client.get(definition["schema"]["link"]["resource"]).json()
    assert schema.get("required") == required
    is_product_only = params.get("requirements") == "LISTING_PRODUCT_ONLY"
    assert ("purchasable_offer" in schema["properties"]) is not is_product_only


def test_catalog_is_searched_by_identifiers_of_one_type_or_by_words(store):
    path = "/catalog/2022-04-01/items"

    def search(**params: str) -> httpx.Response:
        query = {"marketplaceIds": US, "includedData": "identifiers,summaries", **params}
        return store.client.get(path, params=query)

    upc = {"identifiersType": "GTIN", "identifiers": "04006381333931,00000000000000"}
    found = search(**upc).json()
    assert found["numberOfResults"] == 1
    identifiers = found["items"][0]["identifiers"][0]["identifiers"]
    assert {"identifierType": "EAN", "identifier": "4006381333931"} in identifiers
    assert search(keywords="pens box").json()["items"][0]["asin"] == KNOWN_ASIN
    assert search(identifiersType="EAN", identifiers=",".join(["1"] * 21)).status_code == 400
    assert search(identifiers="4006381333931").status_code == 400
    assert search(keywords="pens", **upc).status_code == 400


def test_restrictions_name_the_brand_that_needs_approval(store):
    path = "/listings/2021-08-01/restrictions"

    def reasons(asin: str) -> list[str]:
        query = {"asin": asin, "sellerId": SELLER.seller_id, "marketplaceIds": US}
        found = store.client.get(path, params=query).json()["restrictions"]
        return [one["reasons"][0]["reasonCode"] for one in found]

    assert reasons(KNOWN_ASIN) == []
    assert reasons("B000000000") == ["ASIN_NOT_FOUND"]
    store.state.restrict_brand("Stabilo")
    assert reasons(KNOWN_ASIN) == ["APPROVAL_REQUIRED"]


def test_reset_empties_the_store_and_keeps_the_product_types(store):
    store.listed("MUG-1", mug(purchasable_offer=[offer(3.0)]))
    store.state.reset()
    assert store.state.listings() == []
    assert store.listed("MUG-1", mug())["sku"] == "MUG-1"
