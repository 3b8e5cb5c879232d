"""What stays of a run's report once the run is over: its figures, and why it was stopped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class RunFigures:
    """The figures of one run that was not dry, as `RunReport` has them.

    `account` and `marketplace` are as the run was asked; empty where it was not.
    """

    run_id: str
    flow: str
    account: str
    marketplace: str
    ended_at: datetime
    read: int
    planned: int
    unchanged: int
    held: Mapping[str, int]
    stopped: tuple[str, ...]
    sent: int
    effective: int
    refused: int
    waiting: int
    plan_hash: str
