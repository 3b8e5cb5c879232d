"""Rules that the specifications only speak of: each is broken once, and kept once."""

import pytest
from vendor_specifications import Exchange, Judge
from vendor_specifications.exchanges import Vendor
from vendor_specifications.spoken_rules import RULES

ORDERS = "/orders/2026-01-01/orders"
LISTINGS = "/listings/2021-08-01/items/A1"
CATALOG = "/catalog/2022-04-01/items"
PRODUCT_TYPES = "/definitions/2020-09-01/productTypes"
FEEDS = "/feeds/2021-06-30/feeds"
REPORTS = "/reports/2021-06-30/reports"
INVENTORY = "/stores/abc/v3/inventory"
WHEN = "2026-01-01T00:00:00Z"


def get(vendor: Vendor, path: str, query: str) -> Exchange:
    return send(vendor, "GET", path, None, query)


def send(vendor: Vendor, method: str, path: str, body: object | None, query: str = "") -> Exchange:
    headers = {"x-amz-access-token": "", "x-auth-token": "", "content-type": "application/json"}
    errors = {"errors": [{"code": "InternalFailure", "message": "Try again."}]}
    return Exchange(vendor, method, path, query, headers, body, 500, {}, errors)


def adjustment(count: int) -> dict[str, object]:
    item = {"location_id": 1, "variant_id": 2, "quantity": 3}
    return {"reason": "count", "items": [item] * count}


BROKEN = [
    (get("amazon", ORDERS, ""), "query createdAfter"),
    (
        get("amazon", ORDERS, f"createdBefore={WHEN}&lastUpdatedAfter={WHEN}"),
        "query createdBefore",
    ),
    (
        get("amazon", ORDERS, f"createdAfter={WHEN}&lastUpdatedBefore={WHEN}"),
        "query lastUpdatedBefore",
    ),
    (
        get("amazon", ORDERS, f"createdAfter={WHEN}&maxResultsPerPage=101"),
        "query maxResultsPerPage",
    ),
    (
        get(
            "amazon",
            LISTINGS,
            "marketplaceIds=M&identifiersType=SKU&identifiers=A&variationParentSku=B",
        ),
        "query identifiers",
    ),
    (get("amazon", LISTINGS, "marketplaceIds=M&identifiers=A"), "query identifiersType"),
    (
        get("amazon", CATALOG, "marketplaceIds=M&identifiersType=EAN&identifiers=1&keywords=cup"),
        "query identifiers",
    ),
    (
        get("amazon", CATALOG, "marketplaceIds=M&identifiersType=SKU&identifiers=1"),
        "query sellerId",
    ),
    (
        get("amazon", PRODUCT_TYPES, "marketplaceIds=M&keywords=cup&itemName=Cup"),
        "query keywords",
    ),
    (get("amazon", FEEDS, "nextToken=t&pageSize=10"), "query nextToken"),
    (get("amazon", FEEDS, "pageSize=10"), "query feedTypes"),
    (get("amazon", REPORTS, "pageSize=10"), "query reportTypes"),
    (get("bigcommerce", f"{INVENTORY}/items", "limit=1001"), "query limit"),
    (
        send("bigcommerce", "PUT", f"{INVENTORY}/adjustments/absolute", adjustment(2001)),
        "request body /items",
    ),
    (
        send(
            "bigcommerce",
            "PUT",
            f"{INVENTORY}/locations/1/items",
            {"settings": [{"identity": {"sku": "A"}, "safety_stock": 1}] * 2001},
        ),
        "request body /settings",
    ),
    (
        send("bigcommerce", "PUT", "/stores/abc/v3/catalog/products", [{"id": 1}] * 11),
        "request body",
    ),
    (
        send("bigcommerce", "PUT", "/stores/abc/v3/catalog/variants", [{"id": 1}] * 51),
        "request body",
    ),
]
KEPT = [
    get("amazon", ORDERS, f"lastUpdatedAfter={WHEN}&maxResultsPerPage=100"),
    get("amazon", CATALOG, "marketplaceIds=M&identifiersType=SKU&identifiers=1&sellerId=A1"),
    get("amazon", FEEDS, "nextToken=t"),
    get("bigcommerce", f"{INVENTORY}/items", "limit=1000"),
    send("bigcommerce", "PUT", f"{INVENTORY}/adjustments/absolute", adjustment(2000)),
    send("bigcommerce", "PUT", "/stores/abc/v3/catalog/products", [{"id": 1}] * 10),
]


@pytest.mark.parametrize(("exchange", "where"), BROKEN)
def test_a_broken_rule_is_the_only_violation(judge: Judge, exchange: Exchange, where: str) -> None:
    assert [each.where for each in judge.violations(exchange)] == [where]


@pytest.mark.parametrize("exchange", KEPT)
def test_a_kept_rule_is_no_violation(judge: Judge, exchange: Exchange) -> None:
    assert judge.violations(exchange) == []


def test_every_rule_is_of_an_operation_that_exists_and_is_broken_above(judge: Judge) -> None:
    messages = {each.message for exchange, _ in BROKEN for each in judge.violations(exchange)}

    assert {rule.message for rule in RULES} <= messages
    for rule in RULES:
        for address in rule.addresses:
            vendor: Vendor = "bigcommerce" if address.split()[1].startswith("/v") else "amazon"
            assert judge.operations.at(vendor, address).address == address
