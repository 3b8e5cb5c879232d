"""The judge finds planted faults, each at its place, and lets pass what the vendors let pass."""

import json
from copy import deepcopy
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from vendor_specifications import KNOWN, Exchange, Judge, read_exchanges

HEADERS = {"X-Amz-Access-Token": "t", "X-Auth-Token": "t", "Content-Type": "application/json"}
LISTING = "/listings/2021-08-01/items/A1/SKU%2F1"
ORDERS = "/stores/abc/v2/orders"

PUT_LISTING = Exchange(
    "amazon",
    "PUT",
    LISTING,
    "marketplaceIds=ATVPDKIKX0DER&mode=VALIDATION_PREVIEW&includedData=identifiers,issues",
    HEADERS,
    {"productType": "HOME", "requirements": "LISTING", "attributes": {"any_name": [{"value": 1}]}},
    200,
    {},
    {"sku": "SKU/1", "status": "VALID", "submissionId": "s", "issues": []},
)
SEARCH_ORDERS = Exchange(
    "amazon",
    "GET",
    "/orders/2026-01-01/orders",
    "createdAfter=2026-01-01T00%3A00%3A00Z&fulfillmentStatuses=UNSHIPPED,SHIPPED",
    HEADERS,
    None,
    200,
    {},
    {"orders": []},
)
GET_PRODUCTS = Exchange(
    "bigcommerce",
    "GET",
    "/stores/abc/v3/catalog/products",
    "limit=250&include=variants,images&id:in=1,2&page=1",
    HEADERS,
    None,
    200,
    {},
    {"data": [{"id": 1, "name": "Cup", "price": 4.5, "base_variant_id": 3}], "meta": {}},
)
CREATE_ORDER = Exchange(
    "bigcommerce",
    "POST",
    ORDERS,
    "",
    HEADERS,
    {
        "billing_address": {"zip": "98101", "country_iso2": "US"},
        "products": [
            {"product_id": 7, "variant_id": 8, "quantity": 1, "price_inc_tax": 2.5},
            {"name": "Cup", "sku": "C", "quantity": 1, "price_inc_tax": 2, "price_ex_tax": 2},
        ],
        "shipping_cost_inc_tax": "4.99",
        "shipping_cost_ex_tax": 4.99,
    },
    200,
    {},
    {"id": 100, "status_id": 11, "date_created": "Tue, 24 Nov 2026 10:00:00 +0000"},
)
VALID = {
    "listing put": PUT_LISTING,
    "orders searched": SEARCH_ORDERS,
    "products read": GET_PRODUCTS,
    "order created": CREATE_ORDER,
}

QUERIES = [
    (PUT_LISTING, "marketplaceIds=A&colour=red", "query colour"),
    (PUT_LISTING, "marketplaceIds=A,B", "query marketplaceIds"),
    (PUT_LISTING, "marketplaceIds=A&marketplaceIds=B", "query marketplaceIds"),
    (PUT_LISTING, "mode=VALIDATION_PREVIEW", "query marketplaceIds"),
    (PUT_LISTING, "marketplaceIds=A&mode=PREVIEW", "query mode"),
    (SEARCH_ORDERS, "createdAfter=2026-01-01", "query createdAfter"),
    (SEARCH_ORDERS, "maxResultsPerPage=101", "query maxResultsPerPage"),
    (SEARCH_ORDERS, "", "query createdAfter"),
    (SEARCH_ORDERS, "createdAfter=2026-01-01T00:00:00Z&lastUpdatedAfter=x", "query createdAfter"),
    (SEARCH_ORDERS, "fulfillmentStatuses=SHIPPED,LOST", "query fulfillmentStatuses/1"),
    (GET_PRODUCTS, "limit=251", "query limit"),
    (GET_PRODUCTS, "limit=many", "query limit"),
    (GET_PRODUCTS, "include=variants,prices", "query include/1"),
    (GET_PRODUCTS, "id:in=1,two", "query id:in/1"),
    (GET_PRODUCTS, "variant_sku=C", "query variant_sku"),
]
REMOVED = object()
BODIES = [
    (PUT_LISTING, "request_body", ("productType",), REMOVED),
    (PUT_LISTING, "request_body", ("productType",), 7),
    (PUT_LISTING, "request_body", ("requirements",), "ALL"),
    (PUT_LISTING, "request_body", ("sku",), "SKU/1"),
    (PUT_LISTING, "response_body", ("submissionId",), REMOVED),
    (PUT_LISTING, "response_body", ("status",), "FINE"),
    (SEARCH_ORDERS, "response_body", ("orders", 0), {"orderId": "1"}),
    (CREATE_ORDER, "request_body", ("billing_address", "zip"), REMOVED),
    (CREATE_ORDER, "request_body", ("products", 0, "quantity"), "one"),
    (CREATE_ORDER, "request_body", ("products", 0, "sku"), "C"),
    (CREATE_ORDER, "request_body", ("amazon_order_id",), "1"),
    (GET_PRODUCTS, "response_body", ("data", 0, "date_modified"), "yesterday"),
    (GET_PRODUCTS, "response_body", ("data", 0, "id"), "1"),
    (GET_PRODUCTS, "response_body", ("data", 0, "price"), "4.50"),
]


@pytest.mark.parametrize("name", VALID)
def test_a_valid_exchange_has_no_violation(judge: Judge, name: str) -> None:
    assert judge.violations(VALID[name]) == []


@pytest.mark.parametrize(("exchange", "query", "where"), QUERIES)
def test_a_fault_in_the_query_is_found(
    judge: Judge, exchange: Exchange, query: str, where: str
) -> None:
    assert where in places(judge, replace(exchange, query=query))


@pytest.mark.parametrize(("exchange", "part", "path", "value"), BODIES)
def test_a_fault_in_a_body_is_found_at_its_place(
    judge: Judge, exchange: Exchange, part: str, path: tuple[str | int, ...], value: object
) -> None:
    body = planted(getattr(exchange, part), path, value)

    found = places(judge, replace(exchange, **{part: body}))

    where = f"{part.replace('_', ' ')} {''.join(f'/{step}' for step in path)}"
    assert found
    assert all(place.startswith(where) for place in found)


def test_too_many_identifiers_are_found(judge: Judge) -> None:
    identifiers = ",".join(f"S{number}" for number in range(21))
    search = replace(
        SEARCH_ORDERS,
        path="/listings/2021-08-01/items/A1",
        query=f"marketplaceIds=A&identifiersType=SKU&identifiers={identifiers}",
        response_body={"numberOfResults": 0, "items": []},
    )

    assert places(judge, search) == ["query identifiers"]


@pytest.mark.parametrize(
    ("exchange", "where"),
    [
        (replace(PUT_LISTING, status=418), "status 418"),
        (replace(GET_PRODUCTS, status=302), "status 302"),
        (replace(PUT_LISTING, path="/listings/2021-08-01/offers"), "path"),
        (replace(GET_PRODUCTS, path="/stores/abc/v3/catalog/goods"), "path"),
        (replace(GET_PRODUCTS, path="/stores/abc/v3/catalog/products/one"), "path product_id"),
        (replace(CREATE_ORDER, method="PATCH"), "path"),
        (replace(PUT_LISTING, request_body=None), "request body"),
        (replace(GET_PRODUCTS, request_body={}), "request body"),
        (replace(PUT_LISTING, request_headers={}), "header x-amz-access-token"),
        (replace(CREATE_ORDER, request_headers={"X-Auth-Token": "t"}), "header content-type"),
        (replace(GET_PRODUCTS, method="DELETE", query="id:in=1", status=204), "response body"),
    ],
)
def test_a_fault_around_the_bodies_is_found(judge: Judge, exchange: Exchange, where: str) -> None:
    assert where in places(judge, exchange)


def test_a_violation_names_vendor_operation_and_place(judge: Judge) -> None:
    (violation,) = judge.violations(replace(PUT_LISTING, query="marketplaceIds=A,B"))

    assert str(violation).startswith(
        "amazon putListingsItem (PUT /listings/2021-08-01/items/{sellerId}/{sku}): "
        "query marketplaceIds: "
    )


@pytest.mark.parametrize("status", [401, 403, 429, 503])
def test_any_bigcommerce_operation_may_refuse_or_break(judge: Judge, status: int) -> None:
    assert judge.violations(replace(GET_PRODUCTS, status=status, response_body="busy")) == []


def test_a_list_filter_takes_several_values_whatever_its_type(judge: Judge) -> None:
    items = replace(
        GET_PRODUCTS,
        path="/stores/abc/v3/inventory/items",
        query="variant_id:in=1,2,3",
        response_body={"data": []},
    )

    assert judge.violations(items) == []
    assert places(judge, replace(items, query="variant_id:in=1,x")) == ["query variant_id:in/1"]


@pytest.mark.parametrize("path", ["/auth/o2/token", "/documents/a.b", "/product-type-schemas/a"])
def test_what_no_operation_serves_is_not_judged(judge: Judge, path: str) -> None:
    assert judge.violations(replace(PUT_LISTING, path=path, request_body="a=b")) == []


def test_feeds_and_processing_reports_are_judged_as_documents(judge: Judge, shared: Path) -> None:
    schemas = shared / "specs/amazon/schemas/feeds"
    feed, report = (
        json.loads((schemas / f"{name}.example.json").read_text(encoding="utf-8"))
        for name in ("listings-feed-schema-v2", "listings-feed-processing-report-schema-v2")
    )
    upload = replace(PUT_LISTING, path="/documents/a", request_body=feed, response_body=None)
    download = replace(upload, method="GET", request_body=None, response_body=report)
    bad_feed = planted(feed, ("messages", 0, "sku"), REMOVED)
    bad_report = planted(report, ("summary", "messagesAccepted"), "all")

    assert judge.violations(upload) == judge.violations(download) == []
    assert places(judge, replace(upload, request_body=bad_feed)) == ["request body /messages/0/sku"]
    assert places(judge, replace(download, response_body=bad_report)) == [
        "response body /summary/messagesAccepted"
    ]


def test_every_known_contradiction_is_one_and_is_excused(judge: Judge) -> None:
    strict = Judge(judge.operations, judge.feed_documents, known=())
    excused = set()
    for exchange in contradicting():
        assert judge.violations(exchange) == []
        (violation,) = strict.violations(exchange)
        address = violation.operation.partition(" (")[2].rstrip(")")
        excused |= {number for number, each in enumerate(KNOWN) if each.excuses(violation, address)}
    assert excused == set(range(len(KNOWN)))


def test_contradictions_name_operations_that_exist(judge: Judge) -> None:
    for known in KNOWN:
        for address in known.addresses:
            assert judge.operations.at(known.vendor, address).address == address


def test_exchanges_are_read_one_to_a_line(tmp_path: Path) -> None:
    file = tmp_path / "exchanges.ndjson"
    file.write_text("".join(f"{json.dumps(asdict(each))}\n" for each in VALID.values()))

    assert list(read_exchanges(file)) == list(VALID.values())


def places(judge: Judge, exchange: Exchange) -> list[str]:
    return [each.where for each in judge.violations(exchange)]


def planted(body: object, path: tuple[str | int, ...], value: object) -> object:
    """The body with the value at the path, or without it where it is REMOVED."""
    changed: Any = deepcopy(body)
    *outer, last = path
    holder = changed
    for step in outer:
        holder = holder[step]
    if value is REMOVED:
        del holder[last]
    elif isinstance(holder, list):
        holder.insert(int(last), value)
    else:
        holder[last] = value
    return changed


def contradicting() -> list[Exchange]:
    """One exchange for each known contradiction, right in all else."""
    one_order = replace(GET_PRODUCTS, path=f"{ORDERS}/100", query="", response_body=None)
    shipment = {"order_address_id": 1, "items": [{"order_product_id": 1, "quantity": 1}]}
    ship = replace(CREATE_ORDER, path=f"{ORDERS}/100/shipments", request_body=shipment)
    cup = ("products", 1, "price_ex_tax")
    base_variant = planted(GET_PRODUCTS.response_body, ("data", 0, "base_variant_id"), None)
    return [
        replace(CREATE_ORDER, status=201),
        replace(CREATE_ORDER, status=409, response_body=[{"status": 409, "message": "stock"}]),
        replace(CREATE_ORDER, request_body=planted(CREATE_ORDER.request_body, cup, "2.50")),
        replace(ship, status=400, response_body=[{"status": 400, "message": "address"}]),
        replace(one_order, path=f"{ORDERS}/100/products", status=404),
        replace(one_order, path=f"{ORDERS}/100/products", status=204),
        replace(one_order, path=ORDERS, query="sort=id:desc", response_body=[]),
        replace(GET_PRODUCTS, response_body=base_variant),
        replace(
            GET_PRODUCTS,
            path="/stores/abc/v3/inventory/items",
            query="",
            response_body={"data": [{"identity": {"variant_id": 8, "sku_id": None}}]},
        ),
        replace(
            GET_PRODUCTS,
            path="/stores/abc/v3/hooks",
            query="",
            response_body={"data": [], "meta": {}},
        ),
    ]
