"""What every submission needs: who sends, in which run, and through which ports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from affluent.domain.difference import HandChanges
from affluent.domain.effect import Run
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
