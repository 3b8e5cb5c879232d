"""What the last parts of the gate hold may be a parent: then its children wait, too."""

from __future__ import annotations

from affluent.domain.issue import Finding, Reason, Weight
from affluent.domain.plan import Change, Operation, Plan, sift
from affluent.domain.variation import Kinship, Parentage
from affluent.listings.waiting import hold_orphans

PARENT, CHILD, ALONE = "MUG-parent", "MUG-red", "LID"


def put(key: str, kinship: Kinship) -> Change:
    return Change(Operation.PUT_LISTING, "acme-us", "US", key, after=kinship.facts(), why="new")


PLAN = Plan(
    (
        put(PARENT, Kinship(Parentage.PARENT, theme="COLOR")),
        put(CHILD, Kinship(Parentage.CHILD, PARENT, "COLOR")),
        put(ALONE, Kinship()),
    )
)


def test_a_child_waits_whose_parent_was_not_approved_and_nothing_else_is_lost() -> None:
    warning = Finding(ALONE, Reason.PREVIEWED, "Amazon takes it.", weight=Weight.WARN)
    gated = sift(PLAN, (Finding(PARENT, Reason.NOT_APPROVED, "It waits."), warning))

    whole = hold_orphans(gated, [])

    assert [one.key for one in whole.passed] == [ALONE]
    assert [one.change.key for one in whole.held] == [PARENT, CHILD]
    assert "It waits." in whole.held[1].findings[0].message
    assert whole.warnings == (warning,)
