"""Listings Items API 2021-08-01: put, patch, delete, preview, find and search listings.

https://developer-docs.amazon.com/sp-api/docs/listings-items-api-v2021-08-01-reference
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from affluent.domain.errors import NotFound, Refused
from affluent.domain.issue import Issue, Severity
from affluent.domain.lane import Lane, lane_of
from affluent.domain.listing import (
    MERCHANT_CHANNEL,
    AmazonListing,
    Submission,
    SubmissionStatus,
)
from affluent.domain.plan import Change, Operation
from connectors.amazon.listing_filter import ListingFilter
from connectors.amazon.usage_plans import plan_of, preview_of
from connectors.amazon.wire import (
    ISSUE_LOCALE,
    Json,
    in_marketplace,
    issue_from,
    moment_from,
    money_from,
    pages_of,
    path_to,
)
from connectors.http.exchange import Answer, Request
from connectors.http.paging import batches
from connectors.http.transport import HttpClient

_ITEMS: Final = ("listings", "2021-08-01", "items")
_INCLUDED: Final = "summaries,issues,offers,fulfillmentAvailability,productTypes,relationships"
_IDENTIFIERS_A_CALL: Final = 20
_REACH_OF_A_SEARCH: Final = 1000
_PUT: Final = ("putListingsItem", "PUT")
_PATCH: Final = ("patchListingsItem", "PATCH")
_CONSUMER_OFFER: Final = "B2C"


class ListingsItems:
    """The port ListingsPort for one seller."""

    def __init__(self, client: HttpClient, seller_id: str) -> None:
        self._client = client
        self._seller_id = seller_id

    def put(self, change: Change) -> Submission:
        """putListingsItem: replaces the listing whole. INVALID is a Submission, not an error."""
        return self._submit(*_PUT, change)

    def patch(self, change: Change) -> Submission:
        """patchListingsItem: patches top-level attributes."""
        return self._submit(*_PATCH, change)

    def preview(self, change: Change) -> Submission:
        """What Amazon would say to a put or patch: VALID or INVALID. Nothing is kept of it."""
        operation, method = _PUT if change.operation is Operation.PUT_LISTING else _PATCH
        request = self._writing(operation, method, change)
        query = {**request.query, "mode": "VALIDATION_PREVIEW", "includedData": "issues"}
        preview = replace(request, query=query, plan=preview_of(operation), lane=Lane.BULK)
        return self._receipt(preview, change.key)

    def delete(self, change: Change) -> Submission:
        """deleteListingsItem: takes the listing off one marketplace."""
        request = Request(
            "deleteListingsItem",
            "DELETE",
            path_to(*_ITEMS, self._seller_id, change.key),
            query={"marketplaceIds": change.marketplace_id, "issueLocale": ISSUE_LOCALE},
            safe=True,
            lane=lane_of(change),
        )
        return self._receipt(request, change.key)

    def find(self, marketplace_id: str, skus: Sequence[str]) -> Iterator[AmazonListing]:
        """searchListingsItems by 20 SKUs a call, in no particular order.

        A SKU with a comma cannot stand in a list of SKUs, so it is asked for alone.
        """
        known = dict.fromkeys(skus)
        for batch in batches((sku for sku in known if "," not in sku), _IDENTIFIERS_A_CALL):
            yield from self.search(marketplace_id, ListingFilter(identifiers=batch))
        for sku in known:
            if "," in sku:
                yield from self._get(marketplace_id, sku)

    def search(self, marketplace_id: str, wanted: ListingFilter) -> Iterator[AmazonListing]:
        """searchListingsItems by filters, in pages of 20.

        Refused, before anything is answered, where more match than Amazon pages through.
        """
        request = self._searching(marketplace_id, wanted)
        for answer in pages_of(self._client, request, "pageToken"):
            found = answer.read(lambda body: int(body.get("numberOfResults") or 0))
            if found > _REACH_OF_A_SEARCH:
                raise _too_many(answer, found)
            yield from _listings(answer, marketplace_id)

    def _submit(self, operation: str, method: str, change: Change) -> Submission:
        return self._receipt(self._writing(operation, method, change), change.key)

    def _writing(self, operation: str, method: str, change: Change) -> Request:
        return Request(
            operation,
            method,
            path_to(*_ITEMS, self._seller_id, change.key),
            query={"marketplaceIds": change.marketplace_id, "issueLocale": ISSUE_LOCALE},
            body=dict(change.payload),
            safe=True,
            lane=lane_of(change),
            plan=plan_of(operation, change.payload),
        )

    def _receipt(self, request: Request, sku: str) -> Submission:
        answer = self._client.send(request)
        return answer.read(lambda body: _submission(body, sku, answer.request_id))

    def _searching(self, marketplace_id: str, wanted: ListingFilter) -> Request:
        return Request(
            "searchListingsItems",
            "GET",
            path_to(*_ITEMS, self._seller_id),
            query={
                **_reading(marketplace_id),
                **wanted.query(),
                "pageSize": _IDENTIFIERS_A_CALL,
            },
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


def _too_many(answer: Answer, found: int) -> Refused:
    call = answer.call
    return Refused(
        f"{found} listings of {call.account} match this search, and Amazon pages through"
        f" {_REACH_OF_A_SEARCH} only.",
        vendor=call.vendor,
        operation=call.operation,
        account=call.account,
        status=answer.status,
        request_id=answer.request_id,
        fix="Narrow the search, by time for instance, or ask for the report of all listings.",
    )


def _listings(answer: Answer, marketplace_id: str) -> list[AmazonListing]:
    return answer.read(lambda body: [_listing(item, marketplace_id) for item in body["items"]])


def _submission(body: Json, sku: str, request_id: str) -> Submission:
    issues = tuple(issue_from(issue) for issue in body.get("issues") or ())
    return Submission(
        sku=str(body.get("sku") or sku),
        status=_status(body["status"], issues),
        submission_id=str(body.get("submissionId") or ""),
        request_id=request_id,
        issues=issues,
    )


def _status(text: Any, issues: tuple[Issue, ...]) -> SubmissionStatus:
    """A status that we do not know is a receipt, unless an error speaks against it."""
    if text in set(SubmissionStatus):
        return SubmissionStatus(text)
    has_error = any(issue.severity is Severity.ERROR for issue in issues)
    return SubmissionStatus.INVALID if has_error else SubmissionStatus.ACCEPTED


def _listing(item: Json, marketplace_id: str) -> AmazonListing:
    summary = in_marketplace(item.get("summaries"), marketplace_id)
    product_type = in_marketplace(item.get("productTypes"), marketplace_id)
    availability = item.get("fulfillmentAvailability") or []
    offer = next(
        (
            offer
            for offer in item.get("offers") or ()
            if offer.get("marketplaceId") == marketplace_id
            and offer.get("offerType") == _CONSUMER_OFFER
        ),
        None,
    )
    changed = summary.get("lastUpdatedDate")
    related = in_marketplace(item.get("relationships"), marketplace_id)
    return AmazonListing(
        sku=item["sku"],
        marketplace_id=marketplace_id,
        asin=summary.get("asin") or "",
        product_type=summary.get("productType") or product_type.get("productType") or "",
        title=summary.get("itemName") or "",
        statuses=frozenset(summary.get("status") or ()),
        channel=_keeper(availability).get("fulfillmentChannelCode") or MERCHANT_CHANNEL,
        price=money_from(offer["price"]) if offer else None,
        quantity=_own(availability).get("quantity"),
        issues=tuple(
            issue_from(issue)
            for issue in item.get("issues") or ()
            if marketplace_id in (issue.get("marketplaceIds") or [marketplace_id])
        ),
        changed_at=moment_from(changed) if changed else None,
        parent_skus=tuple(
            parent
            for one in related.get("relationships") or ()
            for parent in one.get("parentSkus") or ()
        ),
    )


def _keeper(entries: list[Json]) -> Json:
    """The entry that decides who ships: Amazon's, where there is one beside the merchant's."""
    by_amazon = [e for e in entries if e.get("fulfillmentChannelCode") != MERCHANT_CHANNEL]
    return (by_amazon or entries or [{}])[0]


def _own(entries: list[Json]) -> Json:
    """The entry of what the merchant ships himself."""
    own = [e for e in entries if e.get("fulfillmentChannelCode") == MERCHANT_CHANNEL]
    return (own or [{}])[0]
