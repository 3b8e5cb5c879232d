"""The product's images: the first as the main one, the others in the store's order."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from affluent.domain.attributes import MAIN_IMAGE
from affluent.domain.creation_profile import (
    MOST_IMAGES,
    AttributeRule,
    ImageRule,
    Origin,
    Source,
    StoreField,
)
from affluent.domain.listing import Definition
from affluent.listings.attributes.value import Value

_OTHER: Final = "other_product_image_locator"
_IMAGES: Final = (Origin(Source.FIELD, (StoreField.IMAGES,)),)


def image_rules(rule: ImageRule, definition: Definition) -> tuple[AttributeRule, ...]:
    """A rule for each image that is asked for and that the schema has a place for, in order."""
    paths = [MAIN_IMAGE, *(f"{_OTHER}_{number}" for number in range(1, MOST_IMAGES))]
    declared = definition.schema.get("properties", {})
    return tuple(AttributeRule(path, _IMAGES) for path in paths[: rule.most] if path in declared)


def over_https(value: Value) -> Value:
    """The address of an image; one on http is sent as https, which the gate asks for."""
    address = urlsplit(value.text)
    if address.scheme != "http":
        return value
    return value.become(address._replace(scheme="https").geturl(), "http made https")
