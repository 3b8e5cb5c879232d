"""What Amazon last took of ours beside a listing's price, and as its handling time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

WHOLE = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    none_yet = sa.Column("beside_price", sa.Text, nullable=False, server_default="")
    op.add_column("listings", none_yet)
    op.add_column("listings", sa.Column("lead_time_days", WHOLE))
