"""The examples of Amazon's models that our operations may be answered with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from amazon_by_example import DOCUMENTS, AmazonByExample
from amazon_readings import READINGS
from test_vendor_examples import AMAZON_BAD_EXAMPLES, amazon_cases
from vendor_specifications import Exchange, Judge

US = "ATVPDKIKX0DER"
PROCESSING_REPORT = (
    "specs/amazon/schemas/feeds/listings-feed-processing-report-schema-v2.example.json"
)
_OTHER_APIS = ("/orders/v0/", "/listings/2020-09-01/")

Example = tuple[str, Any]


def cases_of(shared: Path) -> list[tuple[str, Exchange]]:
    """Every good example of our operations, by operation."""
    return [
        (name.split()[0], exchange)
        for name, exchange in amazon_cases(shared)
        if name not in AMAZON_BAD_EXAMPLES
        and name.split()[0] in READINGS
        and not exchange.path.startswith(_OTHER_APIS)
    ]


def examples_of(shared: Path) -> list[Example]:
    """Every example of a success."""
    return [(name, one.response_body) for name, one in cases_of(shared) if one.status < 300]


def amazon_of_models(judge: Judge, shared: Path) -> AmazonByExample:
    """Answers each operation with the first example that its model has."""
    made = AmazonByExample(judge)
    made.content = (shared / PROCESSING_REPORT).read_bytes()
    statuses = {"createFeedDocument": 201, "createFeed": 202, "createReport": 202}
    for operation, body in reversed(examples_of(shared)):
        made.on(operation, body, statuses.get(operation, 200))
    made.on("createFeedDocument", {"feedDocumentId": "d1", "url": DOCUMENTS}, 201)
    made.on("createReport", {"reportId": "r1"}, 202)
    made.on("confirmShipment", None, 204)
    made.on("getFeedDocument", {"feedDocumentId": "d1", "url": DOCUMENTS})
    made.on("getReportDocument", {"reportDocumentId": "d1", "url": DOCUMENTS})
    granularity = {"granularityType": "Marketplace", "granularityId": US}
    stock = {"granularity": granularity, "inventorySummaries": [{"sellerSku": "S1"}]}
    return made.on("getInventorySummaries", {"payload": stock})


def read_by_example(amazon: AmazonByExample, operation: str, body: Any) -> Any:
    status, _ = amazon.answers[operation]
    return READINGS[operation].call(amazon.on(operation, body, status).account(), body)
