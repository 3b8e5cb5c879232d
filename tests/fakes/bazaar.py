"""A shop in memory that is not BigCommerce: its own words, cents and states, behind our ports.

It sells articles by code, notes sales as tickets, and sends parcels. It knows no price lists, no
webhooks, no quotas and no questions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum

from affluent.domain.account import AccountState
from affluent.domain.cancellation import StoreRefund
from affluent.domain.category import Category
from affluent.domain.errors import NotFound, Refused
from affluent.domain.forecast import ForetoldCalls
from affluent.domain.money import Money
from affluent.domain.order import (
    DraftLine,
    OrderDraft,
    Shortage,
    StoreOrder,
    StoreOrderLine,
)
from affluent.domain.price_list import PriceRecord
from affluent.domain.product import Modifier, ResolvedSku, Variant
from affluent.domain.shipment import ShippedLine, StoreShipment
from affluent.ports.bigcommerce import CatalogPage, NamedParts, Shelf, StoreCheck
from affluent.ports.clock import Clock


class TicketState(Enum):
    """How far a ticket is; the value is the number by which our ports know it."""

    TO_PACK = 11
    PARCEL_GONE = 2


@dataclass
class Article:
    """What the shop sells: so many pieces, at so many cents each."""

    code: str
    title: str
    cents: int
    pieces: int
    ean: str
    touched: datetime


@dataclass
class Ticket:
    """A sale: pieces by the code of their article."""

    number: int
    note: str
    pieces: dict[str, int]
    state: TicketState
    touched: datetime
    parcels: list[StoreShipment] = field(default_factory=list)


class Bazaar:
    """The whole shop; satisfies StorePorts, and each of its ports itself but for the orders."""

    def __init__(self, clock: Clock) -> None:
        self.articles: list[Article] = []
        self.tickets: list[Ticket] = []
        self.clock = clock
        self.catalog = self.price_lists = self.stock = self.hooks = self
        self.orders = Tickets(self)

    def add(self, code: str, cents: int, pieces: int, ean: str) -> Article:
        """Put an article onto the shelf."""
        article = Article(code, f"The {code}", cents, pieces, ean, self.clock.now())
        self.articles.append(article)
        return article

    def change(self, code: str, *, cents: int | None = None, pieces: int | None = None) -> None:
        """Another price, or another count."""
        article = self.article(code)
        article.cents = article.cents if cents is None else cents
        article.pieces = article.pieces if pieces is None else pieces
        article.touched = self.clock.now()

    def article(self, code: str) -> Article:
        return next(one for one in self.articles if one.code == code)

    def number_of(self, article: Article) -> int:
        return self.articles.index(article) + 1

    def variants(self, modified_since: datetime | None = None) -> Iterator[CatalogPage]:
        since = modified_since or datetime.min.replace(tzinfo=UTC)
        yield CatalogPage([self._as_variant(one) for one in self.articles if one.touched >= since])

    def categories(self) -> Iterator[Category]:
        yield Category(1, 0, "Everything")

    def resolve(self, skus: Sequence[str]) -> dict[str, ResolvedSku]:
        found = [one for one in self.articles if one.code in skus]
        return {
            one.code: ResolvedSku(one.code, self.number_of(one), self.number_of(one))
            for one in found
        }

    def modifiers(self, product_id: int) -> tuple[Modifier, ...]:
        return ()

    def records(
        self, price_list_id: int, currency: str, modified_since: datetime | None = None
    ) -> Iterator[list[PriceRecord]]:
        raise NotFound("It has no price lists.", vendor="Bazaar", operation="records")

    def available(self, skus: Sequence[str]) -> dict[str, int]:
        return {one.code: one.pieces for one in self.articles if one.code in skus}

    def shelf(self, product_id: int, variant_id: int) -> Shelf | None:
        return Shelf(product_id, variant_id, 1, self.articles[variant_id - 1].pieces)

    def raise_by(self, shelf: Shelf, units: int, reason: str) -> str:
        self.articles[shelf.product_id - 1].pieces += units
        return reason

    def forecast(self, calls: int) -> ForetoldCalls:
        return ForetoldCalls("calls of the shop", calls, 0.0)

    def check(self, parts: NamedParts) -> StoreCheck:
        return StoreCheck(AccountState.ACTIVE, "Bazaar", "USD")

    def _as_variant(self, article: Article) -> Variant:
        number = self.number_of(article)
        return Variant(
            variant_id=number,
            product_id=number,
            sku=article.code,
            name=article.title,
            description="",
            brand="Bazaar",
            price=Money(Decimal(article.cents) / 100, "USD"),
            quantity=article.pieces,
            barcode=article.ean,
            mpn="",
            condition="New",
            is_visible=True,
            category_ids=(1,),
            modified_at=article.touched,
        )


class Tickets:
    """The shop's sales as orders."""

    def __init__(self, bazaar: Bazaar) -> None:
        self._bazaar = bazaar

    def find(self, external_order_id: str) -> list[StoreOrder]:
        return [_as_order(one) for one in self._bazaar.tickets if one.note == external_order_id]

    def create(self, draft: OrderDraft) -> StoreOrder:
        for line in draft.lines:
            self._refuse_shortage(line)
        for line in draft.lines:
            self._bazaar.article(self._code(line)).pieces -= line.quantity
        ticket = Ticket(
            number=len(self._bazaar.tickets) + 7000,
            note=draft.external_order_id,
            pieces={self._code(line): line.quantity for line in draft.lines},
            state=TicketState.TO_PACK,
            touched=self._bazaar.clock.now(),
        )
        self._bazaar.tickets.append(ticket)
        return _as_order(ticket)

    def modified_since(self, since: datetime) -> Iterator[StoreOrder]:
        yield from [_as_order(one) for one in self._bazaar.tickets if one.touched >= since]

    def order(self, order_id: int) -> StoreOrder:
        return _as_order(self._ticket(order_id))

    def change(self, order_id: int, note: str, status_id: int | None = None) -> StoreOrder:
        raise NotFound("A ticket is final.", vendor="Bazaar", operation="change")

    def refunds_since(self, since: datetime) -> Iterator[StoreRefund]:
        yield from ()

    def lines(self, order_id: int) -> tuple[StoreOrderLine, ...]:
        articles = self._bazaar
        return tuple(
            StoreOrderLine(place, code, code, articles.number_of(articles.article(code)), pieces, 0)
            for place, (code, pieces) in enumerate(self._ticket(order_id).pieces.items())
        )

    def shipments(self, order_id: int) -> tuple[StoreShipment, ...]:
        return tuple(self._ticket(order_id).parcels)

    def send_parcel(self, number: int, tracking_number: str) -> None:
        """All pieces of a ticket leave in one parcel."""
        ticket = self._ticket(number)
        lines = tuple(ShippedLine(*one) for one in enumerate(ticket.pieces.values()))
        ticket.parcels.append(
            StoreShipment(
                number + 1, number, self._bazaar.clock.now(), tracking_number, "ups", "", "", lines
            )
        )
        ticket.state, ticket.touched = TicketState.PARCEL_GONE, self._bazaar.clock.now()

    def _ticket(self, number: int) -> Ticket:
        return next(one for one in self._bazaar.tickets if one.number == number)

    def _code(self, line: DraftLine) -> str:
        return self._bazaar.articles[(line.variant_id or 0) - 1].code

    def _refuse_shortage(self, line: DraftLine) -> None:
        pieces = self._bazaar.article(self._code(line)).pieces
        if pieces < line.quantity:
            short = (Shortage("OutOfStock", line.product_id, line.variant_id, pieces),)
            raise Refused("Sold out.", vendor="Bazaar", operation="create", details=short)


def _as_order(ticket: Ticket) -> StoreOrder:
    return StoreOrder(ticket.number, ticket.state.value, ticket.note, ticket.touched)
