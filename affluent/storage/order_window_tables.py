"""The table of a backfill's windows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from affluent.domain.order_window import WindowState
from affluent.storage.columns import Document, Word
from affluent.storage.schema import Base


class OrderWindowRow(Base):
    """A span of time whose orders are read; `marketplace_ids` are parted by commas."""

    __tablename__ = "backfill_windows"

    account: Mapped[str] = mapped_column(primary_key=True)
    marketplace_ids: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[datetime] = mapped_column(primary_key=True)
    until: Mapped[datetime] = mapped_column(primary_key=True)
    state: Mapped[WindowState] = mapped_column(Word(WindowState))
    token: Mapped[str]
    pages: Mapped[list[str]] = mapped_column(Document)
    read: Mapped[int]
    created: Mapped[int]
    waiting: Mapped[int]
    started_at: Mapped[datetime | None]
