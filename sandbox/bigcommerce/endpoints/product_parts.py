"""The parts of one product: variants, options, modifiers, images, custom fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.bigcommerce.answers import no_content, v3_item, v3_object
from sandbox.bigcommerce.catalog.products import Product
from sandbox.bigcommerce.catalog.views import FieldChoice, variant_view
from sandbox.bigcommerce.endpoints.pages import page_of
from sandbox.bigcommerce.moments import iso
from sandbox.bigcommerce.refusals import V3Refusal, unprocessable
from sandbox.bigcommerce.state import StoreState

Json = dict[str, Any]
Adder = Callable[[Product, Json], Json]

PRODUCT_PATH = "/v3/catalog/products/{product_id:int}"


class ProductPartEndpoints:
    """Lists, reads, adds and changes parts; only a changed variant moves the product's date."""

    def __init__(self, state: StoreState) -> None:
        self._state = state
        self._adders: dict[str, Adder] = {
            "options": self._add_option,
            "modifiers": self._add_modifier,
            "images": self._add_image,
            "custom-fields": self._add_custom_field,
        }

    def routes(self) -> list[Route]:
        """Paths below /stores/{store_hash}."""
        variants = f"{PRODUCT_PATH}/variants"
        parts = f"{PRODUCT_PATH}/{{part}}"
        return [
            Route(variants, self.list_variants, methods=["GET"]),
            Route(f"{variants}/{{variant_id:int}}", self.get_variant, methods=["GET"]),
            Route(f"{variants}/{{variant_id:int}}", self.change_variant, methods=["PUT"]),
            Route(parts, self.list_parts, methods=["GET"]),
            Route(parts, self.add_part, methods=["POST"]),
            Route(f"{parts}/{{part_id:int}}", self.get_part, methods=["GET"]),
            Route(f"{parts}/{{part_id:int}}", self.change_part, methods=["PUT"]),
            Route(f"{parts}/{{part_id:int}}", self.delete_part, methods=["DELETE"]),
        ]

    async def list_variants(self, request: Request) -> Response:
        """GET the variants of a product."""
        variants = self._product(request).variants
        return page_of(request, [variant_view(variant) for variant in variants])

    async def get_variant(self, request: Request) -> Response:
        """GET one variant."""
        return v3_item(FieldChoice(request.query_params).of(variant_view(self._variant(request))))

    async def change_variant(self, request: Request) -> Response:
        """PUT one variant."""
        variant = self._variant(request)
        self._state.catalog.update_variant(variant, await v3_object(request))
        return v3_item(variant_view(variant))

    async def list_parts(self, request: Request) -> Response:
        """GET the options, modifiers, images or custom fields of a product."""
        return page_of(request, self._parts(request))

    async def get_part(self, request: Request) -> Response:
        """GET one of them."""
        return v3_item(self._part(request))

    async def add_part(self, request: Request) -> Response:
        """POST one of them."""
        parts = self._parts(request)
        add = self._adders[request.path_params["part"]]
        part = add(self._product(request), await v3_object(request))
        parts.append(part)
        self._product(request).prepared = None
        return v3_item(part)

    async def change_part(self, request: Request) -> Response:
        """PUT one of them."""
        part = self._part(request)
        changes = await v3_object(request)
        part.update({k: v for k, v in changes.items() if k not in ("id", "product_id")})
        self._product(request).prepared = None
        return v3_item(part)

    async def delete_part(self, request: Request) -> Response:
        """DELETE one of them."""
        self._parts(request).remove(self._part(request))
        self._product(request).prepared = None
        return no_content()

    def _product(self, request: Request) -> Product:
        return self._state.catalog.product(request.path_params["product_id"])

    def _variant(self, request: Request) -> Json:
        variant = self._product(request).variant(request.path_params["variant_id"])
        if variant is None:
            raise V3Refusal(404, "The variant does not exist.", instance="")
        return variant

    def _parts(self, request: Request) -> list[Json]:
        product = self._product(request)
        kinds = {
            "options": product.options,
            "modifiers": product.modifiers,
            "images": product.images,
            "custom-fields": product.custom_fields,
        }
        kind = request.path_params["part"]
        if kind not in kinds:
            raise V3Refusal(404, "The requested resource was not found.")
        return kinds[kind]

    def _part(self, request: Request) -> Json:
        part_id = request.path_params["part_id"]
        for part in self._parts(request):
            if part["id"] == part_id:
                return part
        raise V3Refusal(404, "The requested resource was not found.")

    def _add_option(self, product: Product, given: Json) -> Json:
        _require(given, ("display_name", "type"))
        return self._state.catalog.intake.option(given, product.id)

    def _add_modifier(self, product: Product, given: Json) -> Json:
        _require(given, ("display_name", "type", "required"))
        return self._state.catalog.intake.modifier(given, product.id)

    def _add_image(self, product: Product, given: Json) -> Json:
        _require(given, ("image_url",))
        return self._state.catalog.intake.image(given, product.id, iso(self._state.clock.now()))

    def _add_custom_field(self, product: Product, given: Json) -> Json:
        _require(given, ("name", "value"))
        known = [(each["name"], each["value"]) for each in product.custom_fields]
        if (given["name"], given["value"]) in known:
            raise V3Refusal(409, "The custom field is a duplicate.", {})
        return self._state.catalog.intake.custom_field(given)


def _require(given: Json, names: tuple[str, ...]) -> None:
    missing = [name for name in names if name not in given]
    if missing:
        raise unprocessable(dict.fromkeys(missing, "error.path.missing"))
