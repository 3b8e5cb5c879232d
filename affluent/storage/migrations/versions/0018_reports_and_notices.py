"""The runs' figures, the reports of days, and what people were told."""

from __future__ import annotations

from typing import Any, TypeAlias

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine

revision = "0018"
down_revision = "0017"

WHOLE = sa.BigInteger().with_variant(sa.Integer, "sqlite")
DOCUMENT = sa.JSON().with_variant(JSONB(), "postgresql")
MOMENT = sa.DateTime(timezone=True)

Kind: TypeAlias = type[TypeEngine[Any]] | TypeEngine[Any]


def upgrade() -> None:
    def needed(kind: Kind, *names: str) -> list[sa.Column[Any]]:
        return [sa.Column(name, kind, nullable=False) for name in names]

    op.create_table(
        "runs",
        *needed(sa.Text, "run_id", "flow", "account", "marketplace"),
        *needed(MOMENT, "ended_at"),
        *needed(WHOLE, "read", "planned", "unchanged"),
        *needed(DOCUMENT, "held", "stopped"),
        *needed(WHOLE, "sent", "effective", "refused", "waiting"),
        *needed(sa.Text, "plan_hash"),
        sa.PrimaryKeyConstraint("run_id", name="pk_runs"),
    )
    op.create_index("ix_runs_ended_at", "runs", ["ended_at"])
    op.create_index("ix_effect_transitions_at", "effect_transitions", ["at"])
    op.create_table(
        "day_reports",
        *needed(sa.Date, "day"),
        *needed(sa.Text, "body", "hash"),
        sa.PrimaryKeyConstraint("day", name="pk_day_reports"),
    )
    op.create_table(
        "notices_told",
        *needed(sa.Text, "channel", "kind", "account", "key", "title"),
        *needed(MOMENT, "told_at"),
        sa.PrimaryKeyConstraint(
            "channel", "kind", "account", "key", "title", name="pk_notices_told"
        ),
    )
