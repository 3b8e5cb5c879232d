"""Sealing everything anew with the newest key, in batches that stand by themselves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from affluent.domain.safekeeping import SealedOrder
from affluent.ports.safekeeping import Eraser, Sealer
from affluent.ports.storage import UnitsOfWork
from affluent.privacy.safe import owner_of

_BATCH: Final = 500


@dataclass(frozen=True)
class Rotation:
    """How many orders were sealed anew, and how many none of the keys opens."""

    resealed: int
    unreadable: int
    is_erased: bool


def rotate(sealer: Sealer, units: UnitsOfWork, eraser: Eraser, batch: int = _BATCH) -> Rotation:
    """Seal anew what another key than the newest has sealed.

    What was done is committed batch by batch: after a stop the next call goes on with the rest.
    """
    resealed = unreadable = 0
    after = ("", "")
    while True:
        with units() as work:
            page = work.buyers.sealed_otherwise(sealer.newest, after, batch)
            if not page:
                return Rotation(resealed, unreadable, eraser.erase())
            renewed = [(one, _resealed(sealer, one)) for one in page]
            readable = [(before, new) for before, new in renewed if new is not None]
            resealed += work.buyers.reseal(readable)
            work.commit()
        unreadable += len(page) - len(readable)
        after = (page[-1].account, page[-1].order_id)


def _resealed(sealer: Sealer, sealed: SealedOrder) -> SealedOrder | None:
    owner = owner_of(sealed.account, sealed.order_id)
    text = sealer.open(owner, sealed.key_id, sealed.content)
    if text is None:
        return None
    return replace(sealed, key_id=sealer.newest, content=sealer.seal(owner, text))
