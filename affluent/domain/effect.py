"""The ledger's words: an effect is one write to the outside, known before it is sent.

planned ─ sent ─┬─ accepted ─┬─ effective     held: the gate kept it back
                ├─ refused   └─ ignored       superseded: a later plan took its place
                └─ unknown ─ (look) ─ …       ignored: accepted, not shown in due time
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from affluent.domain.issue import Issue
from affluent.domain.plan import Operation


class EffectState(StrEnum):
    """How far a write has come."""

    PLANNED = "planned"
    HELD = "held"
    SENT = "sent"
    ACCEPTED = "accepted"
    EFFECTIVE = "effective"
    REFUSED = "refused"
    IGNORED = "ignored"
    UNKNOWN = "unknown"
    SUPERSEDED = "superseded"


#: States in which the other side may or may not know of the write: look before sending again.
UNRESOLVED = frozenset({EffectState.PLANNED, EffectState.SENT, EffectState.UNKNOWN})


#: Longer than any request of ours lives: after this a worker that sent it has its answer, or died.
LEASE_SECONDS: Final = 90.0


@dataclass(frozen=True, slots=True)
class Run:
    """The execution that a write belongs to."""

    run_id: str
    flow: str

    @property
    def flow_run_id(self) -> str:
        """The run as Prefect knows it; once it has waited for a person it goes on as `id.2`."""
        return self.run_id.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Effect:
    """One row of the ledger.

    `parent_id` is the feed's effect where a feed carried it; `messages` are the latest words.
    """

    effect_id: int
    operation: Operation
    account: str
    marketplace_id: str
    key: str
    state: EffectState
    payload: Mapping[str, Any]
    after: Mapping[str, Any]
    plan_hash: str
    run_id: str
    attempts: int
    created_at: datetime
    updated_at: datetime
    parent_id: int | None = None
    reference: str = ""
    messages: tuple[str, ...] = ()
    flow: str = ""


@dataclass(frozen=True, slots=True)
class Resolution:
    """What became of one effect.

    `reference` is the vendor's own name for the result: a submission id, a feed id, an order id.
    `messages` are the vendor's or the gate's words, one each; never a buyer's data.
    """

    effect_id: int
    state: EffectState
    reference: str = ""
    request_id: str = ""
    issues: tuple[Issue, ...] = ()
    messages: tuple[str, ...] = ()
    parent_id: int | None = None


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One transition of one effect: a line of an item's log or of an order's timeline.

    `why` is what the change followed from, as for a price the steps that made it.
    """

    at: datetime
    operation: Operation
    account: str
    marketplace_id: str
    key: str
    state: EffectState
    run_id: str
    request_id: str = ""
    reference: str = ""
    messages: tuple[str, ...] = ()
    after: Mapping[str, Any] = field(default_factory=dict)
    why: str = ""
