"""The selling lists as they count: the merchant's own, then those that we made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from affluent.domain.list_place import ListPlace, kept_in_place, place_of
from affluent.domain.listing import SellingList
from affluent.domain.selection import with_subcategories
from affluent.ports.storage import UnitOfWork


def all_lists(written: Sequence[SellingList], work: UnitOfWork) -> list[SellingList]:
    """Every list, each where it was first used; a name of the merchant's own counts first."""
    own = {one.name for one in written}
    made = [one for one in work.selling_lists.all() if one.name not in own]
    return kept_in_place([*written, *made], work.list_places.all())


def lists_at(
    place: ListPlace, written: Sequence[SellingList], work: UnitOfWork
) -> list[SellingList]:
    """The lists of one account and marketplace, with all that lies below their categories, and
    with the ASINs that were given by file: these count before those of the settings."""
    given = {
        one.store_sku: one.asin
        for one in work.asins.all()
        if ListPlace(one.account, one.marketplace_id) == place
    }
    here = _whole(place, all_lists(written, work), work)
    return [replace(one, asins={**one.asins, **given}) for one in here]


def written_lists_at(
    place: ListPlace, written: Sequence[SellingList], work: UnitOfWork
) -> list[SellingList]:
    """As `lists_at`, but the merchant's own lists only."""
    return _whole(place, kept_in_place(written, work.list_places.all()), work)


def _whole(place: ListPlace, lists: Sequence[SellingList], work: UnitOfWork) -> list[SellingList]:
    return [
        with_subcategories(one, work.categories.with_children)
        for one in lists
        if place_of(one) == place
    ]
