"""Rows of the ledger as the domain's effects."""

from __future__ import annotations

from affluent.domain.effect import Effect
from affluent.storage.tables import EffectRow


def effect_from(row: EffectRow) -> Effect:
    """The effect of a row."""
    return Effect(
        effect_id=row.id,
        operation=row.operation,
        account=row.account,
        marketplace_id=row.marketplace_id,
        key=row.key,
        state=row.state,
        payload=row.payload,
        after=row.after,
        plan_hash=row.plan_hash,
        run_id=row.run_id,
        attempts=row.attempts,
        created_at=row.created_at,
        updated_at=row.updated_at,
        parent_id=row.parent_id,
        reference=row.reference,
        messages=tuple(row.messages),
        flow=row.flow,
    )
