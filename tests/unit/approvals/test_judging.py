"""What passes by itself, what waits for a person, and what a person's answer is worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from affluent.approvals.deciding import decide, find_plan
from affluent.approvals.judging import Judged, judge, note_applied
from affluent.domain.approval import (
    ApprovalMode,
    ApprovalPlace,
    ApprovalPolicy,
    ApprovalRule,
    ApprovalRules,
    ChangeKind,
    kind_of,
)
from affluent.domain.errors import AffluentError
from affluent.domain.issue import Finding, Reason, Weight
from affluent.domain.kept_plan import Decision, KeptPlan, PlanState
from affluent.domain.plan import Change, Operation, Plan, sift
from tests.fakes.world import World

MANUAL = ApprovalPolicy(ApprovalMode.MANUAL)
THRESHOLD = ApprovalPolicy(ApprovalMode.THRESHOLD, most_changes=3, most_creations=1)
YES, NO = Decision(True, "Ann", "for the sale"), Decision(False, "Ann")
DAY = timedelta(hours=24)


def a_change(number: int, **fields: Any) -> Change:
    values: dict[str, Any] = {
        "operation": Operation.PATCH_OFFER,
        "account": "acme-us",
        "marketplace_id": "US",
        "key": f"SKU-{number}",
        "why": "the store",
    }
    return Change(**{**values, **fields})


def priced(number: int, before: str = "20.00", after: str = "21.00", **known: str) -> Change:
    return a_change(
        number, before={"price": before, **known}, after={"price": after, "currency": "USD"}
    )


def stocked(number: int, quantity: int) -> Change:
    return a_change(number, before={"quantity": 5}, after={"quantity": quantity})


def created(number: int) -> Change:
    return a_change(
        number,
        operation=Operation.PUT_LISTING,
        after={"requirements": "LISTING", "selling_list": "Summer"},
        payload={"attributes": {"item_name": [{"value": f"Suitcase {number}"}]}},
    )


def place(policy: ApprovalPolicy, *rules: ApprovalRule, **lists: str) -> ApprovalPlace:
    by_sku = {key.replace("_", "-"): name for key, name in lists.items()}
    return ApprovalPlace("sync_offers", "acme-us", "US", ApprovalRules(policy, rules), by_sku)


def judged(
    world: World, changes: Sequence[Change], where: ApprovalPlace, *, dry_run: bool = False
) -> Judged:
    return judge([sift(Plan(tuple(changes)), ())], where, world.sender(), dry_run=dry_run)


def passed(one: Judged) -> list[str]:
    return [change.key for gated in one.gated for change in gated.passed]


def decided(world: World, plan_hash: str, decision: Decision) -> KeptPlan:
    plan = find_plan(plan_hash, world.units, world.clock.now())
    return decide(plan, decision, DAY, world.units, world.clock.now())


def newest(world: World) -> KeptPlan:
    with world.units() as work:
        return work.plans.recent(1)[0]


@pytest.mark.behaviour("N1")
def test_what_must_be_approved_is_held_until_it_is_and_passes_once(world: World) -> None:
    changes, where = [priced(1), priced(2)], place(MANUAL)

    first = judged(world, changes, where)

    assert passed(first) == []
    assert first.gated[0].held_by_reason() == {"not_approved": 2}
    assert first.awaits == Plan(tuple(changes)).hash
    decided(world, first.awaits[:12], YES)

    second = judged(world, changes, where)

    assert passed(second) == ["SKU-1", "SKU-2"]
    [remark] = second.gated[0].passed[0].remarks
    assert "was approved by Ann on" in remark
    assert "for the sale" in remark
    note_applied(second, where, world.sender())
    assert newest(world).state is PlanState.APPLIED
    assert passed(judged(world, changes, where)) == []


@pytest.mark.behaviour("N1")
def test_an_approval_is_for_exactly_one_plan_and_what_moved_is_told(world: World) -> None:
    where = place(MANUAL)
    first = judged(world, [priced(1), priced(2)], where)
    decided(world, first.awaits, YES)

    second = judged(world, [priced(1, after="22.00"), priced(3)], where)

    assert passed(second) == []
    kept = newest(world)
    assert kept.plan_hash == second.awaits != first.awaits
    assert kept.moved == (
        f"The source moved since plan {first.awaits[:12]}: new SKU-3 price; gone SKU-2 price;"
        " different SKU-1 price."
    )
    with pytest.raises(AffluentError, match="it is superseded"):
        decided(world, first.awaits, YES)


def test_a_refusal_holds_in_every_mode_until_its_time_is_over(world: World) -> None:
    changes = [priced(1)]
    dry = judged(world, changes, place(ApprovalPolicy()), dry_run=True)
    assert passed(dry) == ["SKU-1"]
    assert dry.proposal is not None
    decided(world, dry.proposal.plan_hash, NO)

    refused = judged(world, changes, place(ApprovalPolicy()))

    assert (passed(refused), refused.awaits) == ([], "")
    world.clock.sleep(DAY.total_seconds() + 1)
    assert passed(judged(world, changes, place(ApprovalPolicy()))) == ["SKU-1"]


def test_an_answer_that_comes_too_late_is_none(world: World) -> None:
    first = judged(world, [priced(1)], place(MANUAL))
    world.clock.sleep(DAY.total_seconds() + 1)

    with pytest.raises(AffluentError, match="it is expired"):
        decided(world, first.awaits, YES)

    assert judged(world, [priced(1)], place(MANUAL)).awaits == first.awaits


@pytest.mark.behaviour("N1")
@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ([priced(1), priced(2), priced(3)], ""),
        ([priced(number) for number in range(4)], "4 changes are more than 3"),
        ([created(1)], ""),
        ([created(1), created(2)], "2 creations are more than 1"),
        ([priced(1, after="24.00")], ""),
        ([priced(1, after="15.00")], "1 price would move by more than 20%, that of SKU-1 by 25%"),
    ],
)
def test_the_limits_of_a_threshold(world: World, changes: list[Change], why: str) -> None:
    one = judged(world, changes, place(THRESHOLD))

    assert (one.kept.objections if one.kept else ()) == ((why,) if why else ())
    assert len(passed(one)) == (0 if why else len(changes))


@pytest.mark.parametrize(
    ("policy", "changes"),
    [
        (ApprovalPolicy(), [priced(number, after="90.00") for number in range(200)]),
        (ApprovalPolicy(), [created(number) for number in range(50)]),
        (THRESHOLD, [stocked(number, 4) for number in range(200)]),
        (MANUAL, [stocked(number, 4) for number in range(200)]),
    ],
)
def test_what_is_not_asked_about_passes_however_much_it_is(
    world: World, policy: ApprovalPolicy, changes: list[Change]
) -> None:
    one = judged(world, changes, place(policy))

    assert len(passed(one)) == len(changes)
    assert one.awaits == ""


def test_a_stock_and_what_must_not_wait_pass_beside_what_waits(world: World) -> None:
    everything = replace(MANUAL, kinds=frozenset(ChangeKind))
    below = priced(2, "3.00", "6.00", floor="5.00")

    asked_of_stock = judged(world, [stocked(1, 0), stocked(3, 4), below], place(everything))
    by_default = judged(world, [stocked(1, 2), priced(3)], place(MANUAL))

    assert passed(asked_of_stock) == ["SKU-1", "SKU-2"]
    assert passed(by_default) == ["SKU-1"]


def test_the_first_rule_that_fits_decides_for_its_list(world: World) -> None:
    rules = (
        ApprovalRule(ApprovalPolicy(), flow="publish_listings"),
        ApprovalRule(MANUAL, account="acme-us", selling_list="Shoes"),
    )

    one = judged(world, [priced(1), priced(2)], place(ApprovalPolicy(), *rules, SKU_2="Shoes"))

    assert passed(one) == ["SKU-1"]
    assert one.awaits == Plan((priced(2),)).hash


def test_a_stopped_batch_is_not_asked_about(world: World) -> None:
    stop = Finding("", Reason.PRICE_MOVED, "Too much moves.", weight=Weight.STOP)
    stopped, fine = sift(Plan((priced(1),)), (stop,)), sift(Plan((priced(2),)), ())

    one = judge([stopped, fine], place(MANUAL), world.sender())

    assert one.awaits == Plan((priced(2),)).hash
    assert one.gated[0].is_stopped
    assert one.gated[0].passed == stopped.passed


def test_a_plan_that_passes_by_itself_is_kept_with_what_let_it_pass(world: World) -> None:
    for policy, let_by in ((ApprovalPolicy(), "auto"), (THRESHOLD, "threshold")):
        where = place(policy)
        note_applied(judged(world, [priced(1)], where), where, world.sender())

        kept = newest(world)
        assert (kept.state, kept.decided_by, kept.changes) == (PlanState.APPLIED, let_by, 1)
    with world.units() as work:
        assert len(work.plans.recent(9)) == 2


def test_nothing_to_send_is_nothing_to_keep(world: World) -> None:
    one = judged(world, [], place(MANUAL))
    note_applied(one, place(MANUAL), world.sender())

    with world.units() as work:
        assert work.plans.recent(9) == []


def test_a_listing_that_is_sent_again_is_no_creation() -> None:
    again = replace(created(1), before={"attributes": {}})

    assert (kind_of(created(1)), kind_of(again)) == (ChangeKind.CREATION, ChangeKind.LISTING)


def test_a_price_that_was_nothing_has_no_move() -> None:
    free = priced(1, before="0")

    assert list(replace(THRESHOLD, largest_price_move=Decimal(0)).objections([free])) == []


@pytest.mark.parametrize("name", ["", "abc", "not-there"])
def test_a_plan_that_is_not_there_is_named(world: World, name: str) -> None:
    with pytest.raises(AffluentError, match=name or "too short"):
        find_plan(name, world.units, world.clock.now())
