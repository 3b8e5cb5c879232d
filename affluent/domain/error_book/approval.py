"""Entries: what waits for a person, or was refused by one."""

from __future__ import annotations

from typing import Final

from affluent.domain.error_book.entry import ErrorEntry
from affluent.domain.issue import Reason

APPROVAL_ENTRIES: Final = (
    ErrorEntry(
        title="The plan is not approved",
        cause="The settings let a plan of this kind or size pass only where a person approves it"
        " (`approval`), and nobody has, or somebody refused it.",
        field_to_fix="None.",
        fix="`affluent plans show HASH` shows each change; `affluent approve HASH` lets exactly"
        " that plan pass, and nothing else.",
        pattern=r"^Plan [0-9a-f]{12} (waits for approval|was refused by)",
        reasons=(Reason.NOT_APPROVED,),
    ),
)
