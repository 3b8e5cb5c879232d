"""Publish the selling lists of one account on one marketplace: plan, gate, apply, verify.

Requires: extract_catalog to have run; Amazon credentials with the Product Listing role.
"""

from __future__ import annotations

from typing import Annotated

from prefect import flow

from affluent.domain.before_sending import Preview
from affluent.domain.report import RunReport
from affluent.listings.plan import plan_listings
from affluent.listings.waiting import hold_orphans
from affluent.submissions.telling import tell
from flows.approval import until_decided
from flows.parameters import AccountName, ConfigPath, DryRun, MarketplaceName, described
from flows.reports import gated_report, refuse_if_stopped
from tasks.approval import approval_place, ask_approval, close_plan
from tasks.artifacts import publish_gated, publish_link, publish_report
from tasks.attributes import (
    ask_permissions,
    check_listings,
    compare_with_last_sent,
    preview_with_amazon,
    read_known_listings,
)
from tasks.catalog import choose_products, lock_lists, refused_moves
from tasks.feeds import read_listings_back, send_listings, settle_earlier_runs
from tasks.runtime import Voyage

NAME = "publish_listings"


@flow(name="publish-listings")
def publish_listings(
    account: AccountName,
    marketplace: MarketplaceName,
    again: Annotated[
        bool,
        described("Send what Amazon refused once more as it is, after an approval."),
    ] = False,
    preview: Annotated[
        Preview,
        described("Ask Amazon's opinion of none, a sample or all of the listings beforehand."),
    ] = Preview.NONE,
    dry_run: DryRun = False,
    config: ConfigPath = "affluent.yaml",
) -> RunReport:
    """Offer what Amazon knows, create what it does not, hold what is flawed."""
    return until_decided(
        NAME, config, lambda voyage: _publish(voyage, account, marketplace, again, preview, dry_run)
    )


def _publish(
    voyage: Voyage, account: str, marketplace: str, again: bool, preview: Preview, dry_run: bool
) -> RunReport:
    application = voyage.application
    market = application.marketplace(account, marketplace)
    sender = voyage.sender(account, market)
    settle_earlier_runs(sender)
    selected = choose_products(application, account, market)
    known = read_known_listings(application, selected, market, sender)
    plan = compare_with_last_sent(plan_listings(selected, known, again=again), sender)
    lists = {one.selling_list.name: one.selling_list for one in selected}
    profiles = {name: one.offer_profile for name, one in lists.items()}
    gated = check_listings(application, plan, known, profiles, sender)
    gated = ask_permissions(application, gated, known, again, sender)
    gated = preview_with_amazon(application, gated, preview, sender)
    place = approval_place(application, sender)
    judged = ask_approval([gated], place, sender, dry_run)
    gated = hold_orphans(judged.gated[0], known.listings.values())
    publish_gated(NAME, gated)
    publish_link(NAME, market, "inventory", "The account's inventory on Amazon")
    notes = refused_moves(application, account, market)
    report = gated_report(NAME, len(selected), gated, notes, judged.awaits)
    if dry_run or gated.is_stopped:
        publish_report(report)
        refuse_if_stopped(gated)
        return report
    lock_lists(application, selected)
    paths = {name: one.path for name, one in lists.items()}
    variants = {one.variant.sku: one.variant for one in selected}
    taken = send_listings(gated, paths, variants, sender)
    close_plan(judged, place, sender)
    read_listings_back(taken, sender)
    return publish_report(tell(report, sender))
