"""What rides in feeds that Amazon has not ended yet: it will show, whatever Amazon shows now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from affluent.domain.effect import EffectState
from affluent.domain.plan import Operation
from affluent.ports.storage import UnitOfWork
from affluent.submissions.watchdog import rides


def gather_riding(
    account: str, marketplace_id: str, work: UnitOfWork
) -> dict[str, Mapping[str, Any]]:
    """By SKU, the fields of an offer that are on their way and that nothing has overtaken since."""
    riding: dict[str, Mapping[str, Any]] = {}
    for feed in work.ledger.in_states(Operation.SUBMIT_FEED, account, [EffectState.ACCEPTED]):
        if feed.marketplace_id != marketplace_id:
            continue
        for item in work.ledger.children(feed.effect_id):
            if rides(item):
                riding[item.key] = {**riding.get(item.key, {}), **item.after}
        for later in work.ledger.sent_since(feed):
            overtaken = riding.get(later.key, {})
            riding[later.key] = {
                name: value for name, value in overtaken.items() if name not in later.after
            }
    return riding
