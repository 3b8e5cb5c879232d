"""Where Alembic enters: it migrates over the connection that migrate.py opened."""

from __future__ import annotations

from alembic import context

from affluent.storage import (  # noqa: F401  they fill the metadata
    before_sending_tables,
    buyer_tables,
    carrier_tables,
    catalog_tables,
    inventory_tables,
    offer_tables,
    order_source_tables,
    order_window_tables,
    plan_tables,
    report_tables,
    selling_tables,
    tables,
)
from affluent.storage.schema import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
)
with context.begin_transaction():
    context.run_migrations()
