"""Rules that the specifications state in the words of a description, not in a schema.

Only rules about one request stand here: limits, and which query parameters go together. How often
or in which order requests may come is not theirs to judge.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from .exchanges import Exchange
from .faults import Fault

Query = Mapping[str, str]


@dataclass(frozen=True)
class SpokenRule:
    """`is_broken` is told the query and the request's body."""

    addresses: tuple[str, ...]
    where: str
    message: str
    is_broken: Callable[[Query, Any], bool]


def spoken_faults(address: str, exchange: Exchange) -> Iterator[Fault]:
    """The faults of a request to the operation at this address."""
    query = dict(parse_qsl(exchange.query, keep_blank_values=True))
    for rule in RULES:
        if address in rule.addresses and rule.is_broken(query, exchange.request_body):
            yield Fault(rule.where, rule.message)


def _above(name: str, limit: int) -> Callable[[Query, Any], bool]:
    return lambda query, _: query.get(name, "").isdecimal() and int(query[name]) > limit


def _together(*names: str) -> Callable[[Query, Any], bool]:
    return lambda query, _: sum(name in query for name in names) > 1


def _without(name: str, needed: str) -> Callable[[Query, Any], bool]:
    return lambda query, _: name in query and needed not in query


def _accompanied(name: str) -> Callable[[Query, Any], bool]:
    return lambda query, _: name in query and len(query) > 1


def _none_of(*names: str) -> Callable[[Query, Any], bool]:
    return lambda query, _: not any(name in query for name in names)


def _longer(name: str | None, limit: int) -> Callable[[Query, Any], bool]:
    """A list in the body, or the body itself, with more items than the limit."""

    def is_longer(_: Query, body: Any) -> bool:
        listed = body.get(name) if name and isinstance(body, dict) else body
        return isinstance(listed, list) and len(listed) > limit

    return is_longer


SEARCH_ORDERS = ("GET /orders/2026-01-01/orders",)
SEARCH_LISTINGS = ("GET /listings/2021-08-01/items/{sellerId}",)
SEARCH_CATALOG = ("GET /catalog/2022-04-01/items",)
SEARCH_PRODUCT_TYPES = ("GET /definitions/2020-09-01/productTypes",)
PAGED_BY_TOKEN = ("GET /feeds/2021-06-30/feeds", "GET /reports/2021-06-30/reports")
ADJUSTMENTS = ("PUT /v3/inventory/adjustments/absolute", "POST /v3/inventory/adjustments/relative")
INVENTORY = ("GET /v3/inventory/items", "GET /v3/inventory/locations/{location_id}/items")

RULES = (
    SpokenRule(
        SEARCH_ORDERS,
        "query createdAfter",
        "exactly one of createdAfter and lastUpdatedAfter",
        lambda query, _: ("createdAfter" in query) == ("lastUpdatedAfter" in query),
    ),
    SpokenRule(
        SEARCH_ORDERS,
        "query createdBefore",
        "not beside lastUpdatedAfter",
        _together("createdBefore", "lastUpdatedAfter"),
    ),
    SpokenRule(
        SEARCH_ORDERS,
        "query lastUpdatedBefore",
        "not beside createdAfter",
        _together("lastUpdatedBefore", "createdAfter"),
    ),
    SpokenRule(
        SEARCH_ORDERS,
        "query maxResultsPerPage",
        "at most 100",
        _above("maxResultsPerPage", 100),
    ),
    SpokenRule(
        SEARCH_LISTINGS,
        "query identifiers",
        "only one of identifiers, variationParentSku and packageHierarchySku",
        _together("identifiers", "variationParentSku", "packageHierarchySku"),
    ),
    SpokenRule(
        SEARCH_LISTINGS + SEARCH_CATALOG,
        "query identifiersType",
        "required beside identifiers",
        _without("identifiers", "identifiersType"),
    ),
    SpokenRule(
        SEARCH_CATALOG,
        "query identifiers",
        "not beside keywords",
        _together("identifiers", "keywords"),
    ),
    SpokenRule(
        SEARCH_CATALOG,
        "query sellerId",
        "required where identifiersType is SKU",
        lambda query, _: query.get("identifiersType") == "SKU" and "sellerId" not in query,
    ),
    SpokenRule(
        SEARCH_PRODUCT_TYPES,
        "query keywords",
        "not beside itemName",
        _together("keywords", "itemName"),
    ),
    SpokenRule(
        PAGED_BY_TOKEN,
        "query nextToken",
        "must be the only parameter",
        _accompanied("nextToken"),
    ),
    SpokenRule(
        PAGED_BY_TOKEN[:1],
        "query feedTypes",
        "required without nextToken",
        _none_of("feedTypes", "nextToken"),
    ),
    SpokenRule(
        PAGED_BY_TOKEN[1:],
        "query reportTypes",
        "required without nextToken",
        _none_of("reportTypes", "nextToken"),
    ),
    SpokenRule(ADJUSTMENTS, "request body /items", "at most 2000", _longer("items", 2000)),
    SpokenRule(INVENTORY, "query limit", "at most 1000", _above("limit", 1000)),
    SpokenRule(
        ("PUT /v3/inventory/locations/{location_id}/items",),
        "request body /settings",
        "at most 2000",
        _longer("settings", 2000),
    ),
    SpokenRule(("PUT /v3/catalog/products",), "request body", "at most 10", _longer(None, 10)),
    SpokenRule(("PUT /v3/catalog/variants",), "request body", "at most 50", _longer(None, 50)),
)
