"""Metafields V3 of products and variants, for all of them at once.

https://docs.bigcommerce.com/docs/rest-catalog/products/metafields
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from connectors.bigcommerce.api import Query, StoreApi
from connectors.bigcommerce.fields import text, whole

_FIELDS: Final = "resource_id,namespace,key,value"

#: By the id of the resource: `namespace.key` to the value.
Values = Mapping[int, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Metafields:
    """The metafields of all products and variants."""

    by_product: Values = field(default_factory=dict)
    by_variant: Values = field(default_factory=dict)

    def of(self, product_id: int, variant_id: int) -> dict[str, str]:
        """The product's metafields, and the variant's own before them."""
        return {**self.by_product.get(product_id, {}), **self.by_variant.get(variant_id, {})}


def fetch_metafields(api: StoreApi, namespaces: Sequence[str]) -> Metafields:
    """All metafields of these namespaces that our API account may read; none asks nothing."""
    if not namespaces:
        return Metafields()
    query: Query = {"namespace:in": ",".join(namespaces), "include_fields": _FIELDS}
    return Metafields(
        _fetch(api, "getProductsMetafields", "/v3/catalog/products/metafields", query),
        _fetch(api, "getVariantsMetafields", "/v3/catalog/variants/metafields", query),
    )


def _fetch(api: StoreApi, operation: str, path: str, query: Query) -> Values:
    found: dict[int, dict[str, str]] = {}
    for page in api.v3_pages_by_cursor(operation, path, query):
        for record in page:
            name = f"{text(record, 'namespace')}.{text(record, 'key')}"
            found.setdefault(whole(record, "resource_id") or 0, {})[name] = text(record, "value")
    return found
