"""What a vendor tells of a bucket's rate, shared by all who draw from it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("buckets", sa.Column("rate", sa.Double))
    op.add_column("buckets", sa.Column("rate_until", sa.Double))
