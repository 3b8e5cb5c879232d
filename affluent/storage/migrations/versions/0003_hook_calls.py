"""What has come through the store's webhooks, shared by all receivers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "hook_calls",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_hook_calls"),
    )
    op.create_index("ix_hook_calls_seen_at", "hook_calls", ["seen_at"])
