"""Downloading what stands on Amazon, and linking it."""

from __future__ import annotations

from typing import Any

from affluent.bootstrap import Application
from affluent.domain.marketplace import Marketplace
from affluent.links.candidates import nearest_candidates
from affluent.links.extract import download
from affluent.links.linking import LinkTally, link_report
from affluent.links.spool import Spool
from affluent.submissions.context import Sender
from tasks.runtime import reading, writing


@reading
def download_report(sender: Sender, may_shrink: bool) -> Spool:
    """Ask Amazon for the report, wait for it and lay it down; the caller closes it."""
    return download(sender, may_shrink=may_shrink)


@writing
def link_downloaded(
    spool: Spool,
    application: Application,
    account: str,
    marketplace: Marketplace,
    sender: Sender,
    dry_run: bool,
) -> LinkTally:
    """Link what the report names, in our own store."""
    rules = application.link_rules(account, marketplace)
    return link_report(spool, rules, sender, dry_run=dry_run)


@reading
def describe_unlinked(tally: LinkTally, sender: Sender) -> list[dict[str, Any]]:
    """The first items without a link, each with its reason and the nearest products."""
    with sender.units() as work:
        candidates = nearest_candidates(tally.shown, work.store_skus)
    return [
        {
            "sku": item.sku,
            "asin": item.asin,
            "title": item.title,
            "reason": item.reason,
            "candidates": candidates[item.sku],
        }
        for item in tally.shown
    ]
