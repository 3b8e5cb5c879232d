"""Marking offers as due, in the transaction that changes what they follow from.

A mark is one more row and never a lock: whoever reads the catalog does not wait for whoever reads
offers back from Amazon, nor the other way round.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from sqlalchemy import ColumnElement, CompoundSelect, Select, insert, select, union
from sqlalchemy.orm import Session

from affluent.domain import listing
from affluent.storage.bulk import among
from affluent.storage.catalog_tables import VariantRow
from affluent.storage.offer_tables import DueOfferRow
from affluent.storage.tables import ListingRow

#: The listings that are sent or linked; any other is marked when it becomes one.
TAKEN: Final = ListingRow.status.in_(listing.TAKEN)


def mark_variants(
    session: Session, variant_ids: Sequence[int] = (), skus: Sequence[str] = ()
) -> None:
    """Mark what sells these variants, wherever it is.

    A variant is named by its id, which also stands for the SKU that it is known by until now, or by
    a SKU, which also stands for the variant that is known by it.
    """
    if not variant_ids and not skus:
        return
    of_ids = select(VariantRow.sku).where(among(session, VariantRow.variant_id, variant_ids))
    of_skus = select(VariantRow.variant_id).where(among(session, VariantRow.sku, skus))
    sellers = (
        among(session, ListingRow.variant_id, variant_ids),
        ListingRow.variant_id.in_(of_skus),
        among(session, ListingRow.store_sku, skus),
        ListingRow.store_sku.in_(of_ids),
    )
    _mark(session, union(*map(_taken, sellers)))


def mark_skus(session: Session, account: str, skus: Sequence[str]) -> None:
    """Mark these SKUs of Amazon's on each of the account's marketplaces: they share their stock."""
    if skus:
        here = ListingRow.account == account
        _mark(session, _taken(here, among(session, ListingRow.sku, skus)))


def mark_lists(session: Session, account: str, marketplace_id: str, lists: Collection[str]) -> None:
    """Mark all that stands in these lists."""
    _mark(
        session,
        _taken(
            ListingRow.account == account,
            ListingRow.marketplace_id == marketplace_id,
            ListingRow.selling_list.in_(lists),
        ),
    )


def _taken(*conditions: ColumnElement[bool]) -> Select[tuple[str, str, str]]:
    columns = (ListingRow.account, ListingRow.marketplace_id, ListingRow.sku)
    return select(*columns).where(TAKEN, *conditions)


def _mark(
    session: Session, rows: Select[tuple[str, str, str]] | CompoundSelect[tuple[str, str, str]]
) -> None:
    session.execute(insert(DueOfferRow).from_select(["account", "marketplace_id", "sku"], rows))
