"""Selling lists that we made ourselves."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from affluent.domain.listing import SellingList
from affluent.storage.bulk import Values, insert_missing
from affluent.storage.selling_tables import SellingListRow


class SqlSellingLists:
    """The SellingLists of affluent.ports.storage."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def ensure(self, selling_list: SellingList) -> None:
        """Make the list if no list of that name exists."""
        insert_missing(self._session, SellingListRow, [_to_row(selling_list)])

    def all(self) -> list[SellingList]:
        """Every list that we made, by name."""
        rows = self._session.scalars(select(SellingListRow))
        return sorted(map(_from_row, rows), key=lambda selling_list: selling_list.name)


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


def _from_row(row: SellingListRow) -> SellingList:
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
        skus=frozenset(row.skus),
        excluded_category_ids=frozenset(row.excluded_category_ids),
        excluded_skus=frozenset(row.excluded_skus),
        asins=row.asins,
    )
