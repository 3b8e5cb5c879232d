"""Listings Items API 2021-08-01: put, patch and find listings.

https://developer-docs.amazon.com/sp-api/docs/listings-items-api-v2021-08-01-reference
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from affluent.domain.errors import NotFound
from affluent.domain.lane import lane_of
from affluent.domain.listing import (
    MERCHANT_CHANNEL,
    AmazonListing,
    Submission,
    SubmissionStatus,
)
from affluent.domain.plan import Change
from connectors.amazon.usage_plans import plan_of
from connectors.amazon.wire import (
    ISSUE_LOCALE,
    Json,
    in_marketplace,
    issue_from,
    money_from,
    pages_of,
    path_to,
)
from connectors.http.exchange import Request
from connectors.http.paging import batches
from connectors.http.transport import HttpClient

_ITEMS: Final = ("listings", "2021-08-01", "items")
_INCLUDED: Final = "summaries,issues,offers,fulfillmentAvailability,productTypes"
_IDENTIFIERS_A_CALL: Final = 20
_CONSUMER_OFFER: Final = "B2C"


class ListingsItems:
    """The port ListingsPort for one seller."""

    def __init__(self, client: HttpClient, seller_id: str) -> None:
        self._client = client
        self._seller_id = seller_id

    def put(self, change: Change) -> Submission:
        """putListingsItem: replaces the listing whole. INVALID is a Submission, not an error."""
        return self._submit("putListingsItem", "PUT", change)

    def patch(self, change: Change) -> Submission:
        """patchListingsItem: patches top-level attributes."""
        return self._submit("patchListingsItem", "PATCH", change)

    def find(self, marketplace_id: str, skus: Sequence[str]) -> Iterator[AmazonListing]:
        """searchListingsItems by 20 SKUs a call, in no particular order.

        A SKU with a comma cannot stand in a list of SKUs, so it is asked for alone.
        """
        known = dict.fromkeys(skus)
        for batch in batches((sku for sku in known if "," not in sku), _IDENTIFIERS_A_CALL):
            yield from self._search(marketplace_id, batch)
        for sku in known:
            if "," in sku:
                yield from self._get(marketplace_id, sku)

    def _submit(self, operation: str, method: str, change: Change) -> Submission:
        answer = self._client.send(
            Request(
                operation,
                method,
                path_to(*_ITEMS, self._seller_id, change.key),
                query={"marketplaceIds": change.marketplace_id, "issueLocale": ISSUE_LOCALE},
                body=dict(change.payload),
                safe=True,
                lane=lane_of(change),
                plan=plan_of(operation, change.payload),
            )
        )
        return answer.read(lambda body: _submission(body, change.key, answer.request_id))

    def _search(self, marketplace_id: str, skus: list[str]) -> Iterator[AmazonListing]:
        request = Request(
            "searchListingsItems",
            "GET",
            path_to(*_ITEMS, self._seller_id),
            query={
                **_reading(marketplace_id),
                "identifiers": ",".join(skus),
                "identifiersType": "SKU",
                "pageSize": _IDENTIFIERS_A_CALL,
            },
        )
        for answer in pages_of(self._client, request, "pageToken"):
            yield from answer.read(
                lambda body: [_listing(item, marketplace_id) for item in body["items"]]
            )

    def _get(self, marketplace_id: str, sku: str) -> Iterator[AmazonListing]:
        request = Request(
            "getListingsItem",
            "GET",
            path_to(*_ITEMS, self._seller_id, sku),
            query=_reading(marketplace_id),
        )
        try:
            answer = self._client.send(request)
        except NotFound:
            return
        yield answer.read(lambda body: _listing(body, marketplace_id))


def _reading(marketplace_id: str) -> dict[str, str]:
    return {
        "marketplaceIds": marketplace_id,
        "includedData": _INCLUDED,
        "issueLocale": ISSUE_LOCALE,
    }


def _submission(body: Json, sku: str, request_id: str) -> Submission:
    return Submission(
        sku=str(body.get("sku") or sku),
        status=SubmissionStatus(body["status"]),
        submission_id=str(body.get("submissionId") or ""),
        request_id=request_id,
        issues=tuple(issue_from(issue) for issue in body.get("issues") or ()),
    )


def _listing(item: Json, marketplace_id: str) -> AmazonListing:
    summary = in_marketplace(item.get("summaries"), marketplace_id)
    product_type = in_marketplace(item.get("productTypes"), marketplace_id)
    availability = _availability(item.get("fulfillmentAvailability") or [])
    offer = next(
        (
            offer
            for offer in item.get("offers") or ()
            if offer.get("marketplaceId") == marketplace_id
            and offer.get("offerType") == _CONSUMER_OFFER
        ),
        None,
    )
    return AmazonListing(
        sku=item["sku"],
        marketplace_id=marketplace_id,
        asin=summary.get("asin") or "",
        product_type=summary.get("productType") or product_type.get("productType") or "",
        title=summary.get("itemName") or "",
        statuses=frozenset(summary.get("status") or ()),
        channel=availability.get("fulfillmentChannelCode") or MERCHANT_CHANNEL,
        price=money_from(offer["price"]) if offer else None,
        quantity=availability.get("quantity"),
        issues=tuple(
            issue_from(issue)
            for issue in item.get("issues") or ()
            if marketplace_id in (issue.get("marketplaceIds") or [marketplace_id])
        ),
    )


def _availability(entries: list[Json]) -> Json:
    """The entry that decides who ships: Amazon's, where there is one beside the merchant's."""
    by_amazon = [e for e in entries if e.get("fulfillmentChannelCode") != MERCHANT_CHANNEL]
    return (by_amazon or entries or [{}])[0]
