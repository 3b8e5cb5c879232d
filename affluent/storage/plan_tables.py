"""The tables of plans and their approvals, and of where sent values came from."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from affluent.domain.kept_plan import PlanState
from affluent.storage.columns import Document, Word
from affluent.storage.schema import Base


class PlanRow(Base):
    """A plan that was proposed or applied; the fields are those of affluent.domain.kept_plan."""

    __tablename__ = "plans"
    __table_args__ = (Index(None, "state", "flow", "account", "marketplace_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_hash: Mapped[str] = mapped_column(index=True)
    flow: Mapped[str]
    account: Mapped[str]
    marketplace_id: Mapped[str]
    run_id: Mapped[str] = mapped_column(index=True)
    changes: Mapped[int]
    objections: Mapped[list[str]] = mapped_column(Document)
    moved: Mapped[str]
    state: Mapped[PlanState] = mapped_column(Word(PlanState))
    proposed_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    decided_by: Mapped[str]
    decided_at: Mapped[datetime | None]
    comment: Mapped[str]
    applied_by: Mapped[str]
    applied_at: Mapped[datetime | None]


class PlannedFieldRow(Base):
    """One field that a proposed plan would change."""

    __tablename__ = "planned_fields"

    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    operation: Mapped[str]
    key: Mapped[str]
    field: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]
    why: Mapped[str]


class ProvenanceRow(Base):
    """Where the values of one effect came from: by `profile version`, a list of
    [path, source, raw, steps, override]."""

    __tablename__ = "provenance"

    effect_id: Mapped[int] = mapped_column(ForeignKey("effects.id"), primary_key=True)
    origins: Mapped[dict[str, list[list[Any]]]] = mapped_column(Document)
