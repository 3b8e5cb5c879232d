"""Finding listings: by identifiers, times, issues and status, sorted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request

from sandbox.amazon import parameters
from sandbox.amazon.identifiers import gtin14
from sandbox.amazon.listings import offer
from sandbox.amazon.listings.listing import BUYABLE, DISCOVERABLE, Listing, ListingBook
from sandbox.amazon.listings.validation import IDENTIFIER
from sandbox.amazon.wire import BadRequest

IDENTIFIER_TYPES = ("ASIN", "EAN", "FNSKU", "GTIN", "ISBN", "JAN", "MINSAN", "SKU", "UPC")
_STATUSES = (BUYABLE, DISCOVERABLE)
_SORT_KEYS: dict[str, Callable[[Listing], Any]] = {
    "sku": lambda listing: listing.sku,
    "createdDate": lambda listing: listing.created_at,
    "lastUpdatedDate": lambda listing: listing.updated_at,
}

Condition = Callable[[Listing], bool]


@dataclass
class ListingSearch:
    """What is searched for; a listing must meet every condition."""

    marketplace_ids: list[str]
    identifiers_type: str | None
    identifiers: list[str]
    sort_by: str
    is_descending: bool
    conditions: list[Condition] = field(default_factory=list)

    def find(self, book: ListingBook) -> list[str]:
        """The SKUs found, in their order."""
        found: dict[str, Listing] = {}
        for listing in self._candidates(book):
            if all(condition(listing) for condition in self.conditions):
                found.setdefault(listing.sku, listing)
        return [
            listing.sku
            for listing in sorted(
                found.values(),
                key=_SORT_KEYS[self.sort_by],
                reverse=self.is_descending,
            )
        ]

    def _candidates(self, book: ListingBook) -> Iterable[Listing]:
        if self.identifiers_type == "SKU":
            for sku in self.identifiers:
                yield from book.in_marketplaces(sku, self.marketplace_ids)
            return
        for listing in book:
            if listing.marketplace_id in self.marketplace_ids and self._identifies(listing):
                yield listing

    def _identifies(self, listing: Listing) -> bool:
        if not self.identifiers:
            return True
        if self.identifiers_type == "ASIN":
            return listing.asin in self.identifiers
        wanted = {gtin14(value) for value in self.identifiers}
        return any(
            gtin14(str(entry.get("value", ""))) in wanted
            for entry in offer.entries(listing.attributes, IDENTIFIER)
        )


def search_of(request: Request, marketplace_ids: list[str]) -> ListingSearch:
    """The search that a request asks for; 400 where its parameters do not fit together."""
    identifiers = parameters.csv_values(request, "identifiers", at_most=20)
    identifiers_type = parameters.choice(request, "identifiersType", IDENTIFIER_TYPES)
    if bool(identifiers) != bool(identifiers_type):
        raise BadRequest("'identifiers' and 'identifiersType' must be provided together.")
    return ListingSearch(
        marketplace_ids=marketplace_ids,
        identifiers_type=identifiers_type,
        identifiers=identifiers,
        sort_by=parameters.choice(request, "sortBy", _SORT_KEYS) or "lastUpdatedDate",
        is_descending=parameters.choice(request, "sortOrder", ("ASC", "DESC"), "DESC") == "DESC",
        conditions=[
            *_family_conditions(request, has_identifiers=bool(identifiers)),
            *_time_conditions(request),
            *_state_conditions(request),
        ],
    )


def _family_conditions(request: Request, *, has_identifiers: bool) -> Iterable[Condition]:
    parent_sku = request.query_params.get("variationParentSku")
    package_sku = request.query_params.get("packageHierarchySku")
    if sum((has_identifiers, parent_sku is not None, package_sku is not None)) > 1:
        raise BadRequest(
            "Only one of 'identifiers', 'variationParentSku' and 'packageHierarchySku' may be "
            "provided."
        )
    if parent_sku is not None:
        yield lambda listing: parent_sku in listing.parent_skus
    if package_sku is not None:
        yield lambda _: False


def _time_conditions(request: Request) -> Iterable[Condition]:
    created_after = parameters.moment(request, "createdAfter")
    created_before = parameters.moment(request, "createdBefore")
    updated_after = parameters.moment(request, "lastUpdatedAfter")
    updated_before = parameters.moment(request, "lastUpdatedBefore")
    if created_after:
        yield lambda listing: listing.created_at >= created_after
    if created_before:
        yield lambda listing: listing.created_at <= created_before
    if updated_after:
        yield lambda listing: listing.updated_at >= updated_after
    if updated_before:
        yield lambda listing: listing.updated_at <= updated_before


def _state_conditions(request: Request) -> Iterable[Condition]:
    severities = parameters.csv_values(request, "withIssueSeverity", allowed=("WARNING", "ERROR"))
    with_status = parameters.csv_values(request, "withStatus", allowed=_STATUSES)
    without_status = parameters.csv_values(request, "withoutStatus", allowed=_STATUSES)
    if severities:
        yield lambda listing: any(issue.severity in severities for issue in listing.issues)
    if with_status:
        yield lambda listing: set(with_status) <= set(listing.status)
    if without_status:
        yield lambda listing: not set(without_status) & set(listing.status)
