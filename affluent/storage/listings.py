"""What we know of the listings on Amazon."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from affluent.domain.listing import Listing
from affluent.domain.money import Money
from affluent.domain.variation import Kinship
from affluent.storage.bulk import Values, chunks, upsert
from affluent.storage.marks import mark_skus
from affluent.storage.tables import ListingRow

#: What a plan of offers reads of a listing, in the order of _offer.
_OFFER_COLUMNS: Final = (
    ListingRow.status,
    ListingRow.selling_list,
    ListingRow.store_sku,
    ListingRow.variant_id,
    ListingRow.channel,
    ListingRow.price_amount,
    ListingRow.price_currency,
    ListingRow.quantity,
    ListingRow.beside_price,
    ListingRow.lead_time_days,
)


class SqlListings:
    """The Listings of affluent.ports.storage."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def save(self, listings: Sequence[Listing], at: datetime) -> None:
        """Insert or replace in bulk, by account, marketplace and SKU; `at` is their new time.

        What differs in anything that an offer follows from is marked as due.
        """
        moved = self._moved(listings)
        upsert(self._session, ListingRow, [_to_row(listing, at) for listing in listings])
        for account, skus in moved.items():
            mark_skus(self._session, account, skus)

    def of(self, account: str, marketplace_id: str) -> list[Listing]:
        """Every listing of one account and marketplace, by SKU."""
        rows = self._session.scalars(_here(account, marketplace_id))
        # The databases sort text in different ways, so it is sorted here.
        return sorted(map(listing_of, rows), key=lambda row: row.sku)

    def named(self, account: str, marketplace_id: str, skus: Sequence[str]) -> dict[str, Listing]:
        """The listings of these SKUs of one account and marketplace, by SKU."""
        return {
            row.sku: listing_of(row)
            for chunk in chunks(skus)
            for row in self._session.scalars(
                _here(account, marketplace_id).where(ListingRow.sku.in_(chunk))
            )
        }

    def page(self, account: str, marketplace_id: str, after_sku: str, size: int) -> list[Listing]:
        """The next so many listings after a SKU, in the database's own order of SKUs."""
        statement = _here(account, marketplace_id).where(ListingRow.sku > after_sku)
        rows = self._session.scalars(statement.order_by(ListingRow.sku).limit(size))
        return [listing_of(row) for row in rows]

    def _moved(self, listings: Sequence[Listing]) -> dict[str, list[str]]:
        """The SKUs, by account, whose listings are to be saved otherwise than they are known."""
        places: dict[tuple[str, str], list[Listing]] = defaultdict(list)
        for listing in listings:
            places[listing.account, listing.marketplace_id].append(listing)
        moved: dict[str, list[str]] = defaultdict(list)
        for place, here in places.items():
            known = self._known_offers(*place, [one.sku for one in here])
            moved[place[0]] += [one.sku for one in here if known.get(one.sku) != _offer(one)]
        return moved

    def _known_offers(
        self, account: str, marketplace_id: str, skus: Sequence[str]
    ) -> dict[str, tuple[object, ...]]:
        return {
            row.sku: tuple(row)[1:]
            for chunk in chunks(skus)
            for row in self._session.execute(
                select(ListingRow.sku, *_OFFER_COLUMNS).where(
                    ListingRow.account == account,
                    ListingRow.marketplace_id == marketplace_id,
                    ListingRow.sku.in_(chunk),
                )
            )
        }

    def by_sku(self, sku: str) -> list[Listing]:
        """The listings of one SKU (Amazon's or the store's), wherever they are."""
        statement = select(ListingRow).where(
            or_(ListingRow.sku == sku, ListingRow.store_sku == sku)
        )
        return sorted(
            map(listing_of, self._session.scalars(statement)),
            key=lambda row: (row.account, row.marketplace_id, row.sku),
        )


def _here(account: str, marketplace_id: str) -> Select[tuple[ListingRow]]:
    return select(ListingRow).where(
        ListingRow.account == account, ListingRow.marketplace_id == marketplace_id
    )


def _offer(listing: Listing) -> tuple[object, ...]:
    return (
        listing.status,
        listing.selling_list,
        listing.store_sku,
        listing.variant_id,
        listing.channel,
        listing.price.amount if listing.price else None,
        listing.price.currency if listing.price else None,
        listing.quantity,
        listing.beside_price,
        listing.lead_time_days,
    )


def _to_row(listing: Listing, at: datetime) -> Values:
    return {
        "account": listing.account,
        "marketplace_id": listing.marketplace_id,
        "sku": listing.sku,
        "status": listing.status,
        "selling_list": listing.selling_list,
        "store_sku": listing.store_sku,
        "variant_id": listing.variant_id,
        "asin": listing.asin,
        "product_type": listing.product_type,
        "barcode": listing.barcode,
        "created_by_us": listing.created_by_us,
        "channel": listing.channel,
        "price_amount": listing.price.amount if listing.price else None,
        "price_currency": listing.price.currency if listing.price else None,
        "quantity": listing.quantity,
        "buyable": listing.buyable,
        "reasons": list(listing.reasons),
        "fingerprint": listing.fingerprint,
        "beside_price": listing.beside_price,
        "lead_time_days": listing.lead_time_days,
        "updated_at": at,
        "changed_on_amazon_at": listing.changed_on_amazon_at,
        "parentage": listing.kinship.parentage,
        "parent_sku": listing.kinship.parent_sku,
        "theme": listing.kinship.theme,
    }


def listing_of(row: ListingRow) -> Listing:
    """A row as the domain knows it."""
    return Listing(
        account=row.account,
        marketplace_id=row.marketplace_id,
        sku=row.sku,
        status=row.status,
        selling_list=row.selling_list,
        store_sku=row.store_sku,
        variant_id=row.variant_id,
        asin=row.asin,
        product_type=row.product_type,
        barcode=row.barcode,
        created_by_us=row.created_by_us,
        channel=row.channel,
        price=_price(row),
        quantity=row.quantity,
        buyable=row.buyable,
        reasons=tuple(row.reasons),
        fingerprint=row.fingerprint,
        beside_price=row.beside_price,
        lead_time_days=row.lead_time_days,
        updated_at=row.updated_at,
        changed_on_amazon_at=row.changed_on_amazon_at,
        kinship=Kinship(row.parentage, row.parent_sku, row.theme),
    )


def _price(row: ListingRow) -> Money | None:
    if row.price_amount is None or row.price_currency is None:
        return None
    return Money(row.price_amount, row.price_currency)
