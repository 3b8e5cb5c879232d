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
from affluent.listings.attributes.value import CannotFill, Value

_OTHER: Final = "other_product_image_locator"
_IMAGES: Final = (Origin(Source.FIELD, (StoreField.IMAGES,)),)


def image_rules(rule: ImageRule, definition: Definition) -> tuple[AttributeRule, ...]:
    """A rule for each image that is asked for and that the schema has a place for, in order."""
    paths = [MAIN_IMAGE, *(f"{_OTHER}_{number}" for number in range(1, MOST_IMAGES))]
    declared = definition.schema.get("properties", {})
    return tuple(AttributeRule(path, _IMAGES) for path in paths[: rule.most] if path in declared)


def on_https(value: Value, *, upgrades: bool) -> Value:
    """The address of an image, over https. Raises CannotFill where it is not, and may not become
    so: Amazon fetches images over https alone."""
    address = urlsplit(value.text)
    if address.scheme == "https" and address.netloc:
        return value
    if address.scheme == "http" and address.netloc and upgrades:
        return value.become(address._replace(scheme="https").geturl(), "http made https")
    fix = (
        "Serve it over https, or write images: {upgrade_http: true} in the profile."
        if address.scheme == "http"
        else "Give the product an image with an address that begins with https."
    )
    raise CannotFill(f"The image {value.text[:200]} is not on https. {fix}", value.text)
