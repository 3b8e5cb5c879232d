"""Taking an ending back. Nothing is written to Amazon here: sync_offers sends the units again, and
publish_listings makes a deleted listing anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from affluent.domain.effect import Run
from affluent.domain.ending import REST_OF_A_DELETED_SKU, Ending, Way
from affluent.domain.errors import AffluentError
from affluent.domain.listing import ListingStatus
from affluent.ports.storage import UnitOfWork
from affluent.submissions.endings import deleted_at, endings_of
from affluent.submissions.item_log import tell_log

_BY_A_PERSON = "A person wants it offered again."


@dataclass(frozen=True, slots=True)
class Relisted:
    """What becomes of one SKU: `not_before` is set where Amazon does not take it yet."""

    sku: str
    way: Way
    not_before: datetime | None = None


def relist(
    skus: Sequence[str],
    account: str,
    marketplace_id: str,
    work: UnitOfWork,
    run: Run,
    at: datetime,
) -> list[Relisted]:
    """Take the endings of these SKUs back. Raises AffluentError where one was not ended here."""
    kept = endings_of(account, marketplace_id, work)
    if unknown := [sku for sku in skus if sku not in kept]:
        raise AffluentError(
            f"{', '.join(unknown)} was not ended here.",
            fix="`affluent explain sku` tells how it stands.",
        )
    wanted = [kept[sku] for sku in skus]
    deleted = [one for one in wanted if one.way is Way.DELETE]
    work.endings.save([replace(one, relisting=True) for one in deleted], at)
    offer_again([one for one in wanted if one.way is not Way.DELETE], _BY_A_PERSON, work, run, at)
    times = deleted_at(account, marketplace_id, [one.sku for one in deleted], work.history)
    return [Relisted(one.sku, one.way, _not_before(times.get(one.sku), at)) for one in wanted]


def offer_again(
    endings: Sequence[Ending], why: str, work: UnitOfWork, run: Run, at: datetime
) -> None:
    """Link the listings of one account and marketplace again that offered no units: their
    quantities are due."""
    if not endings:
        return
    place = (endings[0].account, endings[0].marketplace_id)
    known = work.listings.named(*place, [one.sku for one in endings])
    linked = [
        replace(one, status=ListingStatus.LINKED, reasons=())
        for one in known.values()
        if one.status is ListingStatus.ENDED
    ]
    work.listings.save(linked, at)
    work.endings.remove(endings)
    tell_log(linked, why, work, run, at)


def _not_before(deleted: datetime | None, at: datetime) -> datetime | None:
    if deleted is None:
        return None
    again = deleted + REST_OF_A_DELETED_SKU
    return again if again > at else None
