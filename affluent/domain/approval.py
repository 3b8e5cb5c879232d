"""Whether a plan may be applied by itself, or a person must have approved it.

A falling stock and a price below its floor never wait: to hold them would sell what is not there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final

from affluent.domain.lane import Lane, lane_of
from affluent.domain.listing import Requirements
from affluent.domain.plan import Change, Operation


class ApprovalMode(StrEnum):
    """Who approves: nobody has to, a person beyond some limits, or a person always."""

    AUTO = "auto"
    THRESHOLD = "threshold"
    MANUAL = "manual"


class ChangeKind(StrEnum):
    """What a change does, as far as its approval is concerned."""

    CREATION = "creation"
    LISTING = "listing"
    PRICE = "price"
    QUANTITY = "quantity"
    HANDLING_TIME = "handling_time"


#: A stock moves with each sale: who had to approve that would approve all day.
ASKED_BY_DEFAULT: Final = frozenset(ChangeKind) - {ChangeKind.QUANTITY}


def kind_of(change: Change) -> ChangeKind:
    """What the change does; a patch of several subjects counts by its price."""
    if change.operation is Operation.PATCH_OFFER:
        if "price" in change.after:
            return ChangeKind.PRICE
        return ChangeKind.QUANTITY if "quantity" in change.after else ChangeKind.HANDLING_TIME
    is_new = not change.before and change.after.get("requirements") == Requirements.LISTING
    return ChangeKind.CREATION if is_new else ChangeKind.LISTING


@dataclass(frozen=True, slots=True)
class ApprovalPolicy:
    """When a person is asked. The limits are those of `threshold`; 0.2 is a move by 20 %."""

    mode: ApprovalMode = ApprovalMode.AUTO
    most_changes: int = 100
    most_creations: int = 10
    largest_price_move: Decimal = Decimal("0.2")
    kinds: frozenset[ChangeKind] = ASKED_BY_DEFAULT

    def asks_about(self, change: Change) -> bool:
        """Whether the change may need an approval."""
        if self.mode is ApprovalMode.AUTO or kind_of(change) not in self.kinds:
            return False
        return lane_of(change) is not Lane.SAFETY

    def objections(self, changes: Sequence[Change]) -> Iterator[str]:
        """Why these changes, all of them asked about, must be approved; nothing if not."""
        if self.mode is ApprovalMode.MANUAL:
            yield f"{_counted(len(changes), 'change')} must be approved"
            return
        if len(changes) > self.most_changes:
            yield f"{len(changes)} changes are more than {self.most_changes}"
        creations = sum(kind_of(one) is ChangeKind.CREATION for one in changes)
        if creations > self.most_creations:
            yield f"{creations} creations are more than {self.most_creations}"
        moves = {one.key: move for one in changes if (move := price_move(one)) is not None}
        far = [key for key, move in moves.items() if move > self.largest_price_move]
        if far:
            farthest = max(far, key=lambda key: moves[key])
            yield (
                f"{_counted(len(far), 'price')} would move by more than"
                f" {self.largest_price_move:.0%}, that of {farthest} by {moves[farthest]:.0%}"
            )


@dataclass(frozen=True, slots=True)
class ApprovalRule:
    """A policy for a flow, an account or a selling list; what is empty fits everything."""

    policy: ApprovalPolicy
    flow: str = ""
    account: str = ""
    selling_list: str = ""

    def fits(self, flow: str, account: str, selling_list: str) -> bool:
        """Whether the rule speaks of changes there."""
        return (
            self.flow in ("", flow)
            and self.account in ("", account)
            and self.selling_list in ("", selling_list)
        )


@dataclass(frozen=True, slots=True)
class ApprovalRules:
    """The first rule that fits decides, else the policy for all.

    `wait` is for how long a plan waits for an answer, and for how long an answer holds.
    """

    policy: ApprovalPolicy = ApprovalPolicy()
    rules: tuple[ApprovalRule, ...] = ()
    wait: timedelta = timedelta(hours=24)

    def policy_for(self, flow: str, account: str, selling_list: str) -> ApprovalPolicy:
        """The policy of one place."""
        fitting = (one for one in self.rules if one.fits(flow, account, selling_list))
        found = next(fitting, None)
        return self.policy if found is None else found.policy


@dataclass(frozen=True, slots=True)
class ApprovalPlace:
    """Where changes are judged: `lists` are the selling lists of SKUs whose changes name none."""

    flow: str
    account: str
    marketplace_id: str
    rules: ApprovalRules
    lists: Mapping[str, str]

    def policy_of(self, change: Change) -> ApprovalPolicy:
        """The policy under which the change stands."""
        named = change.after.get("selling_list") or self.lists.get(change.key, "")
        return self.rules.policy_for(self.flow, self.account, named)

    def objections(self, changes: Sequence[Change]) -> tuple[str, ...]:
        """Why those of these changes that are asked about must be approved, policy by policy."""
        by_policy: dict[ApprovalPolicy, list[Change]] = {}
        for change in changes:
            policy = self.policy_of(change)
            if policy.asks_about(change):
                by_policy.setdefault(policy, []).append(change)
        return tuple(why for policy, own in by_policy.items() for why in policy.objections(own))


def price_move(change: Change) -> Decimal | None:
    """By which share of itself a price would move; None where there is no price before or after."""
    before, after = change.before.get("price"), change.after.get("price")
    if before is None or after is None or not Decimal(str(before)):
        return None
    was = Decimal(str(before))
    return abs(Decimal(str(after)) - was) / was


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
