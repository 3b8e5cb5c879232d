"""Ask Amazon once more about what it does not let an account list.

Requires: publish_listings to have asked before. Nothing is written to Amazon: what may be listed by
now goes through at the next publish_listings.
"""

from __future__ import annotations

from typing import Annotated

from prefect import flow

from affluent.domain.report import RunReport
from affluent.listings.permission import Rechecked, refusal_rows
from flows.parameters import AccountName, ConfigPath, MarketplaceName, described
from tasks.artifacts import publish_report, publish_rows
from tasks.attributes import ask_permissions_again
from tasks.runtime import open_voyage

NAME = "recheck_restrictions"


@flow(name="recheck-restrictions")
def recheck_restrictions(
    account: AccountName,
    marketplace: MarketplaceName,
    everything: Annotated[
        bool, described("Ask about every refusal, though its time has not come yet.")
    ] = False,
    config: ConfigPath = "affluent.yaml",
) -> RunReport:
    """Ask about each refusal whose time has come: after 1, 2, 4, 8, 16, then every 30 days."""
    with open_voyage(NAME, config) as voyage:
        market = voyage.application.marketplace(account, marketplace)
        sender = voyage.sender(account, market)
        found = ask_permissions_again(voyage.application, everything, sender)
        publish_rows(NAME, "refused", refusal_rows(found), "What Amazon does not let you list")
        return publish_report(_report(found))


def _report(found: Rechecked) -> RunReport:
    lifted = ", ".join(one.asin for one in found.lifted)
    notes = (f"May be listed now: {lifted}. publish_listings sends them.",) if lifted else ()
    return RunReport(flow=NAME, read=found.asked, waiting=len(found.refused), notes=notes)
