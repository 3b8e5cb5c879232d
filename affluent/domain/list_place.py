"""Where a selling list sells: its account and marketplace, which never change once it was used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from affluent.domain.listing import SellingList
from affluent.domain.marketplace import find_marketplace


@dataclass(frozen=True, slots=True)
class ListPlace:
    """One account on one marketplace."""

    account: str
    marketplace_id: str

    def __str__(self) -> str:
        found = find_marketplace(self.marketplace_id)
        return f"account {self.account} in {found.country if found else self.marketplace_id}"


@dataclass(frozen=True, slots=True)
class MovedList:
    """A list that the settings put elsewhere than where it was used; the move is refused."""

    name: str
    used: ListPlace
    written: ListPlace

    @property
    def problem(self) -> str:
        """What is wrong, in a sentence."""
        return (
            f"the selling list {self.name} was used for {self.used}, and the settings now put it "
            f"to {self.written}; a list's account and marketplace are locked once it was used."
        )

    @property
    def fix(self) -> str:
        """What to do, in a sentence."""
        return f"Put it back to {self.used}, and make another list for {self.written} instead."


def place_of(selling_list: SellingList) -> ListPlace:
    """Where the list sells."""
    return ListPlace(selling_list.account, selling_list.marketplace_id)


def kept_in_place(lists: Iterable[SellingList], used: Mapping[str, ListPlace]) -> list[SellingList]:
    """The lists, each where it was first used, whatever the settings say: what it listed there
    must still follow the store."""
    return [
        replace(one, account=place.account, marketplace_id=place.marketplace_id)
        for one in lists
        for place in [used.get(one.name, place_of(one))]
    ]


def moved_lists(written: Sequence[SellingList], used: Mapping[str, ListPlace]) -> list[MovedList]:
    """The lists that the settings put elsewhere than where they were used."""
    return [
        MovedList(one.name, place, place_of(one))
        for one in written
        for place in [used.get(one.name, place_of(one))]
        if place != place_of(one)
    ]
