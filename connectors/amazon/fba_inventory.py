"""FBA Inventory API v1: what lies in Amazon's fulfilment centres.

https://developer-docs.amazon.com/sp-api/docs/fba-inventory-api-v1-reference
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from affluent.domain.errors import NotFound, Refused
from affluent.domain.fba_stock import FbaStock
from connectors.amazon.wire import Json, moment_from, pages_of, path_to
from connectors.http.exchange import Request
from connectors.http.paging import batches
from connectors.http.transport import HttpClient

logger = logging.getLogger(__name__)

_SKUS_A_CALL: Final = 50
_INBOUND: Final = ("inboundWorkingQuantity", "inboundShippedQuantity", "inboundReceivingQuantity")


class FbaInventory:
    """The port FbaInventoryPort for one seller."""

    def __init__(self, client: HttpClient) -> None:
        self._client = client

    def of(self, marketplace_id: str, skus: Sequence[str] = ()) -> dict[str, FbaStock]:
        """getInventorySummaries by SKU: of these SKUs, 50 a call, or of all that Amazon keeps.

        Read to the end before it answers, because a page token is good for 30 seconds only.
        """
        request = Request(
            "getInventorySummaries",
            "GET",
            path_to("fba", "inventory", "v1", "summaries"),
            query={
                "details": "true",
                "granularityType": "Marketplace",
                "granularityId": marketplace_id,
                "marketplaceIds": marketplace_id,
            },
        )
        if not skus:
            return self._walk_again_where_late(request)
        found: dict[str, FbaStock] = {}
        for batch in self._batches(skus):
            query = {**request.query, **batch}
            found |= self._walk_again_where_late(replace(request, query=query))
        return found

    def _batches(self, skus: Sequence[str]) -> Iterator[dict[str, str]]:
        """A SKU with a comma cannot stand in a list of SKUs, so it is asked for alone."""
        known = dict.fromkeys(skus)
        for batch in batches((sku for sku in known if "," not in sku), _SKUS_A_CALL):
            yield {"sellerSkus": ",".join(batch)}
        yield from ({"sellerSku": sku} for sku in known if "," in sku)

    def _walk_again_where_late(self, request: Request) -> dict[str, FbaStock]:
        found: dict[str, FbaStock] = {}
        try:
            self._walk(request, found)
        except Refused as refusal:
            if isinstance(refusal, NotFound) or not found:
                raise
            logger.info("%s for %s starts again", refusal.operation, refusal.account)
            self._walk(request, found)
        return found

    def _walk(self, request: Request, found: dict[str, FbaStock]) -> None:
        for answer in pages_of(self._client, request, "nextToken"):
            stocks = answer.read(
                lambda body: [_stock(one) for one in body["payload"]["inventorySummaries"]]
            )
            found.update({stock.sku: stock for stock in stocks})


def _stock(body: Json) -> FbaStock:
    details = body.get("inventoryDetails") or {}
    updated = body.get("lastUpdatedTime")
    return FbaStock(
        sku=str(body["sellerSku"]),
        asin=str(body.get("asin") or ""),
        total=int(body.get("totalQuantity") or 0),
        fulfillable=int(details.get("fulfillableQuantity") or 0),
        inbound=sum(int(details.get(name) or 0) for name in _INBOUND),
        reserved=_within(details, "reservedQuantity", "totalReservedQuantity"),
        unfulfillable=_within(details, "unfulfillableQuantity", "totalUnfulfillableQuantity"),
        updated_at=moment_from(updated) if updated else None,
    )


def _within(details: Json, group: str, total: str) -> int:
    return int((details.get(group) or {}).get(total) or 0)
