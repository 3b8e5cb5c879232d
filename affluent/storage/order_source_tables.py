"""The tables of how orders came to us."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from affluent.domain.notification import Outcome
from affluent.domain.order import OrderStatus
from affluent.domain.order_source import OrderSource
from affluent.storage.columns import Word
from affluent.storage.schema import Base


class OrderSourceRow(Base):
    """A source has shown an order in a status."""

    __tablename__ = "order_sources"

    account: Mapped[str] = mapped_column(primary_key=True)
    order_id: Mapped[str] = mapped_column(primary_key=True)
    source: Mapped[OrderSource] = mapped_column(Word(OrderSource), primary_key=True)
    status: Mapped[OrderStatus] = mapped_column(Word(OrderStatus), primary_key=True)
    seen_at: Mapped[datetime]


class NotificationRow(Base):
    """A notification of Amazon's; of its message nothing else is kept."""

    __tablename__ = "notifications"

    notification_id: Mapped[str] = mapped_column(primary_key=True)
    notification_type: Mapped[str]
    account: Mapped[str]
    order_id: Mapped[str]
    outcome: Mapped[Outcome] = mapped_column(Word(Outcome))
    reason: Mapped[str]
    received_at: Mapped[datetime] = mapped_column(index=True)
