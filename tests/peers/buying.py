"""Buyers of the sandbox's Amazon."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.sandbox.running import RunningSandbox


def placed_order(sandbox: RunningSandbox, sku: str, quantity: int = 1) -> dict[str, Any]:
    """An order of an hour ago, long enough for searchOrders to show it."""
    created = datetime.now(UTC) - timedelta(hours=1)
    with sandbox.admin() as admin:
        answer = admin.post(
            "/amazon/orders",
            json={
                "createdTime": created.isoformat(),
                "items": [{"sku": sku, "quantity": quantity}],
            },
        )
    order: dict[str, Any] = answer.raise_for_status().json()
    return order
