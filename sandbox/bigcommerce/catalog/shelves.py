"""Brands and categories: what products are filed under."""

from __future__ import annotations

import random
import uuid
from typing import Any

from sandbox.bigcommerce.catalog.defaults import BRAND_DEFAULTS, CATEGORY_DEFAULTS
from sandbox.bigcommerce.numbering import Numbering
from sandbox.bigcommerce.web_paths import slug

Json = dict[str, Any]

DEFAULT_TREE_ID = 1


class Shelves:
    """The store's brands and its one category tree."""

    def __init__(self, numbering: Numbering, chance: random.Random) -> None:
        self._numbering = numbering
        self._chance = chance
        self.brands: dict[int, Json] = {}
        self.categories: dict[int, Json] = {}
        self._brand_ids_by_name: dict[str, int] = {}

    def brand_named(self, name: str, brand_id: int | None = None) -> Json:
        """The brand of that id or name, made if it is not there."""
        known = brand_id or self._brand_ids_by_name.get(name.lower())
        if known in self.brands:
            return self.brands[known]
        return self.add_brand({"name": name}, brand_id)

    def find_brand(self, name: str) -> Json | None:
        """The brand of that name, without regard to case."""
        brand_id = self._brand_ids_by_name.get(name.lower())
        return None if brand_id is None else self.brands[brand_id]

    def add_brand(self, fields: Json, brand_id: int | None = None) -> Json:
        """A new brand."""
        given = self._numbering.given_or_next("brand", brand_id)
        brand = {
            **BRAND_DEFAULTS,
            "custom_url": {"url": f"/brands/{slug(fields['name'])}/", "is_customized": False},
            **fields,
            "id": given,
        }
        self.brands[given] = brand
        self._brand_ids_by_name[brand["name"].lower()] = given
        return brand

    def category(self, category_id: int, name: str | None = None) -> Json:
        """The category of that id, made if it is not there; a name given later renames it."""
        if category_id not in self.categories:
            return self.add_category({"name": name or f"Category {category_id}"}, category_id)
        category = self.categories[category_id]
        if name:
            category["name"] = name
        return category

    def add_category(self, fields: Json, category_id: int | None = None) -> Json:
        """A new category in the tree."""
        given = self._numbering.given_or_next("category", category_id)
        path = f"/{slug(fields['name'])}/"
        category = {
            **CATEGORY_DEFAULTS,
            "page_title": fields["name"],
            "url": {"path": path, "is_customized": False},
            **fields,
            "category_id": given,
            "category_uuid": str(uuid.UUID(int=self._chance.getrandbits(128), version=4)),
        }
        self.categories[given] = category
        return category

    def tree(self, max_depth: int | None = None) -> list[Json]:
        """The categories nested under their parents, as trees/{id}/categories shows them."""
        children: dict[int, list[Json]] = {}
        for category in self.categories.values():
            children.setdefault(category["parent_id"], []).append(category)
        return self._branch(0, [], children, max_depth)

    def _branch(
        self, parent_id: int, path: list[int], children: dict[int, list[Json]], depth: int | None
    ) -> list[Json]:
        if depth is not None and len(path) > depth:
            return []
        return [
            {
                "id": category["category_id"],
                "parent_id": parent_id,
                "depth": len(path),
                "path": path,
                "name": category["name"],
                "is_visible": category["is_visible"],
                "url": category["url"]["path"],
                "children": self._branch(
                    category["category_id"], [*path, category["category_id"]], children, depth
                ),
            }
            for category in children.get(parent_id, [])
        ]
