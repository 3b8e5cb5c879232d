"""From product JSON, as loaded or posted, to a Product with every part numbered."""

from __future__ import annotations

from typing import Any

from sandbox.bigcommerce.catalog.calculated import recalculate
from sandbox.bigcommerce.catalog.defaults import (
    IMAGE_DEFAULTS,
    MODIFIER_DEFAULTS,
    OPTION_DEFAULTS,
)
from sandbox.bigcommerce.catalog.products import Product
from sandbox.bigcommerce.catalog.shelves import Shelves
from sandbox.bigcommerce.moments import iso, parse_moment
from sandbox.bigcommerce.numbering import Numbering

Json = dict[str, Any]

PARTS = ("variants", "options", "modifiers", "images", "custom_fields", "channels")
NAMES_BESIDE = ("brand_name", "category_names")


class Intake:
    """Numbers products and their parts, and files them under brands and categories."""

    def __init__(self, numbering: Numbering, shelves: Shelves) -> None:
        self._numbering = numbering
        self._shelves = shelves

    def product(self, given: Json, now: str) -> Product:
        """A product of the given JSON; `now` dates what carries no date."""
        fields = {k: v for k, v in given.items() if k not in PARTS and k not in NAMES_BESIDE}
        product_id = self._numbering.given_or_next("product", fields.get("id"))
        fields["id"] = product_id
        for name in ("date_created", "date_modified"):
            fields[name] = iso(parse_moment(fields[name])) if fields.get(name) else now
        self._file(fields, given)
        product = Product(
            fields=fields,
            options=[self.option(each, product_id) for each in given.get("options") or []],
            modifiers=[self.modifier(each, product_id) for each in given.get("modifiers") or []],
            images=[self.image(each, product_id, now) for each in given.get("images") or []],
            custom_fields=[self.custom_field(each) for each in given.get("custom_fields") or []],
            channels=list(given.get("channels") or [1]),
        )
        self._put_variants(product, given.get("variants") or [])
        recalculate(product)
        return product

    def _file(self, fields: Json, given: Json) -> None:
        names = {int(key): name for key, name in given.get("category_names", {}).items()}
        for category_id in fields.get("categories") or []:
            self._shelves.category(category_id, names.get(category_id))
        brand_name, brand_id = given.get("brand_name"), fields.get("brand_id")
        if brand_name or brand_id:
            brand = self._shelves.brand_named(brand_name or f"Brand {brand_id}", brand_id)
            fields["brand_id"] = brand["id"]

    def _put_variants(self, product: Product, given: list[Json]) -> None:
        if not given:
            given = [self._base_variant(product)]
        product.variants = [self.variant(each, product) for each in given]
        only = product.variants[0]
        is_simple = len(product.variants) == 1 and not only.get("option_values")
        product.fields["base_variant_id"] = only["id"] if is_simple else None
        if product.tracking == "variant" and "inventory_level" not in product.fields:
            levels = (each.get("inventory_level") or 0 for each in product.variants)
            product.fields["inventory_level"] = sum(levels)

    def _base_variant(self, product: Product) -> Json:
        return {
            "id": product.fields.get("base_variant_id"),
            "sku": product.get("sku"),
            "inventory_level": product.get("inventory_level"),
            "inventory_warning_level": product.get("inventory_warning_level"),
        }

    def variant(self, given: Json, product: Product) -> Json:
        """A numbered variant; its option values are found among the product's options."""
        variant_id = self._numbering.given_or_next("variant", given.get("id"))
        values = [self._option_value(each, product) for each in given.get("option_values") or []]
        variant = {**given, "id": variant_id, "product_id": product.id, "option_values": values}
        if values and not given.get("sku_id"):
            variant["sku_id"] = self._numbering.next("sku")
        return variant

    def _option_value(self, given: Json, product: Product) -> Json:
        option = self._option_of(given, product)
        value = next(
            (
                each
                for each in option["option_values"]
                if each["id"] == given.get("id") or each["label"] == given.get("label")
            ),
            None,
        )
        if value is None:
            value = self._choice(given, len(option["option_values"]))
            option["option_values"].append(value)
        return {
            "id": value["id"],
            "label": value["label"],
            "option_id": option["id"],
            "option_display_name": option["display_name"],
        }

    def _option_of(self, given: Json, product: Product) -> Json:
        for option in product.options:
            if given.get("option_id") == option["id"]:
                return option
            if given.get("option_display_name") == option["display_name"]:
                return option
        named = {
            "id": given.get("option_id"),
            "display_name": given.get("option_display_name") or "Option",
        }
        option = self.option(named, product.id)
        product.options.append(option)
        return option

    def option(self, given: Json, product_id: int) -> Json:
        """A numbered variant option."""
        return self._question(given, product_id, OPTION_DEFAULTS)

    def modifier(self, given: Json, product_id: int) -> Json:
        """A numbered modifier; options and modifiers share one row of ids."""
        modifier = self._question(given, product_id, MODIFIER_DEFAULTS)
        for value in modifier["option_values"]:
            value.setdefault("option_id", modifier["id"])
        return modifier

    def _question(self, given: Json, product_id: int, defaults: Json) -> Json:
        question = {**defaults, **given}
        question["id"] = self._numbering.given_or_next("option", given.get("id"))
        question["product_id"] = product_id
        question.setdefault("name", f"{question['display_name']}{question['id']}")
        choices = given.get("option_values") or []
        question["option_values"] = [
            self._choice(each, place) for place, each in enumerate(choices)
        ]
        return question

    def _choice(self, given: Json, place: int) -> Json:
        kept = {k: v for k, v in given.items() if k not in ("option_id", "option_display_name")}
        return {
            "label": "",
            "sort_order": place,
            "value_data": None,
            "is_default": False,
            **kept,
            "id": self._numbering.given_or_next("option_value", given.get("id")),
        }

    def image(self, given: Json, product_id: int, now: str) -> Json:
        """A numbered image with the addresses of its four sizes."""
        url = given.get("image_url") or given.get("url_standard") or ""
        sizes = ("url_zoom", "url_standard", "url_thumbnail", "url_tiny")
        return {
            **IMAGE_DEFAULTS,
            **dict.fromkeys(sizes, url),
            "image_file": url.rpartition("/")[2],
            "date_modified": now,
            **given,
            "id": self._numbering.given_or_next("image", given.get("id")),
            "product_id": product_id,
        }

    def custom_field(self, given: Json) -> Json:
        """A numbered custom field."""
        number = self._numbering.given_or_next("custom_field", given.get("id"))
        return {"id": number, "name": given["name"], "value": given["value"]}
