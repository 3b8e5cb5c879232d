"""Why listings of one account and marketplace are out of sync: counts, the oldest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from affluent.domain.effect import Effect, EffectState
from affluent.domain.listing import Listing
from affluent.domain.plan import Operation
from affluent.explanations.obstacles import Standing, SyncRules, obstacles
from affluent.ports.storage import UnitOfWork

_PAGE: Final = 1_000


@dataclass(frozen=True, slots=True)
class OutOfSync:
    """One reason: how many listings it holds back, since when the oldest, and which that is."""

    check: str
    listings: int
    since: datetime | None
    oldest_sku: str
    next_step: str


def explain_market(
    account: str, marketplace_id: str, rules: SyncRules, work: UnitOfWork
) -> tuple[OutOfSync, ...]:
    """Every reason of the check-list that holds anything back, the oldest first."""
    found: dict[str, list[tuple[datetime | None, str, str]]] = defaultdict(list)
    for standing in _standings(account, marketplace_id, work):
        since = _since(standing)
        for one in {one.check: one for one in obstacles(standing, rules)}.values():
            found[one.check].append((since, standing.listing.sku, one.next_step))
    reasons = [_reason(check, rows) for check, rows in found.items()]
    return tuple(sorted(reasons, key=lambda one: (one.since is None, one.since, -one.listings)))


def _reason(check: str, rows: list[tuple[datetime | None, str, str]]) -> OutOfSync:
    dated = [(since, sku, step) for since, sku, step in rows if since is not None]
    since, sku, step = min(dated) if dated else rows[0]
    return OutOfSync(check, len(rows), since, sku, step)


def _since(standing: Standing) -> datetime | None:
    """Since when it is out of step: by the difference found, else by the write under way."""
    if standing.differences:
        return min(one.first_seen for one in standing.differences)
    latest = standing.latest
    if latest is not None and latest.state is not EffectState.EFFECTIVE:
        return latest.created_at
    return standing.listing.updated_at


def _standings(account: str, marketplace_id: str, work: UnitOfWork) -> Iterator[Standing]:
    differences = defaultdict(list)
    for known in work.differences.open(account, marketplace_id):
        differences[known.difference.sku].append(known)
    feeds = unfinished_feeds(account, work)
    page = work.listings.page(account, marketplace_id, "", _PAGE)
    while page:
        writes = _by_key(work.history.latest_writes(account, marketplace_id, _skus(page)))
        variants = work.variants.by_skus([one.store_sku or one.sku for one in page])
        for one in page:
            yield Standing(
                listing=one,
                variant=variants.get(one.store_sku or one.sku),
                writes=writes.get(one.sku, ()),
                differences=differences.get(one.sku, ()),
                feeds=feeds,
            )
        page = work.listings.page(account, marketplace_id, page[-1].sku, _PAGE)


def unfinished_feeds(account: str, work: UnitOfWork) -> dict[int, Effect]:
    """The account's feeds that Amazon has not ended, by their effect's id."""
    feeds = work.ledger.in_states(Operation.SUBMIT_FEED, account, [EffectState.ACCEPTED])
    return {one.effect_id: one for one in feeds}


def _by_key(effects: list[Effect]) -> dict[str, list[Effect]]:
    by_key: dict[str, list[Effect]] = defaultdict(list)
    for effect in effects:
        by_key[effect.key].append(effect)
    return by_key


def _skus(page: list[Listing]) -> list[str]:
    return [one.sku for one in page]
