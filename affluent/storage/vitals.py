"""Counts and ages of what we keep, for the check of our own records."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from affluent.domain.effect import UNRESOLVED, EffectState
from affluent.domain.listing import ListingStatus
from affluent.domain.order_source import OrderSource
from affluent.domain.plan import Operation
from affluent.ports.health import HeldListings, UnfinishedWrites
from affluent.storage.order_source_tables import OrderSourceRow
from affluent.storage.tables import EffectRow, ListingRow, OrderRow

_FEED_UNDER_WAY: Final = sorted(UNRESOLVED | {EffectState.ACCEPTED})


class SqlVitals:
    """The Vitals of affluent.ports.health."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def orders_placed(self, account: str, since: datetime, until: datetime) -> int:
        """How many of the account's orders were placed on Amazon in a span of time."""
        statement = select(func.count()).where(
            OrderRow.account == account, OrderRow.created_at >= since, OrderRow.created_at < until
        )
        return self._session.scalar(statement) or 0

    def last_order(self, account: str) -> datetime | None:
        """When the newest of the account's orders was placed."""
        return self._session.scalar(
            select(func.max(OrderRow.created_at)).where(OrderRow.account == account)
        )

    def orders_seen(self, account: str, source: OrderSource, since: datetime) -> int:
        """How many orders a source has shown for the first time since then."""
        statement = select(func.count(OrderSourceRow.order_id.distinct())).where(
            OrderSourceRow.account == account,
            OrderSourceRow.source == source,
            OrderSourceRow.seen_at >= since,
        )
        return self._session.scalar(statement) or 0

    def unfinished(self, feeds_before: datetime, writes_before: datetime) -> list[UnfinishedWrites]:
        """Feeds that have not ended and writes that are not resolved, of before these times."""
        is_feed = EffectRow.operation == Operation.SUBMIT_FEED
        waiting = or_(
            and_(
                is_feed,
                EffectRow.state.in_(_FEED_UNDER_WAY),
                EffectRow.created_at < feeds_before,
            ),
            and_(
                EffectRow.operation != Operation.SUBMIT_FEED,
                EffectRow.state.in_(sorted(UNRESOLVED)),
                EffectRow.created_at < writes_before,
            ),
        )
        statement = (
            select(
                EffectRow.operation,
                EffectRow.account,
                func.count(),
                func.min(EffectRow.created_at),
                func.min(EffectRow.id),
            )
            .where(waiting)
            .group_by(EffectRow.operation, EffectRow.account)
            .order_by(EffectRow.operation, EffectRow.account)
        )
        rows = self._session.execute(statement).tuples().all()
        return [
            UnfinishedWrites(operation, account, count, oldest, self._key(first))
            for operation, account, count, oldest, first in rows
        ]

    def held_listings(self) -> list[HeldListings]:
        """The listings that the gate holds, by account and marketplace."""
        place = (ListingRow.account, ListingRow.marketplace_id)
        statement = (
            select(*place, func.count(), func.min(ListingRow.updated_at))
            .where(ListingRow.status == ListingStatus.HELD)
            .group_by(*place)
            .order_by(*place)
        )
        return [HeldListings(*row) for row in self._session.execute(statement).tuples()]

    def _key(self, effect_id: int) -> str:
        return self._session.scalars(select(EffectRow.key).where(EffectRow.id == effect_id)).one()
