"""The windows of a backfill, with their place in Amazon's pages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0021"
down_revision = "0020"

MOMENT = sa.DateTime(timezone=True)
WHOLE = sa.BigInteger().with_variant(sa.Integer, "sqlite")
DOCUMENT = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "backfill_windows",
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("marketplace_ids", sa.Text, nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("token", sa.Text, nullable=False),
        sa.Column("pages", DOCUMENT, nullable=False),
        sa.Column("read", WHOLE, nullable=False),
        sa.Column("created", WHOLE, nullable=False),
        sa.Column("waiting", WHOLE, nullable=False),
        sa.Column("started_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint(
            "account", "marketplace_ids", "since", "until", name="pk_backfill_windows"
        ),
    )
