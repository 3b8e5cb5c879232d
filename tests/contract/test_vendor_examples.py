"""The judge finds the vendors' own examples valid, but for the few that break their own schema."""

import csv
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from vendor_specifications import Exchange, Judge, Violation

AMAZON_MODELS = (
    "listingsItems_2021-08-01",
    "listingsRestrictions_2021-08-01",
    "definitionsProductTypes_2020-09-01",
    "catalogItems_2022-04-01",
    "feeds_2021-06-30",
    "reports_2021-06-30",
    "orders_2026-01-01",
    "ordersV0",
    "sellers",
    "fbaInventory",
    "notifications",
)
AMAZON_BAD_EXAMPLES = {
    "getAccount 200 #0": "lacks the marketplace's currency and language, which are required",
    "getAccount 200 #1": "lacks the marketplace's currency and language, which are required",
    "getMarketplaceParticipations 200 #1": "shows the list without the payload around it",
    "getOrderItemsBuyerInfo 200 #1": "shows the fields of an item in place of the payload's",
}
BIGCOMMERCE_BAD_EXAMPLES = {
    "category_trees_catalog_get_catalog_trees_tree_id_categories_200_example.json": (
        "a child category is the word 'string'"
    ),
    "product_modifiers_catalog_post_catalog_products_product_id_modifiers_request_example.json": (
        "sends option values with the fields of an answer"
    ),
    "products_catalog_put_catalog_products_request_example.json": (
        "sends image_file, which only the form upload of an image takes"
    ),
    "orders_put_orders_order_id_request_Adding_an_existing_product_to_order.json": (
        "sends an option's value as a number, described and typed as a string"
    ),
    "orders_put_orders_order_id_request_Removing_a_product_from_an_order.json": (
        "sends an option's value as a number, described and typed as a string"
    ),
    "orders_put_orders_order_id_request_Adding_a_new_fee_no_ID_while_retaining_existing_fees_with_ID"
    ".json": "misspells cost_ex_tax",
    "orders_put_orders_order_id_request_Updating_order_fees_all_fees_provided_with_IDs_and_attributes"
    ".json": "misspells cost_ex_tax",
    "orders_post_orders_request_Create_an_order_with_fees_include_the_fees_object_as_shown_with_rest_"
    "of_the_payload.json": "misspells cost_ex_tax",
    "settings_put_settings_email_statuses_request_Example.json": (
        "names four e-mails that the schema lacks"
    ),
}
# Cases that Amazon's static sandbox refuses with 400 for what stands in their body.
AMAZON_REFUSED = {
    "createFeed": "request body /feedType",
    "createFeedDocument": "request body /contentType",
    "createReportSchedule": "request body /marketplaceIds",
    "confirmShipment": "request body /packageDetail/shipDate",
}


def test_amazons_static_sandbox_answers_are_valid(judge: Judge, shared: Path) -> None:
    judged = 0
    invalid: dict[str, list[Violation]] = {}
    for name, exchange in amazon_cases(shared):
        judged += 1
        if found := about(("status", "response body"), judge.violations(exchange)):
            invalid[name] = found
    assert invalid.keys() == AMAZON_BAD_EXAMPLES.keys(), invalid
    assert judged - len(invalid) >= 113, f"{judged - len(invalid)} of {judged} are valid"


def test_requests_that_amazons_sandbox_accepts_are_valid(judge: Judge, shared: Path) -> None:
    judged = 0
    for name, exchange in amazon_cases(shared):
        if exchange.status >= 400:
            continue
        judged += 1
        found = about(("query", "path", "request body"), judge.violations(exchange))
        # A case shows only the parameters that the sandbox looks at.
        missing = ("required", "exactly one of")
        assert [each for each in found if not each.message.startswith(missing)] == [], name
    assert judged >= 45


def test_bodies_that_amazons_sandbox_refuses_are_violations(judge: Judge, shared: Path) -> None:
    found: dict[str, set[str]] = {}
    for name, exchange in amazon_cases(shared):
        if exchange.status == 400 and isinstance(exchange.request_body, dict):
            places = found.setdefault(name.split()[0], set())
            places |= {each.where for each in judge.violations(exchange)}

    missed = {
        name: found.get(name)
        for name, place in AMAZON_REFUSED.items()
        if place not in found.get(name, ())
    }
    assert missed == {}


def test_bigcommerces_examples_are_valid(judge: Judge, shared: Path) -> None:
    judged = 0
    invalid: dict[str, list[Violation]] = {}
    for name, part, exchange in bigcommerce_examples(shared, judge):
        judged += 1
        if found := about((part,), judge.violations(exchange)):
            invalid[name] = found
    assert invalid.keys() == BIGCOMMERCE_BAD_EXAMPLES.keys(), invalid
    assert judged - len(invalid) >= 300, f"{judged - len(invalid)} of {judged} examples are valid"


def about(places: tuple[str, ...], violations: list[Violation]) -> list[Violation]:
    return [each for each in violations if each.where.startswith(places)]


def amazon_cases(shared: Path) -> Iterator[tuple[str, Exchange]]:
    """Every sandbox case and example of the models, by operation, status and number."""
    for path in sorted((shared / "specs/amazon/models").rglob("*.json")):
        if path.stem not in AMAZON_MODELS:
            continue
        model = json.loads(path.read_text(encoding="utf-8"))
        for template, item in model["paths"].items():
            for method in item.keys() & {"get", "put", "post", "patch", "delete"}:
                for status, answer in item[method]["responses"].items():
                    cases = [
                        *answer.get("x-amzn-api-sandbox", {}).get("static", []),
                        *({"response": each} for each in answer.get("examples", {}).values()),
                    ]
                    for number, case in enumerate(cases):
                        name = f"{item[method]['operationId']} {status} #{number}"
                        yield name, amazon_exchange(method, template, int(status), case)


def amazon_exchange(method: str, template: str, status: int, case: Mapping[str, Any]) -> Exchange:
    given = {
        name: each["value"]
        for name, each in case.get("request", {}).get("parameters", {}).items()
        if "value" in each
    }
    body = given.pop("body", None)
    path = re.sub(r"{(\w+)}", lambda found: str(given.pop(found[1], "X")), template)
    query = {
        name: ",".join(map(str, value)) if isinstance(value, list) else value
        for name, value in given.items()
    }
    return Exchange(
        "amazon", method, path, urlencode(query),
        {"x-amz-access-token": "t", "content-type": "application/json"},
        body, status, {}, case.get("response") if status != 204 else None,
    )  # fmt: skip


def bigcommerce_examples(shared: Path, judge: Judge) -> Iterator[tuple[str, str, Exchange]]:
    """Every example of the files, with the part of the exchange that it shows."""
    examples = shared / "specs/bigcommerce/examples"
    with (examples / "INDEX.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            body = json.loads((examples / row["file"]).read_text(encoding="utf-8"))
            is_request = row["part"] == "request"
            version = "v2" if ".v2." in row["spec"] else "v3"
            path = re.sub(r"{\w+}", "1", f"/stores/hash/{version}{row['path']}")
            yield row["file"], "request body" if is_request else "response body", Exchange(
                "bigcommerce", row["method"], path, "",
                {"x-auth-token": "t", "content-type": "application/json"},
                body if is_request else None,
                500 if is_request else int(row["part"]),
                {}, None if is_request else body,
            )  # fmt: skip
