"""Category trees V3: every category of every tree, as rows that name their parents.

https://docs.bigcommerce.com/docs/rest-catalog/category-trees/categories
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from affluent.domain.category import Category
from connectors.bigcommerce.api import StoreApi
from connectors.bigcommerce.fields import Record, text, whole

_FIELDS: Final = "category_id,parent_id,name"


def fetch_categories(api: StoreApi) -> Iterator[Category]:
    """The whole store's categories, in one page for every 250."""
    path = "/v3/catalog/trees/categories"
    for page in api.v3_pages("getAllCategories", path, {"include_fields": _FIELDS}):
        yield from (category for record in page if (category := map_category(record)))


def map_category(record: Record) -> Category | None:
    """One category; None for a row without an id, which nothing could refer to."""
    category_id = whole(record, "category_id")
    if category_id is None:
        return None
    return Category(category_id, whole(record, "parent_id") or 0, text(record, "name"))
