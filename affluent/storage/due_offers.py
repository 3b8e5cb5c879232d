"""The offers that may differ from what Amazon shows: found by their marks, never by a walk."""

from __future__ import annotations

from collections import defaultdict, namedtuple
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final, cast

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    delete,
    exists,
    func,
    select,
    union,
)
from sqlalchemy.orm import Session, aliased

from affluent.domain.listing import Listing
from affluent.domain.product import Variant
from affluent.ports.offers import DueOffers, Scope
from affluent.storage.bulk import chunks, insert, table_of, upsert
from affluent.storage.catalog_tables import VariantRow
from affluent.storage.listings import listing_of
from affluent.storage.marks import TAKEN, mark_lists
from affluent.storage.offer_tables import DueOfferRow, OfferRulesRow
from affluent.storage.tables import ListingRow
from affluent.storage.variant_rows import variant_from

# Plain rows: as mapped objects, so many would cost twice the time.
_OFFER, _SOLD = (list(table_of(model).columns.keys()) for model in (ListingRow, VariantRow))
_Offer = namedtuple("_Offer", _OFFER)  # type: ignore[misc]  # the columns stand in the table
_Sold = namedtuple("_Sold", _SOLD)  # type: ignore[misc]  # the columns stand in the table
_WIDTH: Final = len(_OFFER)


class SqlOffersToPlan:
    """The OffersToPlan of affluent.ports.offers."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def read(self, account: str, marketplace_id: str, scope: Scope) -> DueOffers:
        """The taken listings within the scope, by one statement."""
        # Before the offers: a mark that comes in between is left for the next plan.
        marks = self._marks(account, marketplace_id)
        statement = _offers(account, marketplace_id)
        if not scope.everything:
            statement = statement.where(ListingRow.sku.in_(_due(account, marketplace_id, scope)))
        listings: list[Listing] = []
        variants: dict[int, Variant] = {}
        gone: set[int] = set()
        for row in self._session.execute(statement).tuples():
            listings.append(listing_of(cast(ListingRow, _Offer._make(row[:_WIDTH]))))
            sold = cast(VariantRow, _Sold._make(row[_WIDTH:]))
            if sold.variant_id is None or sold.variant_id in variants:
                continue
            if sold.gone_at is None:
                variants[sold.variant_id] = variant_from(sold)
            else:
                gone.add(sold.variant_id)
        listings.sort(key=lambda one: one.sku)
        return DueOffers(listings, list(variants.values()), frozenset(gone), marks)

    def add(self, account: str, marketplace_id: str, skus: Collection[str]) -> None:
        """Mark these SKUs."""
        key = {"account": account, "marketplace_id": marketplace_id}
        insert(self._session, DueOfferRow, [{**key, "sku": sku} for sku in sorted(skus)])

    def remove(self, marks: Collection[int]) -> None:
        """Remove these marks; those that came later stay."""
        for chunk in chunks(sorted(marks)):
            self._session.execute(
                delete(DueOfferRow)
                .where(DueOfferRow.id.in_(chunk))
                .execution_options(synchronize_session=False)
            )

    def rules(self, account: str, marketplace_id: str) -> dict[str, str]:
        """The digest of the rules that each list's offers were last marked for, by list."""
        statement = select(OfferRulesRow.selling_list, OfferRulesRow.digest).where(
            OfferRulesRow.account == account, OfferRulesRow.marketplace_id == marketplace_id
        )
        return dict(self._session.execute(statement).tuples().all())

    def follow(self, account: str, marketplace_id: str, digests: Mapping[str, str]) -> None:
        """Mark all that stands in these lists, and keep their digests."""
        if not digests:
            return
        mark_lists(self._session, account, marketplace_id, digests)
        key = {"account": account, "marketplace_id": marketplace_id}
        rows = [{**key, "selling_list": name, "digest": one} for name, one in digests.items()]
        upsert(self._session, OfferRulesRow, rows)

    def has_offers(self, account: str, marketplace_id: str, selling_list: str) -> bool:
        """Whether anything that is sent or linked stands in the list."""
        here = and_(_here(account, marketplace_id), ListingRow.selling_list == selling_list)
        return bool(self._session.scalar(select(exists().where(TAKEN, here))))

    def in_stock(self, account: str, marketplace_id: str) -> int:
        """How many offers, sent or linked, have a quantity above 0."""
        statement = (
            select(func.count())
            .select_from(ListingRow)
            .where(_here(account, marketplace_id), TAKEN, ListingRow.quantity > 0)
        )
        return self._session.scalars(statement).one()

    def elsewhere(
        self, account: str, marketplace_id: str, skus: Sequence[str]
    ) -> dict[str, list[Listing]]:
        """The taken listings of these SKUs on the account's other marketplaces, by SKU."""
        found: dict[str, list[Listing]] = defaultdict(list)
        for chunk in chunks(skus):
            statement = select(ListingRow).where(
                ListingRow.account == account,
                ListingRow.marketplace_id != marketplace_id,
                ListingRow.sku.in_(chunk),
                TAKEN,
            )
            for row in self._session.scalars(statement):
                found[row.sku].append(listing_of(row))
        return found

    def _marks(self, account: str, marketplace_id: str) -> dict[str, list[int]]:
        marks: dict[str, list[int]] = defaultdict(list)
        statement = select(DueOfferRow.sku, DueOfferRow.id).where(_marked(account, marketplace_id))
        for sku, mark in self._session.execute(statement):
            marks[sku].append(mark)
        return marks


def sold_variant() -> ColumnElement[int | None]:
    """The id of the variant that a listing sells: the oldest that has its SKU in the store now,
    else the one that it was linked to, which may have another SKU since, or be gone."""
    namesake = aliased(VariantRow)
    by_sku = select(func.min(namesake.variant_id)).where(
        namesake.sku == ListingRow.store_sku, namesake.sku != "", namesake.gone_at.is_(None)
    )
    return func.coalesce(by_sku.correlate(ListingRow).scalar_subquery(), ListingRow.variant_id)


def _offers(account: str, marketplace_id: str) -> Select[tuple[Any, ...]]:
    return (
        select(*table_of(ListingRow).columns, *table_of(VariantRow).columns)
        .select_from(ListingRow)
        .outerjoin(VariantRow, VariantRow.variant_id == sold_variant())
        .where(_here(account, marketplace_id), TAKEN)
    )


def _due(account: str, marketplace_id: str, scope: Scope) -> Select[tuple[str]]:
    """The SKUs within the scope; each part of it is found by an index of its own."""
    here = _here(account, marketplace_id)
    named = select(VariantRow.variant_id).where(VariantRow.sku.in_(scope.store_skus))
    parts = union(
        select(DueOfferRow.sku).where(_marked(account, marketplace_id)),
        select(ListingRow.sku).where(here, ListingRow.selling_list.in_(scope.lists)),
        select(ListingRow.sku).where(here, ListingRow.store_sku.in_(scope.store_skus)),
        select(ListingRow.sku).where(here, ListingRow.variant_id.in_(named)),
    ).subquery()
    return select(parts.c.sku)


def _here(account: str, marketplace_id: str) -> ColumnElement[bool]:
    return and_(ListingRow.account == account, ListingRow.marketplace_id == marketplace_id)


def _marked(account: str, marketplace_id: str) -> ColumnElement[bool]:
    return and_(DueOfferRow.account == account, DueOfferRow.marketplace_id == marketplace_id)
