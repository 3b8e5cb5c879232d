"""Marking offers as due, in the transaction that changes what they follow from.

A mark is one more row and never a lock: whoever reads the catalog does not wait for whoever reads
offers back from Amazon, nor the other way round.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import zip_longest
from typing import Any, Final

from sqlalchemy import ColumnElement, CompoundSelect, Select, insert, select, union
from sqlalchemy.orm import Session

from affluent.domain import listing
from affluent.storage.bulk import chunks
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
    named = zip_longest(chunks(variant_ids), chunks(skus), fillvalue=())
    for some_ids, some_skus in named:
        ids: Sequence[Any] = some_ids
        of_ids = select(VariantRow.sku).where(VariantRow.variant_id.in_(ids))
        of_skus = select(VariantRow.variant_id).where(VariantRow.sku.in_(some_skus))
        by_id = [ListingRow.variant_id.in_(one) for one in (ids, of_skus)]
        by_sku = [ListingRow.store_sku.in_(one) for one in (some_skus, of_ids)]
        _mark(session, union(*(_taken(sellers) for sellers in (*by_id, *by_sku))))


def mark_skus(session: Session, account: str, skus: Sequence[str]) -> None:
    """Mark these SKUs of Amazon's on each of the account's marketplaces: they share their stock."""
    for chunk in chunks(skus):
        here = ListingRow.account == account
        _mark(session, _taken(here, ListingRow.sku.in_(chunk)))


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
