"""What a variant was at another time, and in what it differs from what it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Final

from affluent.domain.product import Size, Variant

#: The store's own bookkeeping: it moves with every change, and says nothing of its own.
_UNTOLD: Final = frozenset({"variant_id", "modified_at"})


class Fate(StrEnum):
    """What became of a variant between two moments."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class VariantVersion:
    """A variant as it was from `valid_from` until just before `valid_until`.

    None there means that it is so still. Of what `is_gone`, the variant is what was last known.
    """

    variant: Variant
    valid_from: datetime
    valid_until: datetime | None
    is_gone: bool

    @property
    def present(self) -> Variant | None:
        """The variant, or None while the store did not have it."""
        return None if self.is_gone else self.variant


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field in words; "" is what was not there. `options.Color` is a field of its own."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class VariantDifference:
    """One variant at two moments that do not agree; None is a store without it."""

    variant_id: int
    before: Variant | None
    after: Variant | None

    @property
    def sku(self) -> str:
        """Its SKU, the newer one where it has moved."""
        newest = self.after or self.before
        return newest.sku if newest else ""

    @property
    def fate(self) -> Fate:
        """What became of it."""
        if self.before is None:
            return Fate.ADDED
        return Fate.REMOVED if self.after is None else Fate.CHANGED

    @property
    def changes(self) -> tuple[FieldChange, ...]:
        """The fields that differ."""
        return changed_fields(self.before, self.after)


def changed_fields(before: Variant | None, after: Variant | None) -> tuple[FieldChange, ...]:
    """The fields that differ, in the order in which a variant has them."""
    old, new = _told(before), _told(after)
    return tuple(
        FieldChange(name, old.get(name, ""), new.get(name, ""))
        for name in dict.fromkeys([*old, *new])
        if old.get(name, "") != new.get(name, "")
    )


def _told(variant: Variant | None) -> dict[str, str]:
    if variant is None:
        return {}
    return {
        name: words
        for field in fields(variant)
        if field.name not in _UNTOLD
        for name, words in _words(field.name, getattr(variant, field.name))
    }


def _words(name: str, value: object) -> Iterator[tuple[str, str]]:
    match value:
        case Mapping():
            for key, one in value.items():
                yield f"{name}.{key}", str(one)
        case Size():
            sides = (side or "?" for side in (value.length, value.width, value.height))
            yield name, f"{' x '.join(sides)} {value.unit}"
        case tuple():
            yield name, ", ".join(map(str, value))
        case None:
            yield name, ""
        case _:
            yield name, str(value)
