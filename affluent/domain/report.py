"""What a flow did, in figures: the last word of every run, even of one that had nothing to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from affluent.domain.effect import EffectState
from affluent.domain.time_to_effect import TimeToEffect


@dataclass(frozen=True, slots=True)
class RunReport:
    """The figures of one run. `held` counts by reason; `time_to_effect` is that of its writes that
    are effective; `awaits` is the hash of a plan that waits for an approval; `notes` are sentences
    for a person."""

    flow: str
    read: int = 0
    planned: int = 0
    unchanged: int = 0
    held: Mapping[str, int] = field(default_factory=dict)
    stopped: tuple[str, ...] = ()
    sent: int = 0
    refused: int = 0
    effective: int = 0
    waiting: int = 0
    plan_hash: str = ""
    awaits: str = ""
    time_to_effect: TimeToEffect | None = None
    notes: tuple[str, ...] = ()

    def with_effects(
        self, states: Mapping[EffectState, int], notes: tuple[str, ...] = ()
    ) -> RunReport:
        """The report once the run's own rows of the ledger are known, counted by state."""
        unsent = (EffectState.PLANNED, EffectState.HELD, EffectState.SUPERSEDED)
        return replace(
            self,
            sent=sum(count for state, count in states.items() if state not in unsent),
            refused=states.get(EffectState.REFUSED, 0),
            effective=states.get(EffectState.EFFECTIVE, 0),
            waiting=states.get(EffectState.ACCEPTED, 0) + states.get(EffectState.UNKNOWN, 0),
            notes=(*self.notes, *notes),
        )

    def with_orders(self, imported: int, waiting: int, notes: tuple[str, ...]) -> RunReport:
        """The report of an import: orders that stand in the store, and those that wait."""
        return replace(
            self,
            sent=imported,
            effective=imported,
            waiting=waiting,
            notes=(*self.notes, *notes),
        )

    def noting(self, *notes: str) -> RunReport:
        """The report with more sentences for a person."""
        return replace(self, notes=(*self.notes, *notes))

    def joined(self, batch: RunReport) -> RunReport:
        """The report of a run that works in batches, with the next batch's figures."""
        return replace(
            self,
            read=self.read + batch.read,
            planned=self.planned + batch.planned,
            unchanged=self.unchanged + batch.unchanged,
            held=Counter(self.held) + Counter(batch.held),
            stopped=(*self.stopped, *batch.stopped),
            sent=self.sent + batch.sent,
            refused=self.refused + batch.refused,
            effective=self.effective + batch.effective,
            waiting=self.waiting + batch.waiting,
            plan_hash=batch.plan_hash or self.plan_hash,
            notes=(*self.notes, *batch.notes),
        )

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON-able values."""
        return asdict(self)
