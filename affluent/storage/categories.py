"""The store's category trees, as last read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from affluent.domain.category import Category
from affluent.storage.bulk import chunks, upsert
from affluent.storage.catalog_tables import CategoryRow


class SqlCategories:
    """The Categories of affluent.ports.snapshot."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def replace(self, categories: Sequence[Category]) -> None:
        """Take the whole of the trees over; what is not in them any more is forgotten."""
        known = set(self._session.scalars(select(CategoryRow.category_id)))
        gone = known.difference(category.category_id for category in categories)
        for chunk in chunks(sorted(gone)):
            self._session.execute(delete(CategoryRow).where(CategoryRow.category_id.in_(chunk)))
        upsert(self._session, CategoryRow, [asdict(category) for category in categories])

    def all(self) -> list[Category]:
        """Every category, by id."""
        rows = self._session.scalars(select(CategoryRow).order_by(CategoryRow.category_id))
        return [Category(row.category_id, row.parent_id, row.name, row.path) for row in rows]

    def with_children(self, category_ids: Collection[int]) -> frozenset[int]:
        """These categories with all that lie below them; an unknown one stands for itself."""
        found = set(category_ids)
        for chunk in chunks(sorted(found)):
            top = select(CategoryRow.category_id).where(CategoryRow.category_id.in_(chunk))
            below = top.cte("below", recursive=True)
            # UNION, not UNION ALL: a category that is its own ancestor ends the walk.
            children = select(CategoryRow.category_id).join(
                below, CategoryRow.parent_id == below.c.category_id
            )
            found.update(self._session.scalars(select(below.union(children).c.category_id)))
        return frozenset(found)
