"""What the sections of the file have in common: they are closed, and marketplaces are known."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, WithJsonSchema

from affluent.domain.marketplace import MARKETPLACES, Marketplace, find_marketplace
from affluent.settings.problems import flaw

_COUNTRIES: Final = [row.country for row in MARKETPLACES]


def marketplace_named(name: str) -> Marketplace:
    """The marketplace of a country code or id; a flaw of the settings where there is none."""
    found = find_marketplace(name)
    if found is None:
        raise flaw(f"there is no marketplace {name}.", f"Use one of {', '.join(_COUNTRIES)}.")
    return found


def _known(name: str) -> str:
    marketplace_named(name)
    return name


#: A country code or a marketplace id, as the merchant wrote it.
MarketplaceName = Annotated[
    str,
    AfterValidator(_known),
    WithJsonSchema({"anyOf": [{"enum": _COUNTRIES}, {"type": "string"}]}),
]


class Section(BaseModel):
    """A part of the file: closed to unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)
