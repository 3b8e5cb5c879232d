"""What a search of a seller's listings is narrowed by, in searchListingsItems' own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from connectors.amazon.wire import moment_text
from connectors.http.exchange import Parameter

_IDENTIFIERS_A_CALL: Final = 20


@dataclass(frozen=True, slots=True)
class ListingFilter:
    """Everything is optional; what is given must all hold.

    `identifiers` are at most 20 of one type: ASIN, EAN, FNSKU, GTIN, ISBN, JAN, MINSAN, SKU, UPC.
    Severities are WARNING and ERROR, statuses BUYABLE and DISCOVERABLE.
    """

    identifiers: Sequence[str] = ()
    identifiers_type: str = "SKU"
    parent_sku: str = ""
    created_after: datetime | None = None
    created_before: datetime | None = None
    updated_after: datetime | None = None
    updated_before: datetime | None = None
    issue_severities: Sequence[str] = ()
    statuses: Sequence[str] = ()
    without_statuses: Sequence[str] = ()

    def __post_init__(self) -> None:
        if len(self.identifiers) > _IDENTIFIERS_A_CALL:
            raise ValueError(f"at most {_IDENTIFIERS_A_CALL} identifiers a search")
        if self.identifiers and self.parent_sku:
            raise ValueError("identifiers and parent_sku exclude each other")

    def query(self) -> dict[str, Parameter]:
        """As parameters of the operation."""
        lists = {
            "identifiers": self.identifiers,
            "withIssueSeverity": self.issue_severities,
            "withStatus": self.statuses,
            "withoutStatus": self.without_statuses,
        }
        moments = {
            "createdAfter": self.created_after,
            "createdBefore": self.created_before,
            "lastUpdatedAfter": self.updated_after,
            "lastUpdatedBefore": self.updated_before,
        }
        query: dict[str, Parameter] = {
            name: ",".join(values) for name, values in lists.items() if values
        }
        query |= {name: moment_text(moment) for name, moment in moments.items() if moment}
        if self.identifiers:
            query["identifiersType"] = self.identifiers_type
        if self.parent_sku:
            query["variationParentSku"] = self.parent_sku
        return query
