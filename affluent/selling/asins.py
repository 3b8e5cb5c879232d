"""Which pages of Amazon's catalog a SKU of the store may stand on, and the choice among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from affluent.domain.given import GivenAsin
from affluent.domain.list_place import ListPlace
from affluent.domain.listing import CatalogMatch
from affluent.ports.storage import UnitOfWork


@dataclass(frozen=True, slots=True)
class AsinChoice:
    """What Amazon's catalog has for one SKU in one place, as it was last asked by a run.

    `chosen` is the ASIN that was given by hand or by file; `asked_at` is None where no run has
    asked for the barcode yet.
    """

    account: str
    marketplace_id: str
    sku: str
    barcode: str
    chosen: str
    candidates: tuple[CatalogMatch, ...] = ()
    asked_at: datetime | None = None


def asin_choices(sku: str, places: Sequence[ListPlace], work: UnitOfWork) -> list[AsinChoice]:
    """The choice in each of the places; none where the store's catalog has no such SKU."""
    variant = work.variants.by_skus([sku]).get(sku)
    if variant is None:
        return []
    given = {
        (one.account, one.marketplace_id): one.asin
        for one in work.asins.all()
        if one.store_sku == sku
    }
    choices = []
    for place in places:
        known = work.catalog_matches.of(place.marketplace_id, [variant.barcode])
        found = known.get(variant.barcode)
        choices.append(
            AsinChoice(
                account=place.account,
                marketplace_id=place.marketplace_id,
                sku=sku,
                barcode=variant.barcode,
                chosen=given.get((place.account, place.marketplace_id), ""),
                candidates=found.matches if found else (),
                asked_at=found.asked_at if found else None,
            )
        )
    return choices


def choose_asin(
    choice: AsinChoice, asin: str, source: str, work: UnitOfWork, now: datetime
) -> None:
    """Keep the ASIN for the SKU in that place: it goes before the barcode from now on."""
    given = GivenAsin(choice.account, choice.marketplace_id, choice.sku, asin, source)
    work.asins.save([given], now)


def forget_asin(choice: AsinChoice, work: UnitOfWork) -> None:
    """Let the barcode decide again."""
    given = GivenAsin(choice.account, choice.marketplace_id, choice.sku, choice.chosen)
    work.asins.remove([given])
