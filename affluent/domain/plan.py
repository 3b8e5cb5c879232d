"""The one shape: a plan of changes, and what the gate makes of it.

A plan is pure: the same inputs give the same changes in the same order and so the same hash.
What was approved is what is applied, or nothing is.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any, Final

from affluent.domain.issue import Finding, Weight
from affluent.domain.provenance import Provenance


class Operation(StrEnum):
    """Every kind of write to the outside. Amazon's names where Amazon has one.

    LINK and RECORD_ORDER change nothing outside: they let the log of an item or an order tell what
    became of it.
    """

    PUT_LISTING = "put_listing"
    PATCH_OFFER = "patch_offer"
    DELETE_LISTING = "delete_listing"
    SUBMIT_FEED = "submit_feed"
    CREATE_ORDER = "create_order"
    RAISE_STOCK = "raise_stock"
    CONFIRM_SHIPMENT = "confirm_shipment"
    UPDATE_ORDER = "update_order"
    ACKNOWLEDGE_ORDER = "acknowledge_order"
    RECORD_ORDER = "record_order"
    LINK = "link"

    @property
    def happens_once(self) -> bool:
        """Whether the same revision of a key may be written at most once, ever."""
        return self not in (*LISTING_WRITES, Operation.SUBMIT_FEED, Operation.LINK)

    @property
    def is_whole(self) -> bool:
        """Whether it leaves nothing of what the listing was before."""
        return self in (Operation.PUT_LISTING, Operation.DELETE_LISTING)


#: What changes a listing on Amazon: sent singly or by feed, and read back.
LISTING_WRITES: Final = (
    Operation.PUT_LISTING,
    Operation.PATCH_OFFER,
    Operation.DELETE_LISTING,
)


@dataclass(frozen=True, slots=True)
class Change:
    """One planned write.

    `key` names the target within account and marketplace (a seller SKU, an order id).
    `before` and `after` hold the fields that a person reads; `payload` what the connector sends.
    None of them holds a secret or a buyer's data. `revision` tells the writes of a key apart where
    each happens once: empty for the first, then "2", "3" and so on. `remarks` go into the log of
    the key, and `provenance` tells where the values come from; neither is part of what is done.
    """

    operation: Operation
    account: str
    marketplace_id: str
    key: str
    after: Mapping[str, Any]
    why: str
    before: Mapping[str, Any] = field(default_factory=dict)
    payload: Mapping[str, Any] = field(default_factory=dict)
    revision: str = ""
    remarks: tuple[str, ...] = ()
    provenance: tuple[Provenance, ...] = ()

    def fingerprint(self) -> str:
        """A stable text of everything that the change would do."""
        return _canonical(
            [
                self.operation,
                self.account,
                self.marketplace_id,
                self.key,
                self.before,
                self.after,
                self.payload,
                self.revision,
            ]
        )


@dataclass(frozen=True)
class Plan:
    """What should be done, in order.

    `findings` are what the merchant's own rules could not resolve, or have to tell: a change that
    has one is held, unless it is a warning.
    """

    changes: tuple[Change, ...]
    unchanged: int = 0
    notes: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

    @cached_property
    def hash(self) -> str:
        """SHA-256 over the changes, in order."""
        digest = hashlib.sha256()
        for change in self.changes:
            digest.update(change.fingerprint().encode())
            digest.update(b"\n")
        return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Held:
    """A change that the gate kept back, with its reasons."""

    change: Change
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Gated:
    """A plan after the gate: passed and held changes, and what stops the whole batch, if any.

    `warnings` are told of changes, and hold none. `judged_as` is the hash of what a person may have
    to approve of it, once that is known.
    """

    plan: Plan
    passed: tuple[Change, ...]
    held: tuple[Held, ...] = ()
    stops: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()
    judged_as: str = ""

    @property
    def is_stopped(self) -> bool:
        """Whether nothing of this plan may be sent."""
        return bool(self.stops)

    def with_findings(self, findings: tuple[Finding, ...]) -> Gated:
        """The same after a further check of what passed."""
        held = tuple(finding for one in self.held for finding in one.findings)
        sifted = sift(self.plan, (*held, *self.stops, *self.warnings, *findings))
        return replace(sifted, judged_as=self.judged_as)

    def noting(self, *notes: str) -> Gated:
        """The same with more sentences for a person; the plan's hash stays."""
        return replace(self, plan=replace(self.plan, notes=(*self.plan.notes, *notes)))

    @property
    def hash(self) -> str:
        """The hash by which people call the plan."""
        return self.judged_as or self.plan.hash

    def remarking(self, changes: Sequence[Change], remark: str) -> Gated:
        """The same with a sentence for the logs of those of the changes that passed."""
        meant = set(map(id, changes))
        passed = (
            replace(one, remarks=(*one.remarks, remark)) if id(one) in meant else one
            for one in self.passed
        )
        return replace(self, passed=tuple(passed))

    def held_by_reason(self) -> dict[str, int]:
        """How many changes were held, by their first reason."""
        counts = Counter(held.findings[0].reason.value for held in self.held)
        return dict(sorted(counts.items()))


def sift(plan: Plan, findings: tuple[Finding, ...]) -> Gated:
    """Split a plan by what was found: the findings of a change hold it, a stop holds all.

    What the plan's rules and the gate both found about a field counts once.
    """
    own = {(one.key, one.reason, one.field) for one in plan.findings}
    others = [one for one in findings if (one.key, one.reason, one.field) not in own]
    by_key: dict[str, list[Finding]] = {}
    for finding in (*plan.findings, *others):
        if finding.weight is Weight.HOLD:
            by_key.setdefault(finding.key, []).append(finding)
    passed = tuple(change for change in plan.changes if change.key not in by_key)
    held = tuple(
        Held(change, tuple(by_key[change.key])) for change in plan.changes if change.key in by_key
    )
    stops = tuple(finding for finding in findings if finding.weight is Weight.STOP)
    warnings = tuple(one for one in (*plan.findings, *others) if one.weight is Weight.WARN)
    return Gated(plan, passed, held, stops, warnings)


def _canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), default=_as_text)


def _as_text(value: object) -> object:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return dict(value)
    return str(value)
