"""The tables of what is reported: the runs, the days, and what people were told."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date
from sqlalchemy.orm import Mapped, mapped_column

from affluent.domain.notice import NoticeKind
from affluent.storage.columns import Document, Word
from affluent.storage.schema import Base


class RunRow(Base):
    """The figures of one run; its fields are those of affluent.domain.run_figures."""

    __tablename__ = "runs"

    run_id: Mapped[str] = mapped_column(primary_key=True)
    flow: Mapped[str]
    account: Mapped[str]
    marketplace: Mapped[str]
    ended_at: Mapped[datetime] = mapped_column(index=True)
    read: Mapped[int]
    planned: Mapped[int]
    unchanged: Mapped[int]
    held: Mapped[dict[str, Any]] = mapped_column(Document)
    stopped: Mapped[list[str]] = mapped_column(Document)
    sent: Mapped[int]
    effective: Mapped[int]
    refused: Mapped[int]
    waiting: Mapped[int]
    plan_hash: Mapped[str]


class DayReportRow(Base):
    """The report of one day, as it was issued; never changed."""

    __tablename__ = "day_reports"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    body: Mapped[str]
    hash: Mapped[str]


class ToldRow(Base):
    """An incident that one channel was told and that is open still."""

    __tablename__ = "notices_told"

    channel: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[NoticeKind] = mapped_column(Word(NoticeKind), primary_key=True)
    account: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(primary_key=True)
    told_at: Mapped[datetime]
