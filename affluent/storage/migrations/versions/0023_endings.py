"""What was decided to end, until it is made anew or offered again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.create_table(
        "endings",
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("marketplace_id", sa.Text, nullable=False),
        sa.Column("sku", sa.Text, nullable=False),
        sa.Column("way", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("relisting", sa.Boolean, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account", "marketplace_id", "sku", name="pk_endings"),
    )
