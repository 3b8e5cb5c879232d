"""When each variant last changed, so that what follows from it can be found in one statement."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

TIME = sa.DateTime(timezone=True)
#: SQLite adds no column without a value for the rows that exist; the statement after it corrects
#: them, and every later row names its own.
LONG_AGO = "1970-01-01 00:00:00"


def upgrade() -> None:
    op.add_column(
        "variants", sa.Column("changed_at", TIME, nullable=False, server_default=LONG_AGO)
    )
    op.execute("UPDATE variants SET changed_at = COALESCE(gone_at, seen_at)")
    op.create_index("ix_variants_changed_at", "variants", ["changed_at"])
