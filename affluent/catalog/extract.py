"""From BigCommerce's pages to our snapshot, page by page.

A full extraction also notices what is gone, and refuses to believe in a catalog that has lost more
than half of itself overnight.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from affluent.catalog.belief import believe
from affluent.catalog.categories import refresh_categories
from affluent.ports.bigcommerce import StoreCatalogPort
from affluent.ports.clock import Clock
from affluent.ports.progress import Progress
from affluent.ports.storage import UnitsOfWork

CURSOR: Final = "catalog"
#: What was modified while the last reading ran is read again.
OVERLAP: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a reading of the catalog found."""

    read: int
    changed: int
    gone: int


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
    `may_shrink`; the snapshot keeps what it had.
    """
    began = clock.now()
    refresh_categories(catalog, units, may_shrink=may_shrink)
    with units() as work:
        known, cursor = work.variants.count(), work.cursors.get(CURSOR)
    since = None if full or cursor is None else cursor - OVERLAP
    read = changed = 0
    for page in catalog.variants(since):
        with units() as work:
            changed += work.variants.save(page, clock.now())
            work.commit()
        read += len(page)
        progress.show("variants read", read, known or None)
    gone = _notice_gone(units, clock, began, known, read, may_shrink) if since is None else 0
    with units() as work:
        work.cursors.set(CURSOR, began)
        work.commit()
    return Extracted(read, changed, gone)


def _notice_gone(
    units: UnitsOfWork,
    clock: Clock,
    began: datetime,
    known: int,
    read: int,
    may_shrink: bool,
) -> int:
    believe(read, known, "variants", may_shrink=may_shrink)
    with units() as work:
        gone = work.variants.mark_gone(began, clock.now())
        work.commit()
    return gone
