"""A listing's place in a tree of variations."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    for name in ("parentage", "parent_sku", "theme"):
        none_yet = sa.Column(name, sa.Text, nullable=False, server_default="")
        op.add_column("listings", none_yet)
