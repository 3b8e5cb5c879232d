"""Listings Items API 2021-08-01."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox.amazon import parameters
from sandbox.amazon.listings.patches import OPERATIONS
from sandbox.amazon.listings.search import search_of
from sandbox.amazon.listings.submission import Receipt, Submission, UnknownProductType
from sandbox.amazon.listings.view import INCLUDED_DATA, item_json
from sandbox.amazon.product_types.schema import LISTING, REQUIREMENTS
from sandbox.amazon.state import AmazonState
from sandbox.amazon.wire import Json, NotFound, json_response
from sandbox.clock import SandboxClock

PREVIEW = "VALIDATION_PREVIEW"
IGNORING_FAULT = "accept_and_ignore"


class ListingsItemsApi:
    """Writes and reads the seller's listings."""

    def __init__(self, state: AmazonState, clock: SandboxClock) -> None:
        self._state = state
        self._clock = clock

    async def put_listings_item(self, request: Request) -> Response:
        """PUT …/items/{sellerId}/{sku}: the whole item; what is left out is dropped."""
        sku = self._sku(request)
        marketplace_ids = parameters.marketplaces(request, self._state.seller, at_most=1)
        body = await parameters.json_body(request)
        requirements = body.get("requirements", LISTING)
        attributes = body.get("attributes")
        if requirements not in REQUIREMENTS:
            raise parameters.invalid("requirements")
        if not isinstance(attributes, dict):
            raise parameters.invalid("attributes")
        submission = Submission(
            sku, tuple(marketplace_ids), _product_type(body), requirements, attributes
        )
        return self._submit(request, submission)

    async def patch_listings_item(self, request: Request) -> Response:
        """PATCH …/items/{sellerId}/{sku}: top-level attributes; an unknown SKU is accepted."""
        sku = self._sku(request)
        marketplace_ids = parameters.marketplaces(request, self._state.seller)
        body = await parameters.json_body(request)
        patches = body.get("patches")
        if not isinstance(patches, list) or not patches or not all(map(_is_patch, patches)):
            raise parameters.invalid("patches")
        submission = Submission(
            sku, tuple(marketplace_ids), _product_type(body), patches=tuple(patches)
        )
        return self._submit(request, submission)

    async def delete_listings_item(self, request: Request) -> Response:
        """DELETE …/items/{sellerId}/{sku}."""
        sku = self._sku(request)
        marketplace_ids = parameters.marketplaces(request, self._state.seller, at_most=1)
        receipt = self._state.submissions.delete(sku, tuple(marketplace_ids), self._clock.now())
        return json_response(_receipt_json(receipt, "ACCEPTED"))

    async def get_listings_item(self, request: Request) -> Response:
        """GET …/items/{sellerId}/{sku}."""
        sku = self._sku(request)
        marketplace_ids = parameters.marketplaces(request, self._state.seller)
        included = _included_data(request)
        listings = self._state.listing_book.in_marketplaces(sku, marketplace_ids)
        if not listings:
            raise NotFound(f"SKU '{sku}' not found in the requested marketplaces.")
        return json_response(item_json(listings, included, self._state.listing_book))

    async def search_listings_items(self, request: Request) -> Response:
        """GET …/items/{sellerId}: at most 20 a page, and 1,000 SKUs in all."""
        self._check_seller(request)
        marketplace_ids = parameters.marketplaces(request, self._state.seller)
        included = _included_data(request)
        size = parameters.whole_number(request, "pageSize", default=10, low=1, high=20)
        search = search_of(request, marketplace_ids)
        book = self._state.listing_book
        query = parameters.query_without(request, "pageToken")
        page = self._state.pages.listings.page(
            request.query_params.get("pageToken"), query, size, lambda: search.find(book)
        )
        found = [book.in_marketplaces(sku, marketplace_ids) for sku in page.keys]
        body: Json = {
            "numberOfResults": page.total,
            "items": [item_json(listings, included, book) for listings in found if listings],
        }
        if page.next_token:
            body["pagination"] = {"nextToken": page.next_token}
        return json_response(body)

    def _submit(self, request: Request, submission: Submission) -> Response:
        mode = parameters.choice(request, "mode", (PREVIEW,))
        included = parameters.csv_values(
            request, "includedData", allowed=("identifiers", "issues"), default=("issues",)
        )
        is_kept = mode is None and request.scope.get("sandbox.fault") != IGNORING_FAULT
        submissions = self._state.submissions
        try:
            check = submissions.submit if is_kept else submissions.preview
            receipt = check(submission, self._clock.now())
        except UnknownProductType as unknown:
            raise parameters.invalid("productType") from unknown
        good = "VALID" if mode else "ACCEPTED"
        body = _receipt_json(receipt, good if receipt.is_valid else "INVALID")
        if "identifiers" in included:
            body["identifiers"] = self._identifiers(submission)
        return json_response(body)

    def _identifiers(self, submission: Submission) -> list[Json]:
        identifiers = []
        for marketplace_id in submission.marketplace_ids:
            asin = self._state.asin_of(submission.sku, marketplace_id, submission.attributes or {})
            if asin:
                identifiers.append({"marketplaceId": marketplace_id, "asin": asin})
        return identifiers

    def _sku(self, request: Request) -> str:
        self._check_seller(request)
        sku: str = request.path_params["sku"]
        return sku

    def _check_seller(self, request: Request) -> None:
        if request.path_params["seller_id"] != self._state.seller.seller_id:
            raise parameters.invalid("sellerId")


def _product_type(body: Json) -> str:
    product_type = body.get("productType")
    if not isinstance(product_type, str) or not product_type:
        raise parameters.invalid("productType")
    return product_type


def _is_patch(patch: Any) -> bool:
    return (
        isinstance(patch, dict)
        and patch.get("op") in OPERATIONS
        and isinstance(patch.get("path"), str)
    )


def _included_data(request: Request) -> list[str]:
    return parameters.csv_values(
        request, "includedData", allowed=INCLUDED_DATA, default=("summaries",)
    )


def _receipt_json(receipt: Receipt, status: str) -> Json:
    return {
        "sku": receipt.sku,
        "status": status,
        "submissionId": receipt.submission_id,
        "issues": [issue.as_json() for issue in receipt.issues],
    }
