"""Reading the store's catalog, and choosing from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from affluent.bootstrap import Application
from affluent.catalog.extract import Extracted, extract_catalog
from affluent.catalog.price_lists import extract_price_lists
from affluent.domain.held_variant import HeldVariant
from affluent.domain.list_place import ListPlace, place_of
from affluent.domain.marketplace import Marketplace
from affluent.domain.selection import Selected, select
from tasks.runtime import reading, writing


@reading
def read_catalog(application: Application, full: bool, may_shrink: bool) -> Extracted:
    """Bring the snapshot of the store's catalog up to date."""
    return extract_catalog(
        application.store.catalog,
        application.units,
        application.clock,
        application.progress,
        full=full,
        may_shrink=may_shrink,
    )


@reading
def read_price_lists(application: Application, full: bool, may_shrink: bool) -> Extracted:
    """Bring the price lists that accounts name up to date."""
    return extract_price_lists(
        application.store.price_lists,
        application.price_lists,
        application.units,
        application.clock,
        full=full,
        may_shrink=may_shrink,
    )


@writing
def lock_lists(application: Application, selected: list[Selected]) -> None:
    """Keep where the lists of these products are used: from now on it cannot be changed."""
    places = {one.selling_list.name: place_of(one.selling_list) for one in selected}
    with application.units() as work:
        work.list_places.lock(places, application.clock.now())
        work.commit()


@reading
def refused_moves(
    application: Application, account: str, marketplace: Marketplace
) -> tuple[str, ...]:
    """What to tell of lists that the settings moved away from this account and marketplace, or
    to it: they stay where they were used."""
    here = ListPlace(account, marketplace.marketplace_id)
    moved = [one for one in application.moved_lists() if here in (one.used, one.written)]
    return tuple(f"Refused: {one.problem} {one.fix}" for one in moved)


@reading
def choose_products(
    application: Application, account: str, marketplace: Marketplace
) -> list[Selected]:
    """The variants of the account's selling lists on the marketplace."""
    lists = application.selling_lists(account, marketplace)
    with application.units() as work:
        return select(lists, work.variants.all())


def held_rows(held: Iterable[HeldVariant]) -> Iterator[dict[str, Any]]:
    """What was not understood, as an artifact shows it."""
    for one in held:
        yield {
            "key": one.key,
            "field": one.field,
            "value": one.value,
            "why": one.why,
            "fix": one.fix,
        }
