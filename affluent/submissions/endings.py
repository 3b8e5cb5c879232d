"""What was decided to end, and when Amazon was seen to show a deleted listing no longer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from affluent.domain.effect import EffectState
from affluent.domain.ending import Ending
from affluent.domain.plan import Operation
from affluent.ports.storage import History, UnitOfWork


def deleted_at(
    account: str, marketplace_id: str, skus: Sequence[str], history: History
) -> dict[str, datetime]:
    """Of these SKUs those that were deleted by us, and when that showed."""
    return {
        effect.key: effect.updated_at
        for effect in history.latest_writes(account, marketplace_id, skus)
        if effect.operation is Operation.DELETE_LISTING and effect.state is EffectState.EFFECTIVE
    }


def endings_of(account: str, marketplace_id: str, work: UnitOfWork) -> dict[str, Ending]:
    """What was decided to end on one account and marketplace, by SKU."""
    here = (account, marketplace_id)
    return {one.sku: one for one in work.endings.all() if (one.account, one.marketplace_id) == here}


def forget_endings(
    account: str, marketplace_id: str, skus: Collection[str], work: UnitOfWork
) -> None:
    """Let go of what was decided for these SKUs: they are made anew, or linked again."""
    kept = endings_of(account, marketplace_id, work)
    work.endings.remove([one for sku, one in kept.items() if sku in skus])
