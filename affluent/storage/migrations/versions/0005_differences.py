"""What Amazon shows other than intended, and Amazon's own time of a listing's last change."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    time = sa.DateTime(timezone=True)
    op.add_column("listings", sa.Column("changed_on_amazon_at", time))
    words = ("account", "marketplace_id", "sku", "field", "intended", "shown", "cause")
    op.create_table(
        "differences",
        *(sa.Column(name, sa.Text, nullable=False) for name in words),
        sa.Column("first_seen", time, nullable=False),
        sa.Column("last_seen", time, nullable=False),
        sa.Column("resolved_at", time),
        sa.PrimaryKeyConstraint("account", "marketplace_id", "sku", "field", name="pk_differences"),
    )
    op.create_index("ix_differences_sku", "differences", ["sku"])
