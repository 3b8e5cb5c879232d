"""A vendor's window of requests, shared by all who draw from it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

WHOLE = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "request_windows",
        sa.Column("window", sa.Text, nullable=False),
        sa.Column("quota", WHOLE, nullable=False),
        sa.Column("length", sa.Double, nullable=False),
        sa.Column("left", WHOLE, nullable=False),
        sa.Column("ends_at", sa.Double, nullable=False),
        sa.Column("is_told", sa.Boolean, nullable=False),
        sa.Column("on_way", WHOLE, nullable=False),
        sa.Column("has_others", sa.Boolean, nullable=False),
        sa.Column("closed_until", sa.Double, nullable=False),
        sa.Column("turn", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("window", name="pk_request_windows"),
    )
