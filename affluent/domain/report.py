"""What a flow did, in figures: the last word of every run, even of one that had nothing to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class RunReport:
    """The figures of one run. `held` counts by reason; `notes` are sentences for a person."""

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
    notes: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON-able values."""
        return asdict(self)
