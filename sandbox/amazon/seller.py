"""The one selling partner of the sandbox, and GET /sellers/v1/marketplaceParticipations."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from sandbox.amazon.marketplaces import MARKETPLACES, Marketplace
from sandbox.amazon.wire import Json, json_response

STORE_NAME = "Sandbox Store"


@dataclass
class SellerIdentity:
    """The seller's account and the application that acts for it."""

    seller_id: str
    client_id: str
    client_secret: str
    refresh_token: str
    marketplace_ids: tuple[str, ...]


class SellersApi:
    """Sellers API v1."""

    def __init__(self, seller: SellerIdentity) -> None:
        self._seller = seller

    async def get_marketplace_participations(self, _request: Request) -> Response:
        """The stores the seller takes part in."""
        payload = [
            {
                "marketplace": _marketplace(MARKETPLACES[marketplace_id]),
                "participation": {"isParticipating": True, "hasSuspendedListings": False},
                "storeName": STORE_NAME,
            }
            for marketplace_id in self._seller.marketplace_ids
        ]
        return json_response({"payload": payload})


def _marketplace(marketplace: Marketplace) -> Json:
    return {
        "id": marketplace.marketplace_id,
        "name": marketplace.name,
        "countryCode": marketplace.country_code,
        "defaultCurrencyCode": marketplace.currency,
        "defaultLanguageCode": marketplace.language,
        "domainName": f"www.{marketplace.domain}",
    }
