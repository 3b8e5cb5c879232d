"""Real answers of Amazon, and every refusal that its models show, as the connector reads them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from amazon_by_example import AmazonByExample
from amazon_examples import amazon_of_models, cases_of, read_by_example
from amazon_readings import READINGS
from vendor_specifications import Judge

from affluent.domain.errors import NotFound, Refused, Throttled
from affluent.domain.feed import Feed, FeedStatus
from affluent.domain.issue import Severity
from connectors.http.errors import Unauthorised


@pytest.fixture
def amazon(judge: Judge, shared: Path) -> AmazonByExample:
    return amazon_of_models(judge, shared)


def samples(shared: Path, pattern: str) -> Iterator[tuple[str, Any]]:
    found = sorted((shared / "samples/amazon/github_issues").glob(pattern))
    if not found:
        pytest.skip(f"no sample {pattern} is here")
    for path in found:
        yield path.name, json.loads(path.read_bytes())


def test_real_receipts_are_read_without_loss(amazon: AmazonByExample, shared: Path) -> None:
    for name, body in [*samples(shared, "put_listing*"), *samples(shared, "patch_listing*")]:
        read = read_by_example(amazon, "putListingsItem", body)
        told = body["issues"]
        assert read.status == "INVALID", name
        assert [one.code for one in read.issues] == [one["code"] for one in told], name
        assert [one.message for one in read.issues] == [one["message"] for one in told], name


def test_real_issues_that_come_late_are_read_from_the_listing(
    amazon: AmazonByExample, shared: Path
) -> None:
    for name, body in samples(shared, "get_listing_async*"):
        read = read_by_example(amazon, "getListingsItem", {"sku": "S1", **body})
        assert [one.code for one in read.issues] == [one["code"] for one in body["issues"]], name
        assert {one.severity for one in read.issues} <= set(Severity)


def test_real_feed_reports_bring_home_every_issue(amazon: AmazonByExample, shared: Path) -> None:
    summary = {"messagesProcessed": 2, "messagesAccepted": 0, "messagesInvalid": 2}
    for name, body in samples(shared, "feed_report*"):
        amazon.content = json.dumps({"summary": summary, **body}).encode()
        report = amazon.account().feeds.report(Feed("f1", FeedStatus.DONE, "d1"))
        read = {(number, one.code) for number, found in report.issues.items() for one in found}
        told = {(one.get("messageId", 0), one["code"]) for one in body["issues"]}
        assert read == told, name


def test_real_refusals_keep_amazons_words(amazon: AmazonByExample, shared: Path) -> None:
    account = amazon.account()
    ((_, refusals),) = samples(shared, "errors_429_403.json")
    kinds = {429: Throttled, 403: Unauthorised}
    for one in refusals:
        amazon.on("getOrder", one["body"], one["status"])
        with pytest.raises(kinds[one["status"]], match=one["body"]["errors"][0]["message"]):
            account.orders.order("111-1")


def test_amazons_recipes_are_read(amazon: AmazonByExample, shared: Path) -> None:
    recipes = shared / "samples/amazon/amzn-samples/code-recipes/test/responses"
    if not recipes.is_dir():
        pytest.skip("Amazon's recipes are not here")
    recipe = json.loads((recipes / "listings-getListingsItem.json").read_bytes())
    read = read_by_example(amazon, "getListingsItem", recipe)
    assert (read.sku, read.asin, read.quantity) == ("TEST-SKU-001", "B08N5WRWNW", 100)
    recipe = json.loads((recipes / "catalogitems-getCatalogItem.json").read_bytes())
    item = read_by_example(amazon, "getCatalogItem", recipe)
    assert item.asin == "B0F7YT4YW2"
    for name, operation in (("feeds-getFeed", "getFeed"), ("feeds-createFeed", "createFeed")):
        recipe = json.loads((recipes / f"{name}.json").read_bytes())
        assert read_by_example(amazon, operation, recipe)


@pytest.mark.parametrize("status", [400, 403, 404])
def test_every_example_of_a_refusal_is_understood(
    amazon: AmazonByExample, shared: Path, status: int
) -> None:
    kinds = {400: Refused, 403: Unauthorised, 404: NotFound}
    understood = 0
    for operation, exchange in cases_of(shared):
        if exchange.status != status or operation in NONE_WHERE_NOT_FOUND:
            continue
        body = exchange.response_body
        errors = body if isinstance(body, list) else body.get("errors", [])
        account = amazon.on(operation, body, status).account()
        with pytest.raises(kinds[status]) as raised:
            READINGS[operation].call(account, GOOD)
        assert all(one["message"] in raised.value.why for one in errors), operation
        understood += 1
    assert understood or status != 400


NONE_WHERE_NOT_FOUND = ("getListingsItem", "getCatalogItem", "getSubscription")
#: What a call needs to know of a good answer, to ask the same.
GOOD = {
    "asin": "B01",
    "schema": {"checksum": ""},
    "items": [{"identifiers": [{"identifiers": [{"identifier": "4006381333931"}]}]}],
}
