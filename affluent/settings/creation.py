"""Creation profiles: how products that Amazon does not know are described to it."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from affluent.domain.creation_profile import (
    MOST_IMAGES,
    AttributeRule,
    CreationProfile,
    ImageRule,
    Origin,
    Source,
    StoreField,
)
from affluent.domain.errors import ConfigurationError
from affluent.settings.problems import Location, flaw
from affluent.settings.section import Section
from affluent.templates import template_of

Scalar = str | int | float | bool


def _as_text(written: object) -> object:
    """A number, or a yes or no, as the text that YAML made it of."""
    if isinstance(written, bool):
        return str(written).lower()
    return str(written) if isinstance(written, int | float) else written


def _as_texts(written: object) -> object:
    """A single value is a list of one."""
    many = written if isinstance(written, list | tuple) else [written]
    return tuple(map(_as_text, many))


#: One text or several, each as text whatever YAML made of it.
Texts = Annotated[
    tuple[Annotated[str, StringConstraints(min_length=1)], ...],
    BeforeValidator(_as_texts, json_schema_input_type=Scalar | list[Scalar]),
    Field(min_length=1),
]

#: A single text, whatever YAML made of it.
Text = Annotated[str, BeforeValidator(_as_text, json_schema_input_type=Scalar)]

#: A language as Amazon writes it: de_DE.
LanguageTag = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}_[A-Z]{2}$")]


class ImageSettings(Section):
    """Which of the product's images are sent."""

    most: int = Field(
        MOST_IMAGES, ge=0, le=MOST_IMAGES, description="So many images, in the store's order."
    )
    upgrade_http: bool = Field(
        False, description="Whether an address on http is sent as https; else the item is held."
    )


def _as_images(written: object) -> object:
    """A number alone is the most images."""
    is_number = isinstance(written, int) and not isinstance(written, bool)
    return {"most": written} if is_number else written


class AttributeRuleSettings(Section):
    """Where the values of an attribute, or of a part of one, come from, and what is done to them.

    Of several sources the first that has a value counts, in the order they stand in here.
    """

    option: Texts | None = Field(None, description="An option of the variant, such as Color.")
    custom_field: Texts | None = Field(None, description="A custom field of the product.")
    metafield: Texts | None = Field(
        None, description="A metafield of the variant or its product, as namespace.key."
    )
    field: StoreField | None = Field(None, description="A field of the product.")
    template: Texts | None = Field(
        None, description="A text with what the product has: {{ brand }} {{ option.Color }}."
    )
    texts: dict[LanguageTag, Texts] | None = Field(
        None, description="Templates by the marketplace's language: {de_DE: ..., en_US: ...}."
    )
    constant: Texts | None = Field(None, description="The value itself.")
    leave_out: bool = Field(False, description="The attribute is left out on purpose.")
    html: bool = Field(False, description="The value is HTML, as a description always is.")
    split: str = Field("", description="What parts the values within one text, such as |.")
    most: int | None = Field(None, ge=1, description="No more values than these.")
    map: dict[Text, Text] = Field(
        default_factory=dict, description="The store's word to Amazon's: {Blau: Blue}."
    )
    otherwise: Text | None = Field(None, description="For what the map does not have.")
    unit: str = Field("", description="Amazon's word for the unit: inches, pounds, ...")
    from_unit: str = Field("", description="The unit of the source, where it does not tell it.")
    decimals: int = Field(4, ge=0, le=9, description="Of a converted measure, no more than these.")
    shorten: bool = Field(False, description="Cut what is longer than the schema allows.")
    number: bool = Field(False, description="The attribute wants a number.")

    @model_validator(mode="after")
    def _has_a_source_or_none(self) -> Self:
        has_source = any(getattr(self, source) is not None for source in Source)
        if not has_source and not self.leave_out:
            raise flaw(
                "must name a source.", f"Name one or more of {', '.join(Source)}, or leave_out."
            )
        if has_source and self.leave_out:
            raise flaw("is left out, and has a source.", "Remove one of the two.", ("leave_out",))
        if self.otherwise is not None and not self.map:
            raise flaw("stands without a map.", "Add the map, or remove it.", ("otherwise",))
        return self

    @model_validator(mode="after")
    def _has_usable_templates(self) -> Self:
        for text in self.template or ():
            _check_template(text, ("template",))
        for language, texts in (self.texts or {}).items():
            for text in texts:
                _check_template(text, ("texts", language))
        return self

    def origins(self) -> tuple[Origin, ...]:
        """The sources that the rule names, in their order, and what it names there."""
        return tuple(
            Origin(source, languages=self.texts)
            if source is Source.TEXTS and self.texts is not None
            else Origin(source, tuple(_names(getattr(self, source))))
            for source in Source
            if getattr(self, source) is not None
        )


class CreationProfileSettings(Section):
    """How products that Amazon does not know are created."""

    product_type: str = Field(min_length=1, description="Amazon's product type, such as LUGGAGE.")
    create: bool = Field(True, description="The switch that allows creation.")
    images: Annotated[
        ImageSettings, BeforeValidator(_as_images, json_schema_input_type=int | ImageSettings)
    ] = Field(ImageSettings(most=0), description="How many of the product's images are sent.")
    attributes: dict[str, AttributeRuleSettings] = Field(
        description="Attribute, or attribute.part, to the rule that fills it."
    )


def creation_profile_of(name: str, settings: CreationProfileSettings) -> CreationProfile:
    """One creation profile."""
    rules = tuple(_rule_of(path, rule) for path, rule in settings.attributes.items())
    images = ImageRule(settings.images.most, settings.images.upgrade_http)
    return CreationProfile(name, settings.product_type, settings.create, rules, images)


def _rule_of(path: str, settings: AttributeRuleSettings) -> AttributeRule:
    return AttributeRule(
        path=path,
        origins=settings.origins(),
        html=settings.html,
        split=settings.split,
        most=settings.most,
        value_map=settings.map,
        otherwise=settings.otherwise,
        unit=settings.unit,
        from_unit=settings.from_unit,
        decimals=settings.decimals,
        shorten=settings.shorten,
        number=settings.number,
    )


def _names(written: str | tuple[str, ...]) -> tuple[str, ...]:
    return (str(written),) if isinstance(written, str) else written


def _check_template(text: str, at: Location) -> None:
    try:
        template_of(text, frozenset(StoreField))
    except ConfigurationError as error:
        raise flaw(error.what, error.fix, at) from None
