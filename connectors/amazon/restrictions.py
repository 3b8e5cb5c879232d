"""Listings Restrictions API 2021-08-01: whether this seller may list an item.

https://developer-docs.amazon.com/sp-api/docs/listings-restrictions-api-v2021-08-01-reference
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from affluent.domain.amazon_catalog import Restriction, RestrictionReason
from connectors.amazon.wire import ISSUE_LOCALE, Json, path_to
from connectors.http.exchange import Request
from connectors.http.transport import HttpClient


class Restrictions:
    """The port RestrictionsPort for one seller."""

    def __init__(self, client: HttpClient, seller_id: str) -> None:
        self._client = client
        self._seller_id = seller_id

    def of(
        self, marketplace_id: str, asin: str, condition: str = "new_new", product_type: str = ""
    ) -> tuple[Restriction, ...]:
        """getListingsRestrictions; none means that the seller may list.

        With a product type, restrictions of an exemption from barcodes count too.
        """
        query = {
            "asin": asin,
            "sellerId": self._seller_id,
            "marketplaceIds": marketplace_id,
            "conditionType": condition,
            "reasonLocale": ISSUE_LOCALE,
        }
        if product_type:
            query["productType"] = product_type
        answer = self._client.send(
            Request(
                "getListingsRestrictions",
                "GET",
                path_to("listings", "2021-08-01", "restrictions"),
                query=query,
            )
        )
        return answer.read(lambda body: tuple(_restrictions(body["restrictions"], condition)))


def _restrictions(entries: list[Json], condition: str) -> Iterator[Restriction]:
    """One for each reason; a restriction without any still restricts."""
    for entry in entries:
        for reason in entry.get("reasons") or [{}]:
            yield Restriction(
                marketplace_id=str(entry["marketplaceId"]),
                condition=str(entry.get("conditionType") or condition),
                reason=_reason(reason.get("reasonCode")),
                message=str(reason.get("message") or ""),
                links=tuple(str(link["resource"]) for link in reason.get("links") or ()),
            )


def _reason(code: Any) -> RestrictionReason:
    known = set(RestrictionReason)
    return RestrictionReason(code) if code in known else RestrictionReason.UNKNOWN
