"""What a variant costs without its sale, what it costs the merchant, and its MAP price."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

AMOUNT = sa.Text().with_variant(sa.Numeric(), "postgresql")


def upgrade() -> None:
    for table in ("variants", "variant_versions"):
        for name in ("regular_amount", "cost_amount", "map_amount"):
            op.add_column(table, sa.Column(name, AMOUNT))
