"""Each selling list at a glance: where it sells, how it stands, and how many are in it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from affluent.domain.list_place import moved_lists, place_of
from affluent.domain.listing import ListingStatus, SellingList
from affluent.ports.storage import UnitOfWork
from affluent.selling.lists import all_lists, lists_at
from affluent.selling.membership import Membership, Step, plan_membership


class ListState(StrEnum):
    """How a selling list stands."""

    NEW = "new"
    USED = "used"
    MOVED = "move refused"


@dataclass(frozen=True, slots=True)
class ListOverview:
    """One list. `products` are in it by its rules; `listed` counts, by status, what was listed by
    it; `made_by_us` is a list that linking made."""

    name: str
    account: str
    marketplace_id: str
    state: ListState
    made_by_us: bool
    products: int
    enters: int
    leaves: int
    kept_out: int
    listed: Mapping[ListingStatus, int]


@dataclass(frozen=True)
class Memberships:
    """Every list in its order, and who enters and leaves each."""

    lists: tuple[SellingList, ...]
    planned: tuple[Membership, ...]
    overviews: tuple[ListOverview, ...]


def survey_lists(written: Sequence[SellingList], work: UnitOfWork) -> Memberships:
    """Who enters and leaves every list now, from our own records alone."""
    lists = all_lists(written, work)
    variants = work.variants.all()
    planned: list[Membership] = []
    listed: dict[str, Counter[ListingStatus]] = defaultdict(Counter)
    for place in dict.fromkeys(map(place_of, lists)):
        listings = work.listings.of(place.account, place.marketplace_id)
        planned += plan_membership(lists_at(place, written, work), variants, listings)
        for listing in listings:
            listed[listing.selling_list][listing.status] += 1
    steps = Counter((one.selling_list, one.step) for one in planned)
    states = _states(written, work)
    overviews = [
        ListOverview(
            name=one.name,
            account=one.account,
            marketplace_id=one.marketplace_id,
            state=states.get(one.name, ListState.NEW),
            made_by_us=not any(own.name == one.name for own in written),
            products=steps[one.name, Step.ENTERS] + steps[one.name, Step.STAYS],
            enters=steps[one.name, Step.ENTERS],
            leaves=steps[one.name, Step.LEAVES],
            kept_out=steps[one.name, Step.KEPT_OUT],
            listed=dict(sorted(listed[one.name].items())),
        )
        for one in lists
    ]
    return Memberships(tuple(lists), tuple(planned), tuple(overviews))


def _states(written: Sequence[SellingList], work: UnitOfWork) -> dict[str, ListState]:
    used = work.list_places.all()
    moved = {one.name: ListState.MOVED for one in moved_lists(written, used)}
    return dict.fromkeys(used, ListState.USED) | moved
