"""Amazon's usage plans: the buckets that a call of each operation draws from.

Every operation has a bucket for each selling partner of our application; some have one more for the
whole application, and changes of product data or relationships draw from further ones. Sources: the
operations' descriptions in Amazon's models, and the pages *-rate-limits at
developer-docs.amazon.com/sp-api/docs; where they disagree on a burst, the smaller one stands here.
A rate that differs in reality is told by the header x-amzn-RateLimit-Limit, a burst by nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from affluent.domain import attributes as amazon
from affluent.domain.variation import RELATIONSHIP_ATTRIBUTES
from connectors.http.quota import Bucket

RATE_HEADER: Final = "x-amzn-ratelimit-limit"

#: Calls per second and burst, for one selling partner.
_ACCOUNT: Final = {
    "cancelFeed": (2.0, 15),
    "cancelReport": (0.0222, 10),
    "confirmShipment": (2.0, 10),
    "createDestination": (1.0, 5),
    "createFeed": (0.0083, 15),
    "createFeedDocument": (0.5, 15),
    "createReport": (0.0167, 15),
    "createSubscription": (1.0, 5),
    "deleteDestination": (1.0, 5),
    "deleteListingsItem": (5.0, 5),
    "deleteSubscriptionById": (1.0, 5),
    "getCatalogItem": (2.0, 2),
    "getDefinitionsProductType": (5.0, 5),
    "getDestination": (1.0, 5),
    "getDestinations": (1.0, 5),
    "getFeed": (2.0, 15),
    "getFeedDocument": (0.0222, 10),
    "getFeeds": (0.0222, 10),
    "getInventorySummaries": (2.0, 2),
    "getListingsItem": (5.0, 5),
    "getListingsRestrictions": (5.0, 10),
    "getMarketplaceParticipations": (0.016, 15),
    "getOrder": (0.5, 30),
    "getReport": (2.0, 15),
    "getReportDocument": (0.0167, 15),
    "getReports": (0.0222, 10),
    "getSubscription": (1.0, 5),
    "getSubscriptionById": (1.0, 5),
    "patchListingsItem": (5.0, 5),
    "putListingsItem": (5.0, 5),
    "searchCatalogItems": (2.0, 2),
    "searchDefinitionsProductTypes": (5.0, 5),
    "searchListingsItems": (5.0, 5),
    "searchOrders": (0.0056, 20),
}

#: Calls per second, for all accounts of the application together.
_APPLICATION: Final = {
    "deleteListingsItem": 100.0,
    "getCatalogItem": 250.0,
    "getDefinitionsProductType": 100.0,
    "getListingsItem": 100.0,
    "getListingsRestrictions": 100.0,
    "patchListingsItem": 500.0,
    "putListingsItem": 100.0,
    "searchCatalogItems": 500.0,
    "searchDefinitionsProductTypes": 100.0,
}

PREVIEW: Final = "preview"
PRODUCT_DATA: Final = "product data"
RELATIONSHIPS: Final = "relationships"

#: The same for one kind of call only. Amazon raised the relationships' 5 on 2025-06-30, as it says
#: in its samples' discussion 109 to 100.
_APPLICATION_BY_KIND: Final = {
    ("patchListingsItem", PREVIEW): 20.0,
    ("patchListingsItem", PRODUCT_DATA): 100.0,
    ("patchListingsItem", RELATIONSHIPS): 100.0,
    ("putListingsItem", PREVIEW): 20.0,
    ("putListingsItem", RELATIONSHIPS): 25.0,
}

# 5 in 5 minutes. The header of createFeed tells the plan of all other feed types.
_LISTINGS_FEED: Final = Bucket("createFeed:JSON_LISTINGS_FEED", 5 / 300, 5, rate_is_told=False)

_OFFER_ATTRIBUTES: Final = frozenset(
    {
        amazon.ASIN,
        amazon.AVAILABILITY,
        amazon.CONDITION,
        amazon.OFFER,
        "list_price",
        "merchant_shipping_group",
    }
)


def plan_of(operation: str, payload: Mapping[str, Any]) -> str:
    """The plan of a put or patch, by the attributes that its payload writes."""
    written = set(payload.get("attributes", ())) | {
        str(patch["path"]).rpartition("/")[2] for patch in payload.get("patches", ())
    }
    if written & RELATIONSHIP_ATTRIBUTES:
        return _plan(operation, RELATIONSHIPS)
    return _plan(operation, PRODUCT_DATA) if written - _OFFER_ATTRIBUTES else operation


def preview_of(operation: str) -> str:
    """The plan of a put or patch that only asks for Amazon's opinion."""
    return _plan(operation, PREVIEW)


def _plan(operation: str, kind: str) -> str:
    return f"{operation}: {kind}" if (operation, kind) in _APPLICATION_BY_KIND else operation


def _shared(name: str, rate: float) -> Bucket:
    """An application's bucket. No burst is published for it: one second's calls are assumed."""
    return Bucket(name, rate, int(rate), rate_is_told=False, is_shared=True)


def _plans() -> dict[str, tuple[Bucket, ...]]:
    plans: dict[str, tuple[Bucket, ...]] = {}
    for operation, (rate, burst) in _ACCOUNT.items():
        plans[operation] = (Bucket(operation, rate, burst),)
        if operation in _APPLICATION:
            plans[operation] += (_shared(operation, _APPLICATION[operation]),)
    plans["createFeed"] = (_LISTINGS_FEED,)
    for (operation, kind), rate in _APPLICATION_BY_KIND.items():
        plan = _plan(operation, kind)
        plans[plan] = (*plans[operation], _shared(plan, rate))
    return plans


_PLANS: Final = _plans()


def buckets_of(plan: str) -> tuple[Bucket, ...]:
    """The buckets that a call of the plan draws from, the account's own first."""
    return _PLANS[plan]
