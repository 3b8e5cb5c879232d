"""The store's category trees, brought up to date in our own store."""

from __future__ import annotations

from affluent.catalog.belief import believe
from affluent.domain.category import with_paths
from affluent.ports.bigcommerce import StoreCatalogPort
from affluent.ports.storage import UnitsOfWork


def refresh_categories(catalog: StoreCatalogPort, units: UnitsOfWork, *, may_shrink: bool) -> None:
    """Read all trees and keep them in place of what was known.

    Raises BatchStopped as `extract_catalog` does: a list that follows a category must not lose
    its products to a failing API.
    """
    read = with_paths(catalog.categories())
    with units() as work:
        believe(len(read), len(work.categories.all()), "categories", may_shrink=may_shrink)
        work.categories.replace(read)
        work.commit()
