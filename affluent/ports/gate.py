"""What we need of the data-quality gate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from affluent.domain.catalog_quality import CatalogSample, CatalogVerdict
from affluent.domain.issue import Finding
from affluent.domain.listing import (
    Definition,
)
from affluent.domain.offer import OfferProfile
from affluent.domain.plan import Gated, Plan


class Gate(Protocol):
    """Data quality. Each check answers findings; none of them sends or changes anything."""

    def check_listings(
        self,
        plan: Plan,
        profiles: Mapping[str, OfferProfile],
        live_barcodes: Mapping[str, str],
    ) -> tuple[Finding, ...]:
        """The suite over a batch of listings. `profiles` is keyed by SKU; `live_barcodes` maps
        the barcode of what is already live to its SKU."""
        ...

    def check_attributes(
        self, plan: Plan, definitions: Mapping[str, Definition]
    ) -> tuple[Finding, ...]:
        """Amazon's schema over each item. `definitions` is keyed by SKU."""
        ...

    def check_held(self, gated: Gated) -> tuple[Finding, ...]:
        """The breaker over what the other checks of a plan of listings have held."""
        ...

    def check_offers(
        self, plan: Plan, profiles: Mapping[str, OfferProfile], in_stock: int
    ) -> tuple[Finding, ...]:
        """The suite and the breaker over a batch of offers. `profiles` is keyed by SKU; `in_stock`
        counts all offers of the account and marketplace that have a quantity above 0."""
        ...


class CatalogJudge(Protocol):
    """Judges what came in from the store; it reports, and holds nothing."""

    def judge(self, sample: CatalogSample) -> CatalogVerdict:
        """Every check over a sample; none over an empty one."""
        ...
