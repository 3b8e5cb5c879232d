"""The section that says what becomes of orders that were shipped before they were first seen."""

from __future__ import annotations

from pydantic import Field

from affluent.settings.section import Section


class BackfillSettings(Section):
    """What `backfill_orders` does with orders that Amazon shows as shipped."""

    create: bool = Field(
        True, description="Whether they are created in the store, or only recorded here."
    )
    status_id: int = Field(10, description="BigCommerce's status for them; 10 is Completed.")
    touches_stock: bool = Field(
        False,
        description="Whether they take the store's stock; else their lines are custom lines.",
    )
