"""What the admin port accepts: the bodies of its calls, and what is said when one is wrong."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    ValidationError,
)
from pydantic.alias_generators import to_camel
from starlette.requests import Request

Text = Annotated[str, StringConstraints(min_length=1)]
Price = Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=2)]
NumericPrice = Annotated[Price, PlainSerializer(float)]
Model = TypeVar("Model", bound="_Body")


class UnacceptableBody(ValueError):
    """A body that is not JSON or not of the right form; its text names the field."""


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class OrderedItem(_Body):
    """One line of an order; its SKU need not be listed, but then needs a price."""

    sku: Text
    quantity: Annotated[int, Field(ge=1)]
    price: Price | None = None
    shipping: Price | None = None
    tax: Price | None = None
    title: Text | None = None


class OrderRequest(_Body):
    """An Amazon order to be placed; what is left out is invented."""

    model_config = ConfigDict(extra="forbid", alias_generator=to_camel)

    order_id: Text | None = None
    marketplace_id: Text | None = None
    status: Text | None = None
    fulfilled_by: Text | None = None
    created_time: AwareDatetime | None = None
    programs: list[Text] | None = None
    buyer: dict[str, Any] | None = None
    recipient: dict[str, Any] | None = None
    items: Annotated[list[OrderedItem], Field(min_length=1)]
    notices: Annotated[int, Field(ge=0, le=10)] | None = None
    index_seconds: Annotated[float, Field(ge=0)] | None = None


class OrderChange(_Body):
    """What becomes of an Amazon order: its next status, or what is cancelled of it and by whom."""

    model_config = ConfigDict(extra="forbid", alias_generator=to_camel)

    status: Text | None = None
    cancel_requested: bool | None = None
    cancelled_skus: list[Text] | None = None
    cancelled_by: Text | None = None


class RestrictionRequest(_Body):
    """Brands and product types that need an approval, or need none any more."""

    model_config = ConfigDict(extra="forbid", alias_generator=to_camel)

    brands: list[Text] | None = None
    product_types: list[Text] | None = None


class SchemaChange(_Body):
    """A JSON merge patch of a product type's schema, in force at once or announced."""

    announced: bool = False
    requirements: Literal["LISTING", "LISTING_OFFER_ONLY"] = "LISTING"
    changes: dict[str, Any] = {}


class VariantChanges(_Body):
    """What changes on a variant: its stock, its price, or both; a V3 price is a JSON number."""

    inventory_level: Annotated[int, Field(ge=0, le=2_147_483_647)] | None = None
    price: NumericPrice | None = None


class ShipmentRequest(_Body):
    """A shipment in BigCommerce's own form, whose other fields the store itself checks."""

    model_config = ConfigDict(extra="allow")

    items: list[dict[str, Any]] | None = None


class TimeRequest(_Body):
    """Sandbox seconds that pass at once."""

    seconds: Annotated[float, Field(gt=0, allow_inf_nan=False)]


async def read_json(request: Request) -> Any:
    """The parsed body.

    Raises:
        UnacceptableBody: the body is not JSON.
    """
    try:
        return await request.json()
    except ValueError as error:
        raise UnacceptableBody(f"the body is not JSON: {error}") from error


async def read_body(request: Request, model: type[Model]) -> dict[str, Any]:
    """The parsed body, checked by the model, without the fields that are null.

    Raises:
        UnacceptableBody: the body is not JSON or not of the model's form.
    """
    content = await read_json(request)
    try:
        checked = model.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the body"
        raise UnacceptableBody(f"{place}: {first['msg']}") from error
    return checked.model_dump(mode="json", exclude_none=True, by_alias=True)
