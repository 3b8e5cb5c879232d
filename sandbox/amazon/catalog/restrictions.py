"""Brands and product types that need an approval, and GET /listings/2021-08-01/restrictions."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from sandbox.amazon import parameters
from sandbox.amazon.state import AmazonState
from sandbox.amazon.wire import Json, json_response

CONDITIONS = (
    "new_new",
    "new_open_box",
    "new_oem",
    "refurbished_refurbished",
    "used_like_new",
    "used_very_good",
    "used_good",
    "used_acceptable",
    "collectible_like_new",
    "collectible_very_good",
    "collectible_good",
    "collectible_acceptable",
    "club_club",
)


class RestrictionsApi:
    """Listings Restrictions API 2021-08-01; an empty list says that the seller may list."""

    def __init__(self, state: AmazonState) -> None:
        self._state = state

    async def get_listings_restrictions(self, request: Request) -> Response:
        """The restrictions on an ASIN, in each of the named stores."""
        marketplace_ids = parameters.marketplaces(request, self._state.seller)
        condition = parameters.choice(request, "conditionType", CONDITIONS, "new_new")
        asin = request.query_params.get("asin", "")
        if not asin:
            raise parameters.invalid("asin")
        if request.query_params.get("sellerId") != self._state.seller.seller_id:
            raise parameters.invalid("sellerId")
        reason = self._reason(asin, request.query_params.get("productType", ""))
        restrictions = [
            {"marketplaceId": marketplace_id, "conditionType": condition, "reasons": [reason]}
            for marketplace_id in marketplace_ids
            if reason
        ]
        return json_response({"restrictions": restrictions})

    def _reason(self, asin: str, product_type: str) -> Json | None:
        item = self._state.catalog.by_asin(asin)
        if item is None:
            return {
                "message": "The ASIN was not found in this store.",
                "reasonCode": "ASIN_NOT_FOUND",
            }
        restrictions = self._state.restrictions
        if restrictions.covers_brand(item.brand):
            return _approval_required(asin, "You need approval to list this brand.")
        if any(
            restrictions.covers_product_type(name) for name in (product_type, item.product_type)
        ):
            return _approval_required(asin, "You need approval to list this product.")
        return None


def _approval_required(asin: str, message: str) -> Json:
    return {
        "message": message,
        "reasonCode": "APPROVAL_REQUIRED",
        "links": [
            {
                "resource": "https://sellercentral.amazon.com/hz/approvalrequest/"
                f"restrictions/approve?asin={asin}",
                "verb": "GET",
                "title": "Request Approval via Seller Central.",
                "type": "text/html",
            }
        ],
    }
