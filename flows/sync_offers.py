"""Keep price and quantity of linked listings in step with the store.

Requires: extract_catalog, and publish_listings or link_inventory, to have run.
"""

from __future__ import annotations

from typing import Annotated, Final

from prefect import flow

from affluent.domain.report import RunReport
from affluent.offers.distribution import distribution
from affluent.offers.plan import plan_prices, plan_quantities
from affluent.submissions.telling import tell
from flows.approval import until_decided
from flows.parameters import AccountName, ConfigPath, DryRun, MarketplaceName, described
from flows.reports import gated_report, joined, refuse_if_stopped
from tasks.approval import approval_place, ask_approval, close_plan
from tasks.artifacts import publish_gated, publish_report, publish_text
from tasks.catalog import refused_moves
from tasks.feeds import read_offers_back, send_offers, settle_earlier_runs
from tasks.inventory import check_offers, keep_due_offers, read_due_offers
from tasks.runtime import Voyage

NAME = "sync_offers"
_LOOK_AND_APPROVE: Final = (
    "Look at the artifact sync-offers-moves: it shows the batch, and with which approved_hash it "
    "passes if it is meant."
)


@flow(name="sync-offers")
def sync_offers(
    account: AccountName,
    marketplace: MarketplaceName,
    everything: Annotated[
        bool, described("Plan every offer, not only those that may differ from the store.")
    ] = False,
    approved_hash: Annotated[
        str, described("Let exactly the stopped batch pass that a run has shown with this hash.")
    ] = "",
    dry_run: DryRun = False,
    config: ConfigPath = "affluent.yaml",
) -> RunReport:
    """Send what changed, what is sold out first; a batch that moves too far is stopped whole."""
    return until_decided(
        NAME,
        config,
        lambda voyage: _sync(voyage, account, marketplace, everything, approved_hash, dry_run),
    )


def _sync(
    voyage: Voyage,
    account: str,
    marketplace: str,
    everything: bool,
    approved_hash: str,
    dry_run: bool,
) -> RunReport:
    application = voyage.application
    market = application.marketplace(account, marketplace)
    sender = voyage.sender(account, market)
    settle_earlier_runs(sender)
    gathered = read_due_offers(application, account, market, everything, dry_run)
    known = gathered.known
    plans = [plan_quantities(known), plan_prices(known)]
    checked = [check_offers(application, plan, known, approved_hash) for plan in plans]
    place = approval_place(
        application, sender, {one.sku: one.selling_list for one in known.listings}
    )
    judged = ask_approval(checked, place, sender, dry_run)
    quantities, prices = judged.gated
    both = joined(quantities, prices)
    publish_gated(NAME, both)
    if both.is_stopped:
        publish_text(NAME, "moves", distribution(quantities, prices), "How far the batch moves")
    notes = refused_moves(application, account, market)
    report = gated_report(NAME, len(known.listings), both, notes, judged.awaits)
    if dry_run:
        return publish_report(report)
    keep_due_offers(gathered, plans, sender)
    taken = send_offers(quantities, prices, sender)
    close_plan(judged, place, sender)
    read_offers_back(taken, sender)
    report = tell(report, sender)
    publish_report(report)
    refuse_if_stopped(both, _LOOK_AND_APPROVE)
    return report
