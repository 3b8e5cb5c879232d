"""Reading the store's catalog, and choosing from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any, Final

from affluent.bootstrap import Application
from affluent.catalog.extract import Extracted, extract_catalog, forget_old_versions
from affluent.catalog.price_lists import extract_price_lists
from affluent.domain.catalog_quality import CatalogVerdict
from affluent.domain.held_variant import HeldVariant
from affluent.domain.list_place import ListPlace, place_of
from affluent.domain.marketplace import Marketplace
from affluent.domain.selection import Selected, select
from tasks.runtime import reading, writing

#: So many variants fit into memory beside the judge; of a larger catalog every n-th is judged.
LARGEST_SAMPLE: Final = 100_000


@reading
def read_catalog(application: Application, full: bool, may_shrink: bool) -> Extracted:
    """Bring the snapshot of the store's catalog up to date."""
    found = extract_catalog(
        application.store.catalog,
        application.units,
        application.clock,
        application.progress,
        full=full,
        may_shrink=may_shrink,
    )
    if full:
        kept = timedelta(days=application.settings.store.keep_versions_days)
        forget_old_versions(application.units, application.clock, kept)
    return found


@reading
def judge_quality(application: Application) -> CatalogVerdict:
    """Judge the snapshot, or an even sample of a large one."""
    with application.units() as work:
        sample = work.samples.take(LARGEST_SAMPLE)
    return application.catalog_judge.judge(sample)


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


def quality_rows(verdict: CatalogVerdict) -> Iterator[dict[str, Any]]:
    """A verdict, as an artifact shows it: a row for each expectation, the worst first."""
    for one in sorted(verdict.checks, key=lambda check: -check.share):
        yield {
            "a variant": one.title,
            "judged": one.judged,
            "failed": one.failed,
            "share": f"{one.share:.2%}",
            "for example": ", ".join(one.examples),
        }


def quality_note(verdict: CatalogVerdict) -> str:
    """A verdict in a sentence."""
    failed = sum(bool(check.failed) for check in verdict.checks)
    judged = f"{verdict.judged} of {verdict.total} variants were judged"
    page = f"See {verdict.page}." if verdict.page else verdict.problem
    words = f"{judged}; {failed} of {len(verdict.checks)} expectations are not met by all."
    return f"{words} {page}".strip()
