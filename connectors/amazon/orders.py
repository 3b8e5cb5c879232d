"""Orders API 2026-01-01, and confirmShipment of v0, which has no successor.

https://developer-docs.amazon.com/sp-api/docs/orders-api-v2026-01-01-reference
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from affluent.domain.errors import Refused
from affluent.domain.lane import Lane
from affluent.domain.order import AmazonOrder, OrderPage
from affluent.domain.shipment import ShipmentConfirmation
from connectors.amazon.order_lines import order_from
from connectors.amazon.wire import Json, moment_from, moment_text, next_token, pages_of, path_to
from connectors.http.exchange import Answer, Request
from connectors.http.transport import HttpClient

logger = logging.getLogger(__name__)

_ORDERS: Final = ("orders", "2026-01-01", "orders")
_ORDERS_V0: Final = ("orders", "v0", "orders")
_ORDERS_A_PAGE: Final = 100
_BAD_REQUEST: Final = 400
_ESSENTIAL: Final = "BUYER,RECIPIENT,PROCEEDS,FULFILLMENT"
_EVERYTHING: Final = f"{_ESSENTIAL},PACKAGES,PROMOTION,TAX,CANCELLATION"


class AmazonOrders:
    """The port AmazonOrdersPort for one seller."""

    def __init__(self, client: HttpClient) -> None:
        self._client = client

    def updated_since(self, marketplace_ids: Sequence[str], since: datetime) -> Iterator[OrderPage]:
        """searchOrders by lastUpdatedAfter; Amazon itself ends the window two minutes ago.

        Pages come again from the first where their token, good for 24 hours, is refused.
        """
        request = Request(
            "searchOrders",
            "GET",
            path_to(*_ORDERS),
            query={
                "lastUpdatedAfter": moment_text(since),
                "marketplaceIds": ",".join(marketplace_ids),
                "maxResultsPerPage": _ORDERS_A_PAGE,
                "includedData": _EVERYTHING,
            },
            lane=Lane.ORDERS,
        )
        for answer in self._again_where_late(request):
            yield answer.read(lambda body: _page(body, since))

    def bought_page(
        self, marketplace_ids: Sequence[str], since: datetime, until: datetime, token: str = ""
    ) -> OrderPage:
        """searchOrders by createdAfter and createdBefore: a span that no later change moves."""
        request = Request(
            "searchOrders",
            "GET",
            path_to(*_ORDERS),
            query={
                "createdAfter": moment_text(since),
                "createdBefore": moment_text(until),
                "marketplaceIds": ",".join(marketplace_ids),
                "maxResultsPerPage": _ORDERS_A_PAGE,
                "includedData": _EVERYTHING,
                **({"paginationToken": token} if token else {}),
            },
            lane=Lane.BULK,
        )
        answer = next(self._with_less_where_refused(request))
        return answer.read(lambda body: _page(body, until))

    def order(self, order_id: str) -> AmazonOrder:
        """getOrder."""
        request = Request(
            "getOrder",
            "GET",
            path_to(*_ORDERS, order_id),
            query={"includedData": _EVERYTHING},
            lane=Lane.ORDERS,
        )
        answer = next(self._with_less_where_refused(request))
        return answer.read(lambda body: order_from(body["order"]))

    def confirm(self, confirmation: ShipmentConfirmation) -> str:
        """confirmShipment; the same package reference sent again edits the same package."""
        answer = self._client.send(
            Request(
                "confirmShipment",
                "POST",
                path_to(*_ORDERS_V0, confirmation.order_id, "shipmentConfirmation"),
                body=_confirmation(confirmation),
                safe=True,
                parse=False,
                lane=Lane.ORDERS,
            )
        )
        return answer.request_id

    def _again_where_late(self, request: Request) -> Iterator[Answer]:
        """The pages; once more from the first where Amazon refuses a later one."""
        pages_read = 0
        try:
            for answer in self._with_less_where_refused(request):
                yield answer
                pages_read += 1
        except Refused as refusal:
            if not pages_read or not _is_bad_request(refusal):
                raise
            logger.info("%s for %s starts again", refusal.operation, refusal.account)
            yield from self._with_less_where_refused(request)

    def _with_less_where_refused(self, request: Request) -> Iterator[Answer]:
        """The pages; with the essential data only, where Amazon refuses the whole of it.

        Seen on 2026-08-26 in the Far East: 400 InvalidInput for some of the included data.
        """
        pages = pages_of(self._client, request, "paginationToken")
        try:
            first = next(pages)
        except Refused as refusal:
            if not _is_bad_request(refusal):
                raise
            logger.warning(
                "%s for %s is asked again with %s only: %s",
                refusal.operation,
                refusal.account,
                _ESSENTIAL,
                refusal.why,
            )
            less = replace(request, query={**request.query, "includedData": _ESSENTIAL})
            yield from pages_of(self._client, less, "paginationToken")
            return
        yield first
        yield from pages


def _is_bad_request(refusal: Refused) -> bool:
    return refusal.status == _BAD_REQUEST


def _page(body: Json, since: datetime) -> OrderPage:
    until = body.get("lastUpdatedBefore")
    return OrderPage(
        orders=tuple(order_from(order) for order in body["orders"]),
        updated_before=moment_from(until) if until else since,
        next_token=next_token(body) or "",
    )


def _confirmation(confirmation: ShipmentConfirmation) -> Json:
    package: Json = {
        "packageReferenceId": confirmation.reference_id,
        "carrierCode": confirmation.carrier.code,
        "trackingNumber": confirmation.tracking_number,
        "shipDate": moment_text(confirmation.shipped_at),
        "orderItems": [
            {"orderItemId": item_id, "quantity": quantity}
            for item_id, quantity in confirmation.quantities
        ],
    }
    if confirmation.carrier.name:
        package["carrierName"] = confirmation.carrier.name
    if confirmation.method:
        package["shippingMethod"] = confirmation.method
    return {"marketplaceId": confirmation.marketplace_id, "packageDetail": package}
