"""Rendering a variant by a creation profile: read, clean, translate, convert, put in place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from affluent.domain.creation_profile import (
    AttributeRule,
    CreationProfile,
    Rendered,
    RenderProblem,
    Source,
    StoreField,
)
from affluent.domain.listing import Definition
from affluent.domain.marketplace import Marketplace
from affluent.domain.money import json_number
from affluent.domain.product import Variant
from affluent.domain.provenance import Provenance
from affluent.listings.attributes.cleaning import cleaned, shortened
from affluent.listings.attributes.images import image_rules, over_https
from affluent.listings.attributes.places import Place, find_place
from affluent.listings.attributes.reading import read_values
from affluent.listings.attributes.units import measured
from affluent.listings.attributes.value import CannotFill, Value

_LONGEST_RAW: Final = 200
_NUMBERS: Final = ("number", "integer")
_TRUTHS: Final = {"true": True, "yes": True, "false": False, "no": False}
_DESCRIPTION: Final = f"{Source.FIELD} {StoreField.DESCRIPTION}"


@dataclass(frozen=True, slots=True)
class _Filling:
    """A rule with the place that its values go to; of the product's images, which one it takes."""

    rule: AttributeRule
    place: Place
    image: int | None = None


def render(
    profile: CreationProfile, variant: Variant, marketplace: Marketplace, definition: Definition
) -> Rendered:
    """What the profile makes of one variant; for many, make a Renderer once."""
    return Renderer(profile, marketplace, definition).render(variant)


class Renderer:
    """A profile made ready for one marketplace and one schema."""

    def __init__(
        self, profile: CreationProfile, marketplace: Marketplace, definition: Definition
    ) -> None:
        self.schema = definition.schema
        self._profile = profile
        self._language = marketplace.locale
        written = [(rule, None) for rule in profile.rules if not rule.leaves_out]
        images = enumerate(image_rules(profile.images, definition))
        self._fillings = [
            _Filling(rule, find_place(rule.path, marketplace, definition), image)
            for rule, image in (*written, *((rule, number) for number, rule in images))
        ]
        self._folded = {
            rule.path: {key.strip().casefold(): value for key, value in rule.value_map.items()}
            for rule in profile.rules
        }

    def render(self, variant: Variant) -> Rendered:
        """The attributes that the profile can fill; a rule without a value leaves its place empty,
        one that cannot be followed is a problem, and the others go on."""
        attributes: dict[str, Any] = {}
        provenance: list[Provenance] = []
        problems: list[RenderProblem] = []
        for filling in self._fillings:
            rule, place = filling.rule, filling.place
            try:
                values = self._values(filling, variant)
            except CannotFill as error:
                problems.append(self._problem(rule, error))
                continue
            if values:
                place.put(attributes, [_fields(value, rule, place) for value in values])
                provenance += [self._told(rule, value) for value in values]
        return Rendered(attributes, tuple(provenance), tuple(problems))

    def _values(self, filling: _Filling, variant: Variant) -> list[Value]:
        rule, place = filling.rule, filling.place
        read = read_values(rule, variant, self._language)
        if filling.image is not None:
            read = read[filling.image : filling.image + 1]
        clean = (
            cleaned(value, is_html=rule.html or value.source == _DESCRIPTION, shortens=rule.shorten)
            for value in read
        )
        parts = [part for value in clean for part in _split(value, rule.split) if part.text]
        return [self._finished(part, rule, place) for part in parts[: rule.most]]

    def _finished(self, value: Value, rule: AttributeRule, place: Place) -> Value:
        if place.is_media and self._profile.images.upgrades_http:
            value = over_https(value)
        if rule.value_map:
            value = _mapped(value, rule, self._folded[rule.path])
        if rule.unit or place.units:
            value = measured(value, rule, place.units)
        if rule.shorten:
            value = shortened(value, place.most_characters, place.most_bytes)
        return value

    def _told(self, rule: AttributeRule, value: Value) -> Provenance:
        raw = value.raw if len(value.raw) <= _LONGEST_RAW else f"{value.raw[:_LONGEST_RAW]}…"
        profile = self._profile
        return Provenance(rule.path, value.source, raw, value.steps, profile.name, profile.version)

    def _problem(self, rule: AttributeRule, error: CannotFill) -> RenderProblem:
        place = f"{rule.path}, by creation profile {self._profile.name}"
        return RenderProblem(rule.path, f"{place}: {error}", error.value[:_LONGEST_RAW])


def _split(value: Value, separator: str) -> Iterable[Value]:
    """The parts of a value between its separators, in their order."""
    if not separator:
        return (value,)
    parts = value.text.split(separator)
    return (value.become(part.strip(), "one part of several") for part in parts)


def _mapped(value: Value, rule: AttributeRule, folded: dict[str, str]) -> Value:
    found = folded.get(value.text.casefold(), rule.otherwise)
    if found is None:
        raise CannotFill(
            f"The value map has nothing for '{value.text[:100]}'. "
            "Add it to map, or say by otherwise what stands for all others.",
            value.text,
        )
    return value.become(found, f"'{value.text[:100]}' is '{found}' by the value map")


def _fields(value: Value, rule: AttributeRule, place: Place) -> dict[str, Any]:
    """The value, and its unit, as the fields of its object."""
    written: object = value.text
    if rule.number or place.kind in _NUMBERS:
        written = _number(value.text)
    elif place.kind == "boolean":
        written = _TRUTHS.get(value.text.casefold(), value.text)
    return {place.value_key: written, **({"unit": value.unit} if value.unit else {})}


def _number(text: str) -> str | int | float:
    """A JSON number where the text is one; else the text, for the gate to name."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    return json_number(number) if number.is_finite() else text
