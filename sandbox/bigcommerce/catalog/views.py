"""Products and their parts as an answer shows them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson
from starlette.datastructures import QueryParams

from sandbox.bigcommerce.catalog.defaults import PRODUCT_DEFAULTS, VARIANT_DEFAULTS
from sandbox.bigcommerce.catalog.products import Product
from sandbox.bigcommerce.web_paths import slug

Json = dict[str, Any]


def variant_view(variant: Json) -> Json:
    """A variant with every field that the API shows."""
    return VARIANT_DEFAULTS | variant


def _thumbnail(product: Product) -> Json | None:
    chosen = [image for image in product.images if image["is_thumbnail"]] or product.images
    return chosen[0] if chosen else None


def _nothing(_: Product) -> list[Json]:
    return []


SECTIONS: dict[str, Callable[[Product], Any]] = {
    "variants": lambda product: [variant_view(variant) for variant in product.variants],
    "options": lambda product: product.options,
    "modifiers": lambda product: product.modifiers,
    "images": lambda product: product.images,
    "custom_fields": lambda product: product.custom_fields,
    "channels": lambda product: product.channels,
    "primary_image": _thumbnail,
    "bulk_pricing_rules": _nothing,
    "videos": _nothing,
    "parent_relations": _nothing,
    "reviews": _nothing,
}


class ProductView:
    """How one query wants its products: which parts, which fields."""

    def __init__(self, query: QueryParams) -> None:
        asked = names_in(query, "include")
        self.parts = [(name, SECTIONS[name]) for name in SECTIONS if name in asked]
        self._names = ",".join(name for name, _ in self.parts)
        self._fields = FieldChoice(query)

    @property
    def is_heavy(self) -> bool:
        """Whether the query includes what cuts the page to ten."""
        return any(name in ("options", "modifiers") for name, _ in self.parts)

    def prepared(self, product: Product) -> Any:
        """What `show` gives, already written as JSON where the same was shown before."""
        if self._fields.is_limited:
            return self.show(product)
        if product.prepared is None or product.prepared[0] != self._names:
            product.prepared = (self._names, orjson.dumps(self.show(product)))
        return orjson.Fragment(product.prepared[1])

    def show(self, product: Product) -> Json:
        """The product as the query wants it."""
        whole = PRODUCT_DEFAULTS | product.fields
        if not whole["custom_url"]:
            whole["custom_url"] = {"url": f"/{slug(whole['name'])}/", "is_customized": False}
        shown = self._fields.of(whole)
        for name, section in self.parts:
            part = section(product)
            if part is not None:
                shown[name] = part
        return shown


class FieldChoice:
    """`include_fields` and `exclude_fields`; the id is always shown."""

    def __init__(self, query: QueryParams) -> None:
        self._included = names_in(query, "include_fields")
        self._excluded = names_in(query, "exclude_fields") - {"id"}
        self.is_limited = bool(self._included or self._excluded)

    def of(self, whole: Json) -> Json:
        """The chosen fields of a record."""
        if self._included:
            kept = self._included | {"id"}
            return {name: value for name, value in whole.items() if name in kept}
        if self._excluded:
            return {name: value for name, value in whole.items() if name not in self._excluded}
        return whole


def names_in(query: QueryParams, parameter: str) -> set[str]:
    """The comma-separated names of a query parameter."""
    return {name.strip() for name in query.get(parameter, "").split(",") if name.strip()}
