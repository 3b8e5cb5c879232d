"""One value that was sent, with where it came from and by which way it went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from affluent.domain.effect import EffectState
from affluent.domain.plan import Operation
from affluent.domain.provenance import Provenance


@dataclass(frozen=True, slots=True)
class SentValue:
    """`value` is what Amazon was sent of the attribute; `origins` make it, in parts or whole.

    `request_id` is that of the call, `reference` Amazon's submission or feed. `remarks` are what
    the log said when the write was recorded, such as who approved it.
    """

    account: str
    marketplace_id: str
    key: str
    attribute: str
    value: object
    origins: tuple[Provenance, ...]
    operation: Operation
    state: EffectState
    run_id: str
    flow: str
    plan_hash: str
    sent_at: datetime
    request_id: str
    reference: str
    remarks: tuple[str, ...]
