"""Ending listings, and what has left the lists that listed it."""

from __future__ import annotations

from affluent.bootstrap import Application
from affluent.domain.effect import Effect
from affluent.domain.ending import Ending, LeftList, WhenLeft
from affluent.domain.marketplace import Marketplace
from affluent.domain.plan import Gated, Plan
from affluent.endings.apply import apply_endings
from affluent.endings.extract import gather_endings
from affluent.endings.gate import gate_endings
from affluent.endings.plan import Asked, EndingsKnown, returned
from affluent.endings.verify import verify_endings
from affluent.selling.membership import Membership, left_behind, plan_membership, standing
from affluent.submissions.context import Sender
from tasks.runtime import reading, writing


@reading
def read_memberships(
    application: Application, account: str, marketplace: Marketplace
) -> list[Membership]:
    """Who stands in the lists of the account on the marketplace, and who leaves them."""
    lists = application.selling_lists(account, marketplace)
    with application.units() as work:
        listings = work.listings.of(account, marketplace.marketplace_id)
        return plan_membership(lists, work.variants.all(), listings)


@reading
def read_known_endings(
    application: Application, memberships: list[Membership], asked: Asked, sender: Sender
) -> EndingsKnown:
    """Everything that a plan of endings follows from."""
    policies = {one.name: one.when_left for one in application.written_lists}
    left = [
        LeftList(one.selling_list, one.sku, str(one.why), policies[one.selling_list])
        if one.selling_list in policies
        else LeftList(one.selling_list, one.sku, str(one.why), WhenLeft.KEEP)
        for one in left_behind(memberships)
    ]
    return gather_endings(left, asked, sender)


@reading
def check_endings(
    application: Application, plan: Plan, known: EndingsKnown, approved_hash: str
) -> Gated:
    """The gate and the breaker over a plan of endings."""
    return gate_endings(plan, known, application.ending_policy, approved_hash)


@reading
def choose_returned(memberships: list[Membership], known: EndingsKnown) -> list[Ending]:
    """The endings that hold no longer because the product stands in a list again."""
    return returned(known, standing(memberships))


@writing
def send_endings(gated: Gated, back: list[Ending], sender: Sender) -> list[Effect]:
    """Send a gated plan of endings."""
    return apply_endings(gated, back, sender)


@reading
def read_endings_back(taken: list[Effect], sender: Sender) -> int:
    """Answers how many listings Amazon still shows as they were."""
    return verify_endings(taken, sender)
