"""Creation profiles: how the attributes of a product type are filled from a variant."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, Final

from affluent.domain.provenance import Provenance

#: How many images a listing of Amazon's takes: the main one, and eight others.
MOST_IMAGES: Final = 9


class Source(StrEnum):
    """Where an attribute's value comes from: of several, the first here that has one counts."""

    OPTION = "option"
    CUSTOM_FIELD = "custom_field"
    METAFIELD = "metafield"
    FIELD = "field"
    TEMPLATE = "template"
    TEXTS = "texts"
    CONSTANT = "constant"


class StoreField(StrEnum):
    """The fields of a product that a rule, or a template, may name."""

    NAME = "name"
    DESCRIPTION = "description"
    BRAND = "brand"
    MPN = "mpn"
    SKU = "sku"
    BARCODE = "barcode"
    PRICE = "price"
    REGULAR_PRICE = "regular_price"
    WEIGHT = "weight"
    LENGTH = "length"
    WIDTH = "width"
    HEIGHT = "height"
    IMAGES = "images"


@dataclass(frozen=True, slots=True)
class Origin:
    """One source of a rule, and what the rule names there.

    `names` are options, custom fields, metafields (`namespace.key`) or fields, the templates
    themselves, or the constants; each gives its values, in this order. Of TEXTS, `languages`
    holds the templates by language tag (`de_DE`), and `names` is empty.
    """

    source: Source
    names: tuple[str, ...] = ()
    languages: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AttributeRule:
    """How the values of an attribute, or of a part of one, are filled.

    `path` leads there ("item_dimensions.height"). The first of the `origins` that has a value
    counts; a rule without any leaves its place empty on purpose. Then, in this order:
    `html` reads the values as HTML; `split` cuts each at a separator; `most` keeps the first so
    many; `value_map` puts Amazon's words for the store's, whatever their case, and `otherwise` for
    what it does not have; `unit` is Amazon's unit and `from_unit` the source's, where it does not
    tell it, with at most `decimals`; `shorten` cuts what is longer than the schema allows;
    `number` asks for a JSON number even where the schema does not.
    """

    path: str
    origins: tuple[Origin, ...] = ()
    html: bool = False
    split: str = ""
    most: int | None = None
    value_map: Mapping[str, str] = field(default_factory=dict)
    otherwise: str | None = None
    unit: str = ""
    from_unit: str = ""
    decimals: int = 4
    shorten: bool = False
    number: bool = False

    @property
    def leaves_out(self) -> bool:
        """Whether the attribute is left out on purpose."""
        return not self.origins


@dataclass(frozen=True, slots=True)
class ImageRule:
    """How many of the product's images are sent, in their order, the first as the main one.

    `upgrades_http` asks for an image over https whose address in the store is on http.
    """

    most: int = MOST_IMAGES
    upgrades_http: bool = False


NO_IMAGES: Final = ImageRule(most=0)


@dataclass(frozen=True)
class CreationProfile:
    """How the attributes of a product type are filled, and whether new products are created."""

    name: str
    product_type: str
    creates: bool
    rules: tuple[AttributeRule, ...]
    images: ImageRule = NO_IMAGES

    @cached_property
    def version(self) -> str:
        """A fingerprint of everything that the profile says, in twelve hexadecimal digits."""
        content = json.dumps(asdict(self), sort_keys=True)
        return hashlib.sha256(content.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class RenderProblem:
    """A rule that could not be followed for one product: what, why, and how to mend it."""

    path: str
    message: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Rendered:
    """What a profile makes of a variant: Amazon's attributes, and where each value came from.

    A variant that has `problems` must not be sent: the attributes that they name are missing.
    """

    attributes: Mapping[str, list[dict[str, Any]]]
    provenance: tuple[Provenance, ...] = ()
    problems: tuple[RenderProblem, ...] = ()
