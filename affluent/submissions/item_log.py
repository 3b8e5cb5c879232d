"""Telling the log of a listing what changed with us alone: nothing of it is sent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from affluent.domain.effect import EffectState, Run
from affluent.domain.listing import Listing
from affluent.domain.plan import Change, Operation, Plan
from affluent.ports.storage import UnitOfWork


def tell_log(
    listings: Iterable[Listing], why: str, work: UnitOfWork, run: Run, at: datetime
) -> None:
    """An entry in the log of each listing whose link has changed."""
    changes = tuple(
        Change(
            operation=Operation.LINK,
            account=one.account,
            marketplace_id=one.marketplace_id,
            key=one.sku,
            after={"status": one.status, "store_sku": one.store_sku},
            why=why,
        )
        for one in listings
    )
    words = {change.key: (why,) for change in changes}
    work.ledger.record(
        changes,
        run,
        at,
        plan_hash=Plan(changes).hash,
        state=EffectState.EFFECTIVE,
        messages=words,
    )
