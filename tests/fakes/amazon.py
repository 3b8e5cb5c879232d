"""One Amazon account in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from affluent.domain.account import AccountState
from affluent.domain.amazon_catalog import ProductTypeName, Restriction, RestrictionReason
from affluent.domain.errors import NotFound, Refused
from affluent.domain.forecast import Forecast, Foretold, ForetoldCalls
from affluent.domain.inventory import ReportRow
from affluent.domain.listing import CatalogMatch, Definition, Requirements
from affluent.domain.plan import Change
from affluent.ports.forecast import ForecastPort
from tests.fakes.amazon_acknowledgements import FakeAcknowledgements
from tests.fakes.amazon_feeds import FakeFeeds
from tests.fakes.amazon_listings import FakeListings
from tests.fakes.amazon_orders import FakeAmazonOrders
from tests.fakes.clock import FakeClock
from tests.fakes.wire import Wire


class FakeCatalogItems:
    """Amazon's catalog: `matches` by barcode."""

    def __init__(self) -> None:
        self.matches: dict[str, list[CatalogMatch]] = {}
        self.asked: list[str] = []

    def match(self, marketplace_id: str, barcodes: Sequence[str]) -> Iterator[CatalogMatch]:
        self.asked += barcodes
        for barcode in barcodes:
            yield from self.matches.get(barcode, [])

    def know(self, barcode: str, *asins: str, product_type: str = "SUITCASE") -> None:
        """Let Amazon's catalog have these ASINs for a barcode."""
        self.matches[barcode] = [
            CatalogMatch(barcode, asin, product_type, "Rollwell", "Suitcase") for asin in asins
        ]


class FakeRestrictions:
    """What the seller may not list: `refused` by ASIN; `asked` keeps every question."""

    def __init__(self) -> None:
        self.refused: dict[str, str] = {}
        self.unanswered: set[str] = set()
        self.asked: list[str] = []

    def of(
        self, marketplace_id: str, asin: str, condition: str = "new_new", product_type: str = ""
    ) -> tuple[Restriction, ...]:
        self.asked.append(asin)
        if asin in self.unanswered:
            raise Refused(f"{asin} is invalid.", vendor="Amazon", operation="restrictions")
        if asin not in self.refused:
            return ()
        link = f"https://sellercentral.example/approve?asin={asin}"
        reason = RestrictionReason.APPROVAL_REQUIRED
        return (Restriction(marketplace_id, condition, reason, self.refused[asin], (link,)),)


class FakeProductTypes:
    """One schema for every product type, and the one that Amazon has announced: both declare
    nothing at first. `downloads` counts how often a schema's text was fetched; what is `unknown`
    is refused."""

    def __init__(self) -> None:
        self.schema: dict[str, Any] = {}
        self.announced: dict[str, Any] = {}
        self.downloads = 0
        self.asked: list[str] = []
        self.unknown: set[str] = set()

    def search(
        self, marketplace_id: str, *, keywords: Sequence[str] = (), item_name: str = ""
    ) -> tuple[ProductTypeName, ...]:
        return ()

    def definition(
        self,
        marketplace_id: str,
        product_type: str,
        requirements: Requirements,
        *,
        known: Definition | None = None,
        announced: bool = False,
    ) -> Definition:
        self.asked.append(product_type)
        if product_type in self.unknown:
            raise NotFound(
                f"The product type {product_type} was not found.",
                vendor="amazon",
                operation="getDefinitionsProductType",
                status=404,
            )
        is_coming = announced and self.announced != self.schema
        schema = self.announced if is_coming else self.schema
        checksum = str(hash(repr(schema)))
        if known is None or known.checksum != checksum:
            self.downloads += 1
        version = "coming" if is_coming else checksum
        return Definition(
            product_type, requirements, marketplace_id, checksum, schema, version, is_coming
        )


class FakeReports:
    """The all-listings report: `rows`."""

    def __init__(self) -> None:
        self.rows: Iterable[ReportRow] = []

    def all_listings(
        self, marketplace_id: str, *, max_age_seconds: float = 0.0
    ) -> Iterator[ReportRow]:
        yield from self.rows


class FakeForecasts:
    """Five writes a second, or a feed of five minutes and 60 ms a message; another call takes three
    minutes."""

    def of(self, changes: Sequence[Change]) -> Foretold:
        count = len(changes)
        singly = ForetoldCalls("patchListingsItem", count, count / 5)
        return Foretold(Forecast((singly,)), Forecast((), 300 + count * 0.06))

    def calls(self, operation: str, count: int) -> ForetoldCalls:
        return ForetoldCalls(operation, count, count * 180.0)


class FakeSellers:
    """The account's authorisation."""

    def state(self) -> tuple[AccountState, tuple[str, ...]]:
        return AccountState.ACTIVE, ()


class FakeAmazon:
    """Satisfies AmazonPorts."""

    def __init__(self, clock: FakeClock, wire: Wire) -> None:
        self.clock = clock
        self.listings = FakeListings(clock, wire)
        self.restrictions = FakeRestrictions()
        self.catalog_items = FakeCatalogItems()
        self.product_types = FakeProductTypes()
        self.feeds = FakeFeeds(clock, wire, self.listings)
        self.reports = FakeReports()
        self.orders = FakeAmazonOrders(clock, wire)
        self.acknowledgements = FakeAcknowledgements(clock, wire, self.orders)
        self.sellers = FakeSellers()
        self.forecast: ForecastPort = FakeForecasts()
