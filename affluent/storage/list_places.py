"""Where each selling list was first used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from affluent.domain.list_place import ListPlace
from affluent.storage.bulk import insert_missing
from affluent.storage.selling_tables import ListPlaceRow


class SqlListPlaces:
    """The ListPlaces of affluent.ports.selling."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def lock(self, places: Mapping[str, ListPlace], at: datetime) -> None:
        """Keep where these lists are used, by name; what is kept already stays as it is."""
        rows = [
            {"name": name, "used_at": at} | asdict(place) for name, place in sorted(places.items())
        ]
        insert_missing(self._session, ListPlaceRow, rows)

    def all(self) -> dict[str, ListPlace]:
        """The place of every list that was used, by name."""
        return {
            row.name: ListPlace(row.account, row.marketplace_id)
            for row in self._session.scalars(select(ListPlaceRow).order_by(ListPlaceRow.name))
        }
