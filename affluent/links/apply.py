"""Keeping links in our own store. Linking writes nothing to Amazon."""

from __future__ import annotations

from datetime import datetime

from affluent.domain.list_place import ListPlace
from affluent.links.plan import LinkPlan
from affluent.ports.storage import UnitsOfWork


def apply_links(plan: LinkPlan, units: UnitsOfWork, at: datetime) -> None:
    """Save the linked listings, and the list that they migrate to where one is needed."""
    with units() as work:
        if plan.migrated is not None:
            work.selling_lists.ensure(plan.migrated)
        work.listings.save(plan.linked, at)
        work.list_places.lock(_places(plan), at)
        work.commit()


def _places(plan: LinkPlan) -> dict[str, ListPlace]:
    """Where the lists are used from now on."""
    return {one.selling_list: ListPlace(one.account, one.marketplace_id) for one in plan.linked}
