"""Selling lists that we made ourselves."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from affluent.domain.listing import TAKEN, SellingList
from affluent.storage.bulk import Values, insert_missing
from affluent.storage.selling_tables import SellingListRow
from affluent.storage.tables import ListingRow


class SqlSellingLists:
    """The SellingLists of affluent.ports.storage."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def ensure(self, selling_list: SellingList) -> None:
        """Make the list if no list of that name exists."""
        insert_missing(self._session, SellingListRow, [_to_row(selling_list)])

    def all(self) -> list[SellingList]:
        """Every list that we made, by name, with the store's SKUs of what is linked in it.

        A list that names nothing would take every product in, so it is left out.
        """
        rows = self._session.scalars(select(SellingListRow))
        lists = [_from_row(row, self._linked_in(row)) for row in rows]
        filled = [one for one in lists if not one.names_nothing]
        return sorted(filled, key=lambda selling_list: selling_list.name)

    def _linked_in(self, row: SellingListRow) -> frozenset[str]:
        linked = select(ListingRow.store_sku).where(
            ListingRow.account == row.account,
            ListingRow.marketplace_id == row.marketplace_id,
            ListingRow.selling_list == row.name,
            ListingRow.status.in_(TAKEN),
        )
        return frozenset(self._session.scalars(linked))


def _to_row(selling_list: SellingList) -> Values:
    profiles = selling_list.creation_profiles
    return {
        "name": selling_list.name,
        "account": selling_list.account,
        "marketplace_id": selling_list.marketplace_id,
        "offer_profile": selling_list.offer_profile,
        "creation_profiles": {str(category): name for category, name in profiles.items()},
        "path": selling_list.path,
        "category_ids": sorted(selling_list.category_ids),
        "brands": sorted(selling_list.brands),
        "skus": sorted(selling_list.skus),
        "excluded_category_ids": sorted(selling_list.excluded_category_ids),
        "excluded_skus": sorted(selling_list.excluded_skus),
        "asins": dict(selling_list.asins),
    }


def _from_row(row: SellingListRow, linked: frozenset[str]) -> SellingList:
    profiles = row.creation_profiles
    return SellingList(
        name=row.name,
        account=row.account,
        marketplace_id=row.marketplace_id,
        offer_profile=row.offer_profile,
        creation_profiles={int(category): name for category, name in profiles.items()},
        path=row.path,
        category_ids=frozenset(row.category_ids),
        brands=frozenset(row.brands),
        skus=linked.union(row.skus),
        excluded_category_ids=frozenset(row.excluded_category_ids),
        excluded_skus=frozenset(row.excluded_skus),
        asins=row.asins,
    )
