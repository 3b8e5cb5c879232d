"""Where each selling list was first used: its account and marketplace are locked from then on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    words = ("account", "marketplace_id")
    op.create_table(
        "list_places",
        sa.Column("name", sa.Text, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in words),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_list_places"),
    )
    # What was listed shows where its list was used, if that was in one place only.
    op.execute(
        """
        INSERT INTO list_places (name, account, marketplace_id, used_at)
        SELECT selling_list, min(account), min(marketplace_id), min(updated_at)
        FROM listings
        WHERE selling_list <> '' AND status IN ('pending', 'linked', 'error')
        GROUP BY selling_list
        HAVING min(account) = max(account) AND min(marketplace_id) = max(marketplace_id)
        """
    )
