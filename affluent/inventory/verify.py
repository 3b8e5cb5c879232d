"""Holding what Amazon shows against what is intended: each difference named and kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from affluent.domain.difference import Cause, Difference
from affluent.domain.listing import Listing
from affluent.domain.plan import Change
from affluent.inventory.extract import InventoryRead
from affluent.inventory.plan import absent, plan_differences
from affluent.submissions.context import Sender

_EXAMPLES: Final = 5


@dataclass(frozen=True)
class Reconciled:
    """What a reading of everything led to."""

    read: int
    by_report: bool
    differences: tuple[Difference, ...]

    def by_cause(self) -> list[dict[str, object]]:
        """For each cause, how many differences have it, with the first of them."""
        counts = Counter(one.cause for one in self.differences)
        return [
            {
                "cause": cause.value,
                "count": counts[cause],
                "examples": ", ".join(self._examples(cause)),
            }
            for cause in Cause
            if counts[cause]
        ]

    def _examples(self, cause: Cause) -> list[str]:
        alike = [one for one in self.differences if one.cause is cause]
        return [
            f"{one.sku}: {one.field} {one.shown}, not {one.intended}" for one in alike[:_EXAMPLES]
        ]


def reconcile(
    found: InventoryRead, changes: Sequence[Change], listings: Sequence[Listing], sender: Sender
) -> Reconciled:
    """Name the cause of each difference, and keep them with their age.

    `changes` are all that a plan of offers would do now, `listings` what it follows from.
    """
    vanished = set(found.vanished)
    wanted = [change for change in changes if change.key not in vanished]
    by_sku = {one.sku: one for one in listings}
    with sender.units() as work:
        writes = work.history.latest_writes(
            sender.account, sender.marketplace_id, sorted({one.key for one in wanted})
        )
        differences = (
            *plan_differences(wanted, by_sku, writes),
            *absent(found.vanished, found.not_ours),
        )
        now = sender.clock.now()
        work.differences.record(sender.account, sender.marketplace_id, differences, now)
        work.commit()
    return Reconciled(found.read, found.by_report, differences)
