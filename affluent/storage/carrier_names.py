"""The names of carriers that shipments of the store have had."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from affluent.domain.shipment import SeenCarrier
from affluent.storage.bulk import insert_missing
from affluent.storage.carrier_tables import CarrierNameRow


class SqlCarrierNames:
    """The CarrierNames of affluent.ports.orders."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def note(self, names: Sequence[str], at: datetime) -> None:
        """Keep names, in bulk; what was seen before keeps its time."""
        rows = [{"name": name, "first_seen_at": at} for name in sorted(set(names))]
        insert_missing(self._session, CarrierNameRow, rows)

    def all(self) -> list[SeenCarrier]:
        """Every name, by the alphabet."""
        rows = self._session.scalars(select(CarrierNameRow))
        seen = [SeenCarrier(row.name, row.first_seen_at) for row in rows]
        return sorted(seen, key=lambda one: (one.name.casefold(), one.name))
