"""Which orders have lines that Amazon cancelled, or whose buyer asks for it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    none_yet = sa.Column("has_cancellations", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("orders", none_yet)
