"""From BigCommerce's pages to our snapshot, page by page.

A full extraction also notices what is gone, and refuses to believe in a catalog that has lost more
than half of itself overnight.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from affluent.catalog.belief import believe
from affluent.catalog.categories import refresh_categories
from affluent.catalog.pages import ahead
from affluent.catalog.understanding import sift
from affluent.domain.collecting import few_collections
from affluent.domain.cursor_names import CATALOG
from affluent.domain.held_variant import HeldVariant
from affluent.ports.bigcommerce import CatalogPage, StoreCatalogPort
from affluent.ports.clock import Clock
from affluent.ports.progress import Progress
from affluent.ports.storage import UnitsOfWork

CURSOR: Final = CATALOG
#: What was modified while the last reading ran is read again.
OVERLAP: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a reading of the catalog found: `read` counts what is held, too."""

    read: int
    changed: int
    gone: int
    held: tuple[HeldVariant, ...] = ()


def extract_catalog(
    catalog: StoreCatalogPort,
    units: UnitsOfWork,
    clock: Clock,
    progress: Progress,
    *,
    full: bool,
    may_shrink: bool,
) -> Extracted:
    """Read every variant, or those of products modified since the last reading.

    The category trees are read whole at every time, since they are small and have no dates.
    Raises BatchStopped where a full reading finds less than half of what was known, unless
    `may_shrink`; the snapshot keeps what it had. What cannot be understood is held: what was known
    of it stays, and while nobody can tell whose it is, nothing is marked gone.
    """
    began = clock.now()
    refresh_categories(catalog, units, may_shrink=may_shrink)
    with units() as work:
        cursor = work.cursors.get(CURSOR)
        since = None if full or cursor is None else cursor - OVERLAP
        # Counting takes the longer the more there are, and only a whole reading needs it.
        known = work.variants.count() if since is None else 0
    found = Extracted(0, 0, 0)
    with few_collections():
        for page in ahead(catalog.variants(since)):
            found = _take_page(page, found, units, clock)
            progress.show("variants read", found.read, known or None)
    if since is None:
        believe(found.read, known, "variants", may_shrink=may_shrink)
        found = replace(found, gone=_notice_gone(found.held, units, clock, began))
    with units() as work:
        work.cursors.set(CURSOR, began)
        work.commit()
    return found


def forget_old_versions(units: UnitsOfWork, clock: Clock, kept: timedelta) -> int:
    """Forget what no variant has been any more for so long; answers how many versions."""
    with units() as work:
        forgotten = work.versions.purge(clock.now() - kept)
        work.commit()
    return forgotten


def _take_page(page: CatalogPage, found: Extracted, units: UnitsOfWork, clock: Clock) -> Extracted:
    variants, flawed = sift(page.variants)
    held = [*page.held, *flawed]
    with units() as work:
        at = clock.now()
        changed = work.variants.save(variants, at)
        work.variants.keep(held, at)
        work.commit()
    return Extracted(
        read=found.read + len(variants) + len(held),
        changed=found.changed + changed,
        gone=0,
        held=(*found.held, *held),
    )


def _notice_gone(
    held: Iterable[HeldVariant], units: UnitsOfWork, clock: Clock, began: datetime
) -> int:
    if any(one.is_nobodys for one in held):
        return 0
    with units() as work:
        gone = work.variants.mark_gone(began, clock.now())
        work.commit()
    return gone
