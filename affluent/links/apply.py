"""Keeping links in our own store, page by page. Linking writes nothing to Amazon."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from affluent.domain.effect import Run
from affluent.domain.inventory import migrated_list_name
from affluent.domain.list_place import ListPlace
from affluent.domain.listing import Listing, SellingList
from affluent.links.absence import Absence, ended_item, ended_listings
from affluent.links.plan import VANISHED, LinkPlan, LinkRules
from affluent.ports.storage import UnitOfWork
from affluent.submissions.item_log import tell_log

RETURNED = "It is back in Amazon's inventory, and linked again."


def apply_links(plan: LinkPlan, rules: LinkRules, work: UnitOfWork, run: Run, at: datetime) -> None:
    """Save the items and links of one page, and tell the log of what came back."""
    work.inventory.save(plan.items)
    keep_links([*plan.linked, *plan.moved], rules, work, at)
    returned = set(plan.returned)
    back = [one for one in plan.linked if one.sku in returned]
    tell_log(back, RETURNED, work, run, at)


def keep_links(
    listings: Sequence[Listing], rules: LinkRules, work: UnitOfWork, at: datetime
) -> None:
    """Save linked listings, make the list that they migrate to where one is needed, and keep each
    list where it is used now."""
    here = ListPlace(rules.account, rules.marketplace.marketplace_id)
    names = {listing.selling_list for listing in listings}
    migrated = migrated_list_name(rules.account, rules.marketplace.country)
    if migrated in names:
        work.selling_lists.ensure(SellingList(migrated, here.account, here.marketplace_id))
    work.listings.save(listings, at)
    work.list_places.lock(dict.fromkeys(names, here), at)


def apply_absence(
    absence: Absence,
    rules: LinkRules,
    work: UnitOfWork,
    run: Run,
    *,
    last_seen: datetime,
    at: datetime,
) -> None:
    """Count the report against what it lacks, and end what enough reports lack."""
    account, marketplace_id = rules.account, rules.marketplace.marketplace_id
    skus = [*absence.missing, *absence.ended]
    work.inventory.miss(account, marketplace_id, skus, last_seen)
    if not absence.ended:
        return
    items = work.inventory.named(account, marketplace_id, absence.ended)
    work.inventory.save([ended_item(item) for item in items.values()])
    known = work.listings.named(account, marketplace_id, absence.ended)
    ended = ended_listings(known.values())
    work.listings.save(ended, at)
    tell_log(ended, VANISHED, work, run, at)
