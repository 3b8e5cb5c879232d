"""Reading the values that a rule names: of the variant, of the rule itself, or of a template."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from affluent.domain.creation_profile import AttributeRule, Origin, Source, StoreField
from affluent.domain.errors import ConfigurationError
from affluent.domain.product import Variant
from affluent.listings.attributes.cleaning import plain_text
from affluent.listings.attributes.value import CannotFill, Value
from affluent.templates import TemplateFailed, template_of

_FIELDS = frozenset(StoreField)


def read_values(rule: AttributeRule, variant: Variant, language: str) -> list[Value]:
    """The values of the first origin that has any; those that are only spaces count as none."""
    for origin in rule.origins:
        values = [one for one in _values(origin, variant, language) if one.text.strip()]
        if values:
            return values
    return []


def _values(origin: Origin, variant: Variant, language: str) -> Iterator[Value]:
    source = origin.source
    match source:
        case Source.CONSTANT:
            for text in origin.names:
                yield Value(text, source, text)
        case Source.TEMPLATE:
            for text in origin.names:
                yield _written(text, source, variant)
        case Source.TEXTS:
            for text in _in_language(origin.languages, language):
                yield _written(text, f"{source} {language}", variant)
        case Source.FIELD:
            for name in origin.names:
                yield from _field(name, variant)
        case _:
            known = _named(variant)[source]
            for name in origin.names:
                text = known.get(name, "")
                yield Value(text, f"{source} {name}", text)


def _in_language(languages: Mapping[str, tuple[str, ...]], language: str) -> tuple[str, ...]:
    if language not in languages:
        known = ", ".join(sorted(languages))
        raise CannotFill(
            f"texts has none in {language}, the marketplace's language (only {known}). Add it."
        )
    return languages[language]


def _written(text: str, source: str, variant: Variant) -> Value:
    """What a template makes of the variant. Its description is plain text there."""
    try:
        template = template_of(text, _FIELDS)
        written = template.render(_fields(variant), _named(variant))
    except ConfigurationError as error:
        raise CannotFill(str(error), text) from error
    except TemplateFailed as error:
        problem = f"The template {error}. Give the product what it names, or write default('')."
        raise CannotFill(problem, text) from error
    return Value(written, source, text, steps=("written by the template",))


def _named(variant: Variant) -> dict[str, Mapping[str, str]]:
    return {
        Source.OPTION: variant.options,
        Source.CUSTOM_FIELD: variant.custom_fields,
        Source.METAFIELD: variant.metafields,
    }


def _fields(variant: Variant) -> dict[str, str]:
    texts: dict[str, str] = {
        name: _text(name, variant) for name in StoreField if name != StoreField.IMAGES
    }
    images = "\n".join(variant.image_urls)
    description = plain_text(variant.description)
    return {**texts, StoreField.IMAGES: images, StoreField.DESCRIPTION: description}


def _field(name: str, variant: Variant) -> Iterator[Value]:
    source = f"{Source.FIELD} {name}"
    if name == StoreField.IMAGES:
        yield from (Value(address, source, address) for address in variant.image_urls)
        return
    text = _text(StoreField(name), variant)
    yield Value(text, source, text, _unit(name, variant))


def _text(name: StoreField, variant: Variant) -> str:
    match name:
        case StoreField.PRICE:
            return str(variant.price.amount)
        case StoreField.REGULAR_PRICE:
            return str((variant.regular_price or variant.price).amount)
        case StoreField.LENGTH | StoreField.WIDTH | StoreField.HEIGHT:
            return (getattr(variant.size, name, None) if variant.size else None) or ""
        case _:
            return getattr(variant, name) or ""


def _unit(name: str, variant: Variant) -> str:
    if name == StoreField.WEIGHT:
        return variant.weight_unit
    is_measure = name in (StoreField.LENGTH, StoreField.WIDTH, StoreField.HEIGHT)
    return variant.size.unit if is_measure and variant.size else ""
