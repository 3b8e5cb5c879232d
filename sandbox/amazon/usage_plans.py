"""Amazon's published usage plans: requests a second and burst of each operation.

Per selling partner and application, from the operations' descriptions in Amazon's models.
A feed type that has a plan of its own stands under `createFeed:<feed type>`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class UsagePlan:
    """How fast the bucket fills, in requests a second, and how much it holds."""

    rate: float
    burst: int


USAGE_PLANS = {
    "cancelFeed": UsagePlan(2.0, 15),
    "cancelReport": UsagePlan(0.0222, 10),
    "confirmShipment": UsagePlan(2.0, 10),
    "createDestination": UsagePlan(1.0, 5),
    "createFeed": UsagePlan(0.0083, 15),
    "createFeed:JSON_LISTINGS_FEED": UsagePlan(5 / 300, 5),
    "createFeedDocument": UsagePlan(0.5, 15),
    "createReport": UsagePlan(0.0167, 15),
    "createSubscription": UsagePlan(1.0, 5),
    "deleteDestination": UsagePlan(1.0, 5),
    "deleteListingsItem": UsagePlan(5.0, 5),
    "deleteSubscriptionById": UsagePlan(1.0, 5),
    "getCatalogItem": UsagePlan(2.0, 2),
    "getDefinitionsProductType": UsagePlan(5.0, 10),
    "getDestination": UsagePlan(1.0, 5),
    "getDestinations": UsagePlan(1.0, 5),
    "getFeed": UsagePlan(2.0, 15),
    "getFeedDocument": UsagePlan(0.0222, 10),
    "getFeeds": UsagePlan(0.0222, 10),
    "getInventorySummaries": UsagePlan(2.0, 2),
    "getListingsItem": UsagePlan(5.0, 10),
    "getListingsRestrictions": UsagePlan(5.0, 10),
    "getMarketplaceParticipations": UsagePlan(0.016, 15),
    "getOrder": UsagePlan(0.5, 30),
    "getReport": UsagePlan(2.0, 15),
    "getReportDocument": UsagePlan(0.0167, 15),
    "getReports": UsagePlan(0.0222, 10),
    "getSubscription": UsagePlan(1.0, 5),
    "getSubscriptionById": UsagePlan(1.0, 5),
    "patchListingsItem": UsagePlan(5.0, 5),
    "putListingsItem": UsagePlan(5.0, 10),
    "searchCatalogItems": UsagePlan(2.0, 2),
    "searchDefinitionsProductTypes": UsagePlan(5.0, 10),
    "searchListingsItems": UsagePlan(5.0, 5),
    "searchOrders": UsagePlan(0.0056, 20),
}
