"""What every submission needs: who sends, in which run, and through which ports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from affluent.domain.difference import HandChanges
from affluent.domain.effect import Effect, EffectState, Resolution, Run
from affluent.ports.amazon import AmazonPorts
from affluent.ports.clock import Clock
from affluent.ports.progress import Progress
from affluent.ports.storage import UnitsOfWork
from affluent.privacy.safe import NOTHING_KEPT, Safe


@dataclass(frozen=True)
class Sender:
    """One account's way out, within one run. What the run knows, it has read since `began_at`."""

    account: str
    marketplace_id: str
    amazon: AmazonPorts
    units: UnitsOfWork
    clock: Clock
    run: Run
    progress: Progress
    began_at: datetime
    hand_changes: HandChanges = HandChanges.OVERWRITE
    safe: Safe = NOTHING_KEPT
    longest_plan_hours: float | None = None

    def claim(self, effect: Effect) -> bool:
        """Mark an effect as sent, before it is; False where another worker was quicker."""
        with self.units() as work:
            claimed = work.ledger.claim(effect, self.clock.now())
            work.commit()
        return claimed

    def conclude(self, resolution: Resolution) -> None:
        """Keep what an answer says. Another worker may have sent the same, and read it back
        already: that stands."""
        with self.units() as work:
            if work.ledger.effect(resolution.effect_id).state is not EffectState.EFFECTIVE:
                work.ledger.resolve([resolution], self.clock.now())
            work.commit()
