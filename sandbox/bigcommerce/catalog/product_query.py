"""GET /v3/catalog/products: which products a query selects, and in what order."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from starlette.datastructures import QueryParams

from sandbox.bigcommerce.catalog.conditions import (
    Condition,
    Filter,
    condition,
    moment_reader,
    read_flag,
    read_text,
    split,
    whole_numbers,
)
from sandbox.bigcommerce.catalog.products import Product, ProductIndex
from sandbox.bigcommerce.refusals import V3Refusal

ORDERINGS = (
    "id",
    "name",
    "sku",
    "price",
    "date_modified",
    "date_last_imported",
    "inventory_level",
    "is_visible",
    "total_sold",
    "calculated_price",
)
NOT_FILTERS = ("page", "limit", "sort", "direction", "include", "include_fields", "exclude_fields")
RANGE = ("min", "max", "greater", "less")
ALL_COMPARISONS = ("", "in", "not_in", *RANGE)


class ProductQuery:
    """One query: `select` gives the ids, sorted, of all pages together."""

    def __init__(self, index: ProductIndex, query: QueryParams, now: datetime) -> None:
        self._index = index
        self._asked = {k: v for k, v in query.items() if k not in NOT_FILTERS}
        self._sort = query.get("sort", "id")
        self._descending = query.get("direction", "asc") == "desc"
        self._filters = _filters(now)
        if self._sort not in ORDERINGS:
            raise V3Refusal(422, f"Sorting by {self._sort} is not supported.", {})

    def select(self) -> Sequence[int]:
        """The ids of the products that the query selects.

        Raises:
            V3Refusal: 422 for an unknown filter or a value that cannot be read.
        """
        conditions = self._conditions()
        ids = self._candidates()
        if conditions:
            ids = [each for each in ids if self._fits(each, conditions)]
        return self._sorted(ids)

    def _candidates(self) -> Sequence[int]:
        """The ids, in order, that an index leaves over; only its conditions are settled by it."""
        if "id:in" in self._asked:
            wanted = set(whole_numbers(self._asked, "id:in"))
            return sorted(each for each in wanted if self._index.get(each) is not None)
        if "sku" in self._asked or "sku:in" in self._asked:
            skus = split(self._asked.get("sku:in", "")) or [self._asked["sku"]]
            found = (self._index.id_by_product_sku(sku) for sku in skus)
            return sorted({each for each in found if each is not None})
        if "date_modified:min" in self._asked:
            start = self._filters["date_modified"].read(self._asked["date_modified:min"])
            return sorted(self._index.ids_modified_from(start.upper()))
        return self._id_range()

    def _id_range(self) -> Sequence[int]:
        ids = self._index.ids()
        start, end = 0, len(ids)
        for name, place in _LOWER_BOUNDS.items():
            if name in self._asked:
                start = max(start, place(ids, int(self._asked[name])))
        for name, place in _UPPER_BOUNDS.items():
            if name in self._asked:
                end = min(end, place(ids, int(self._asked[name])))
        return ids if (start, end) == (0, len(ids)) else ids[start:end]

    def _conditions(self) -> list[tuple[str, Condition]]:
        return [
            (name.partition(":")[0], condition(name, text, self._filters))
            for name, text in self._asked.items()
            if not self._is_settled(name, text)
        ]

    def _is_settled(self, name: str, text: str) -> bool:
        """Whether the id range alone answers the filter, which keeps long lists quick."""
        if name not in _LOWER_BOUNDS and name not in _UPPER_BOUNDS:
            return False
        condition(name, text, self._filters)
        narrower = {"id:in", "sku", "sku:in", "date_modified:min"}
        return not narrower & self._asked.keys()

    def _fits(self, product_id: int, conditions: list[tuple[str, Condition]]) -> bool:
        [product] = self._index.get_many([product_id])
        return all(accepts(_value(product, field)) for field, accepts in conditions)

    def _sorted(self, ids: Sequence[int]) -> Sequence[int]:
        if self._sort == "id":
            return ids[::-1] if self._descending else ids
        products = self._index.get_many(ids)
        products.sort(key=lambda product: product.get(self._sort), reverse=self._descending)
        return [product.id for product in products]


Place = Callable[[list[int], int], int]
_LOWER_BOUNDS: dict[str, Place] = {"id:min": bisect_left, "id:greater": bisect_right}
_UPPER_BOUNDS: dict[str, Place] = {"id:max": bisect_right, "id:less": bisect_left}


def _value(product: Product, field: str) -> Any:
    if field == "keyword":
        return f"{product.get('name')} {product.get('sku')}"
    if field == "channel_id":
        return product.channels
    return product.get(field)


def _filters(now: datetime) -> dict[str, Filter]:
    moment = moment_reader(now)
    return {
        "id": Filter(int, ALL_COMPARISONS),
        "channel_id": Filter(int, ("in",)),
        "categories": Filter(int, ("", "in")),
        "name": Filter(read_text),
        "keyword": Filter(read_text, plain="like"),
        "mpn": Filter(read_text),
        "upc": Filter(read_text),
        "sku": Filter(read_text, ("", "in")),
        "price": Filter(float),
        "weight": Filter(float),
        "condition": Filter(read_text),
        "brand_id": Filter(int),
        "date_modified": Filter(moment, ("", "min", "max")),
        "date_last_imported": Filter(moment, ("", "not", "min", "max")),
        "is_visible": Filter(read_flag),
        "is_featured": Filter(read_flag),
        "is_free_shipping": Filter(read_flag),
        "inventory_level": Filter(int, ALL_COMPARISONS),
        "total_sold": Filter(int),
        "type": Filter(read_text),
        "availability": Filter(read_text),
    }
