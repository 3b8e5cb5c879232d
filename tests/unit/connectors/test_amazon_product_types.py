import base64
import gzip
import hashlib
import json

import httpx
import pytest
from scripted_amazon import US, ScriptedAmazon, answer

from affluent.domain.amazon_catalog import ParentageLevel, ProductTypeName
from affluent.domain.errors import MalformedAnswer, Retryable
from affluent.domain.listing import Definition, Requirements

SEARCH = "GET /definitions/2020-09-01/productTypes"
DEFINITION = "GET /definitions/2020-09-01/productTypes/HOME"
SCHEMA = "GET https://schemas.test/home?signature=x%2Fy"
CONTENT = json.dumps({"properties": {"p": {"multipleOf": 0.01}}}).encode()
HEXADECIMAL = hashlib.md5(CONTENT, usedforsecurity=False).hexdigest()
BASE64 = base64.b64encode(bytes.fromhex(HEXADECIMAL)).decode()


def amazon_with(checksum: str, *contents: bytes) -> ScriptedAmazon:
    link = {"resource": "https://schemas.test/home?signature=x%2Fy", "verb": "GET"}
    amazon = ScriptedAmazon()
    amazon.on(DEFINITION, answer({"schema": {"link": link, "checksum": checksum}, "new": 1}))
    return amazon.on(SCHEMA, *(httpx.Response(200, content=one) for one in contents))


def definition(amazon: ScriptedAmazon, known: Definition | None = None) -> Definition:
    types = amazon.account().product_types
    return types.definition(US, "HOME", Requirements.LISTING, known=known)


def test_a_schema_is_fetched_by_its_link_without_the_token() -> None:
    amazon = amazon_with(HEXADECIMAL, CONTENT)
    found = definition(amazon)
    assert found.schema["properties"]["p"]["multipleOf"] == 0.01
    assert type(found.schema["properties"]["p"]["multipleOf"]) is float
    assert "x-amz-access-token" not in amazon.sent(SCHEMA)[0].headers
    assert amazon.query(DEFINITION) == {
        "marketplaceIds": US,
        "sellerId": "SELLER1",
        "requirements": "LISTING",
        "requirementsEnforced": "ENFORCED",
    }


@pytest.mark.parametrize("checksum", [HEXADECIMAL, HEXADECIMAL.upper(), BASE64])
def test_a_checksum_counts_in_base64_as_documented_and_in_hexadecimal_as_shown(
    checksum: str,
) -> None:
    assert definition(amazon_with(checksum, CONTENT)).checksum == checksum


def test_a_schema_whose_checksum_is_known_is_not_fetched_again() -> None:
    known = Definition("HOME", Requirements.LISTING, US, BASE64, {"as": "before"})
    amazon = amazon_with(BASE64, CONTENT)
    assert definition(amazon, known).schema is known.schema
    assert amazon.sent(SCHEMA) == []


def test_a_schema_whose_checksum_has_changed_is_fetched() -> None:
    known = Definition("HOME", Requirements.LISTING, US, "another", {})
    assert definition(amazon_with(BASE64, CONTENT), known).schema["properties"]


def test_a_schema_that_came_broken_is_fetched_once_more() -> None:
    amazon = amazon_with(BASE64, CONTENT[:-1], CONTENT)
    assert definition(amazon).schema["properties"]
    assert len(amazon.sent(SCHEMA)) == 2


def test_a_schema_that_stays_broken_is_malformed() -> None:
    amazon = amazon_with(BASE64, CONTENT.replace(b"0.01", b"0.02"))
    with pytest.raises(MalformedAnswer):
        definition(amazon)
    assert len(amazon.sent(SCHEMA)) == 2


def test_the_checksum_is_that_of_the_schema_and_not_of_its_transport() -> None:
    link = {"resource": "https://schemas.test/home?signature=x%2Fy", "verb": "GET"}
    amazon = ScriptedAmazon()
    amazon.on(DEFINITION, answer({"schema": {"link": link, "checksum": BASE64}}))
    packed = httpx.Response(
        200, stream=httpx.ByteStream(gzip.compress(CONTENT)), headers={"content-encoding": "gzip"}
    )
    amazon.on(SCHEMA, lambda _: packed)
    assert definition(amazon).schema["properties"]


def test_an_address_that_has_expired_is_worth_another_try() -> None:
    amazon = amazon_with(BASE64)
    amazon.on(SCHEMA, httpx.Response(403, text="<Error>Request has expired</Error>"))
    with pytest.raises(Retryable, match="address has expired"):
        definition(amazon)


def test_a_definition_can_be_asked_for_one_parentage_level() -> None:
    amazon = amazon_with(BASE64, CONTENT)
    amazon.account().product_types.definition(
        US, "HOME", Requirements.LISTING, parentage_level=ParentageLevel.CHILD
    )
    assert amazon.query(DEFINITION)["parentageLevel"] == "CHILD"


def test_the_announced_version_is_asked_for_and_recognised() -> None:
    told = {"version": "UHqSqmb4FNUk=", "latest": False, "releaseCandidate": True}
    link = {"resource": "https://schemas.test/home?signature=x%2Fy", "verb": "GET"}
    schema = {"link": link, "checksum": BASE64}
    amazon = ScriptedAmazon().on(DEFINITION, answer({"schema": schema, "productTypeVersion": told}))
    amazon.on(SCHEMA, httpx.Response(200, content=CONTENT))

    found = amazon.account().product_types.definition(
        US, "HOME", Requirements.LISTING, announced=True
    )

    assert amazon.query(DEFINITION)["productTypeVersion"] == "RELEASE_CANDIDATE"
    assert (found.version, found.is_announced) == ("UHqSqmb4FNUk=", True)


def test_product_types_are_found_by_keywords_or_suggested_for_a_name() -> None:
    lamp = {"name": "LAMP", "displayName": "Lamps", "marketplaceIds": [US]}
    amazon = ScriptedAmazon().on(SEARCH, answer({"productTypes": [lamp]}))
    types = amazon.account().product_types
    assert types.search(US, keywords=["lamp", "light"]) == (ProductTypeName("LAMP", "Lamps"),)
    types.search(US, item_name="A lamp, blue", keywords=["never sent beside a name"])
    types.search(US)
    assert [amazon.query(SEARCH, number) for number in range(3)] == [
        {"marketplaceIds": US, "keywords": "lamp,light"},
        {"marketplaceIds": US, "itemName": "A lamp, blue"},
        {"marketplaceIds": US},
    ]
