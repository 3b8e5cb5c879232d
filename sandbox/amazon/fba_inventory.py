"""FBA Inventory API v1: stock that lies in Amazon's fulfilment centres."""

from __future__ import annotations

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from sandbox.amazon import parameters
from sandbox.amazon.listings.listing import Listing
from sandbox.amazon.state import AmazonState
from sandbox.amazon.wire import Json, json_response, timestamp
from sandbox.clock import SandboxClock

PAGE_SIZE = 50
OLDEST_START = timedelta(days=548)


class FbaInventoryApi:
    """GET /fba/inventory/v1/summaries; its page tokens expire after 30 seconds."""

    def __init__(self, state: AmazonState, clock: SandboxClock) -> None:
        self._state = state
        self._clock = clock

    async def get_inventory_summaries(self, request: Request) -> Response:
        """The stock of the seller's FBA listings in one store."""
        marketplace_id = parameters.marketplaces(request, self._state.seller, at_most=1)[0]
        if request.query_params.get("granularityType") != "Marketplace":
            raise parameters.invalid("granularityType")
        if request.query_params.get("granularityId") != marketplace_id:
            raise parameters.invalid("granularityId")
        has_details = parameters.flag(request, "details")
        page = self._state.pages.inventory.page(
            request.query_params.get("nextToken"),
            marketplace_id,
            PAGE_SIZE,
            lambda: self._found(request, marketplace_id),
        )
        listings = (self._state.listing_book.get(sku, marketplace_id) for sku in page.keys)
        body: Json = {
            "payload": {
                "granularity": {"granularityType": "Marketplace", "granularityId": marketplace_id},
                "inventorySummaries": [
                    _summary(listing, has_details) for listing in listings if listing
                ],
            }
        }
        if page.next_token:
            body["pagination"] = {"nextToken": page.next_token}
        return json_response(body)

    def _found(self, request: Request, marketplace_id: str) -> list[str]:
        skus = parameters.csv_values(request, "sellerSkus", at_most=50)
        start = parameters.moment(request, "startDateTime")
        if start is not None and start < self._clock.now() - OLDEST_START:
            raise parameters.invalid("startDateTime")
        return [
            listing.sku
            for listing in self._state.listing_book
            if listing.marketplace_id == marketplace_id
            and listing.is_fulfilled_by_amazon
            and (not skus or listing.sku in skus)
            and (start is None or listing.updated_at >= start)
        ]


def _summary(listing: Listing, has_details: bool) -> Json:
    summary: Json = {
        "asin": listing.asin or "",
        "fnSku": listing.asin or "",
        "sellerSku": listing.sku,
        "condition": "NewItem",
        "lastUpdatedTime": timestamp(listing.updated_at),
        "productName": listing.title,
        "totalQuantity": listing.amazon_quantity,
    }
    if has_details:
        summary["inventoryDetails"] = {
            "fulfillableQuantity": listing.amazon_quantity,
            "inboundWorkingQuantity": 0,
            "inboundShippedQuantity": 0,
            "inboundReceivingQuantity": 0,
        }
    return summary
