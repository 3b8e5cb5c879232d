"""Amazon's usage plans: calls per second and burst of every operation that we use.

They hold for one selling partner and one application. Source: the operations' descriptions in
Amazon's models, and developer-docs.amazon.com/sp-api/docs/usage-plans-and-rate-limits. A limit
that differs in reality is told by the header x-amzn-RateLimit-Limit.
"""

from __future__ import annotations

from typing import Final

from connectors.http.quota import Bucket

RATE_HEADER: Final = "x-amzn-ratelimit-limit"

# JSON_LISTINGS_FEED, the only feed type we send, has a plan of its own: 5 in 5 minutes. The header
# of createFeed tells the plan of all other types.
_CREATE_FEED: Final = Bucket("createFeed:JSON_LISTINGS_FEED", 5 / 300, 5, rate_is_told=False)

_PLANS: Final = {
    bucket.name: (bucket,)
    for bucket in (
        Bucket("confirmShipment", 2.0, 10),
        Bucket("createFeedDocument", 0.5, 15),
        Bucket("createReport", 0.0167, 15),
        Bucket("getDefinitionsProductType", 5.0, 10),
        Bucket("getFeed", 2.0, 15),
        Bucket("getFeedDocument", 0.0222, 10),
        Bucket("getFeeds", 0.0222, 10),
        Bucket("getListingsItem", 5.0, 10),
        Bucket("getMarketplaceParticipations", 0.016, 15),
        Bucket("getOrder", 0.5, 30),
        Bucket("getReport", 2.0, 15),
        Bucket("getReportDocument", 0.0167, 15),
        Bucket("patchListingsItem", 5.0, 5),
        Bucket("putListingsItem", 5.0, 10),
        Bucket("searchCatalogItems", 2.0, 2),
        Bucket("searchListingsItems", 5.0, 5),
        Bucket("searchOrders", 0.0056, 20),
    )
} | {"createFeed": (_CREATE_FEED,)}


def buckets_of(operation: str) -> tuple[Bucket, ...]:
    """The buckets that a call of the operation draws from."""
    return _PLANS[operation]
