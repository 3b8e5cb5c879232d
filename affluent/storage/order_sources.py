"""How orders came to us: the sources that showed them, and the notifications."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from affluent.domain.notification import ReceivedNotification
from affluent.domain.order_source import Sighting
from affluent.storage.bulk import chunks, insert_missing
from affluent.storage.order_source_tables import NotificationRow, OrderSourceRow


class SqlOrderSources:
    """The OrderSources of affluent.ports.orders."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def note(self, sightings: Sequence[Sighting]) -> None:
        """Keep first sightings, in bulk; what was seen before keeps its time."""
        insert_missing(self._session, OrderSourceRow, [asdict(one) for one in sightings])

    def of_orders(self, account: str, order_ids: Sequence[str]) -> list[Sighting]:
        """The sightings of these orders, oldest first."""
        found = [
            row
            for some in chunks(order_ids)
            for row in self._session.scalars(
                select(OrderSourceRow).where(
                    OrderSourceRow.account == account, OrderSourceRow.order_id.in_(some)
                )
            )
        ]
        sightings = [
            Sighting(row.account, row.order_id, row.source, row.status, row.seen_at)
            for row in found
        ]
        return sorted(sightings, key=lambda one: (one.seen_at, one.order_id, one.source))


class SqlReceivedNotifications:
    """The ReceivedNotifications of affluent.ports.notifications."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def save(self, notifications: Sequence[ReceivedNotification]) -> None:
        """Keep them, in bulk; the first outcome of each stays."""
        insert_missing(self._session, NotificationRow, [asdict(one) for one in notifications])

    def known(self, notification_ids: Sequence[str]) -> set[str]:
        """Which of these came before."""
        column = NotificationRow.notification_id
        return {
            one
            for some in chunks(notification_ids)
            for one in self._session.scalars(select(column).where(column.in_(some)))
        }

    def forget(self, before: datetime) -> None:
        """Forget what came before then: no queue keeps a message for longer than two weeks."""
        self._session.execute(delete(NotificationRow).where(NotificationRow.received_at < before))
