"""The section that says which plans wait until a person has approved them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Literal

from pydantic import Field

from affluent.domain.approval import (
    ASKED_BY_DEFAULT,
    ApprovalMode,
    ApprovalPolicy,
    ApprovalRule,
    ApprovalRules,
    ChangeKind,
)
from affluent.settings.section import Section


class ApprovalRuleSettings(Section):
    """What holds for one flow, account or selling list; what it does not say holds as for all."""

    flow: Literal["", "publish_listings", "sync_offers"] = Field(
        "", description="publish_listings or sync_offers; empty is both."
    )
    account: str = Field("", description="Name of an account; empty is every one.")
    selling_list: str = Field("", description="Name of a selling list; empty is every one.")
    mode: ApprovalMode | None = Field(None, description="auto, threshold or manual.")
    most_changes: int | None = Field(None, ge=0, description="More changes than this wait.")
    most_creations: int | None = Field(None, ge=0, description="More new pages than this wait.")
    largest_price_move: Decimal | None = Field(
        None, ge=0, description="A price that moves by a larger share of itself waits."
    )
    kinds: tuple[ChangeKind, ...] | None = Field(None, description="What is asked about.")


class ApprovalSettings(Section):
    """Who approves plans: nobody has to, a person beyond some limits, or a person always."""

    mode: ApprovalMode = Field(ApprovalMode.AUTO, description="auto, threshold or manual.")
    most_changes: int = Field(
        100, ge=0, description="Under threshold, more changes than this wait."
    )
    most_creations: int = Field(
        10, ge=0, description="Under threshold, more new pages on Amazon than this wait."
    )
    largest_price_move: Decimal = Field(
        Decimal("0.2"),
        ge=0,
        description="Under threshold, a price that moves by a larger share of itself waits.",
    )
    kinds: tuple[ChangeKind, ...] = Field(
        tuple(sorted(ASKED_BY_DEFAULT)),
        description="What is asked about: creation, listing, price, quantity, handling_time.",
    )
    wait_hours: int = Field(
        24, ge=1, description="For how long a plan waits for an answer, and an answer holds."
    )
    rules: tuple[ApprovalRuleSettings, ...] = Field(
        (), description="For one flow, account or selling list; the first that fits decides."
    )

    def approval_rules(self) -> ApprovalRules:
        """The merchant's rules."""
        return ApprovalRules(
            policy=self._policy_for(ApprovalRuleSettings()),
            rules=tuple(
                ApprovalRule(self._policy_for(one), one.flow, one.account, one.selling_list)
                for one in self.rules
            ),
            wait=timedelta(hours=self.wait_hours),
        )

    def _policy_for(self, rule: ApprovalRuleSettings) -> ApprovalPolicy:
        names = ("mode", "most_changes", "most_creations", "largest_price_move", "kinds")
        own = {name: getattr(rule, name) for name in names}
        said = {name: getattr(self, name) if own[name] is None else own[name] for name in names}
        return ApprovalPolicy(**said | {"kinds": frozenset(said["kinds"])})
