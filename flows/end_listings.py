"""End listings of one account on one marketplace: those that are named, or what left its list.

Requires: extract_catalog to have run; Amazon credentials with the Product Listing role.
"""

from __future__ import annotations

from typing import Annotated, Final

from prefect import flow

from affluent.domain.ending import Way
from affluent.domain.report import RunReport
from affluent.endings.plan import Asked, plan_endings
from affluent.submissions.telling import tell
from flows.parameters import AccountName, ConfigPath, DryRun, MarketplaceName, described
from flows.reports import gated_report, refuse_if_stopped
from tasks.artifacts import publish_gated, publish_report
from tasks.endings import (
    check_endings,
    choose_returned,
    read_endings_back,
    read_known_endings,
    read_memberships,
    send_endings,
)
from tasks.feeds import settle_earlier_runs
from tasks.runtime import open_voyage

NAME = "end_listings"
_APPROVE: Final = (
    "Look at the artifact end-listings-plan; if all of it is to end, run again with approved_hash,"
    " or raise endings.largest_share."
)


@flow(name="end-listings")
def end_listings(
    account: AccountName,
    marketplace: MarketplaceName,
    skus: Annotated[list[str] | None, described("SKUs on Amazon to end, and nothing else.")] = None,
    selling_list: Annotated[
        str, described("A selling list all of whose listings end, and nothing else.")
    ] = "",
    way: Annotated[
        Way, described("How what is named ends: no units offered, or taken off Amazon.")
    ] = Way.END,
    approved_hash: Annotated[
        str, described("Let exactly the stopped batch pass that a run has shown with this hash.")
    ] = "",
    dry_run: DryRun = False,
    config: ConfigPath = "affluent.yaml",
) -> RunReport:
    """End what is named; without a name, what left its list and is to end by the list's rule."""
    with open_voyage(NAME, config) as voyage:
        application = voyage.application
        market = application.marketplace(account, marketplace)
        sender = voyage.sender(account, market)
        settle_earlier_runs(sender)
        memberships = read_memberships(application, account, market)
        asked = Asked(frozenset(skus or ()), selling_list, way)
        known = read_known_endings(application, memberships, asked, sender)
        plan = plan_endings(asked, known)
        gated = check_endings(application, plan, known, approved_hash)
        publish_gated(NAME, gated)
        report = gated_report(NAME, len(known.listings), gated)
        if dry_run or gated.is_stopped:
            publish_report(report)
            refuse_if_stopped(gated, _APPROVE)
            return report
        back = choose_returned(memberships, known)
        taken = send_endings(gated, back, sender)
        read_endings_back(taken, sender)
        return publish_report(tell(report, sender))
