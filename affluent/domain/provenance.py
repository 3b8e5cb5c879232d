"""Where each value that was sent came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

#: A longer raw value is kept by its beginning: the whole is in the snapshot.
_LONGEST_RAW: Final = 300


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where one value came from.

    `path` is the attribute, or a part of one ("item_dimensions.height"). `source` is what its rule
    names ("custom_field Material", "stock"), `raw` what stood there, `steps` what was done to it,
    in words. `profile` with its `version`, a fingerprint of all that it says, made it so;
    `override` is what was given for this SKU and went before the profile.
    """

    path: str
    source: str
    raw: str
    steps: tuple[str, ...]
    profile: str
    version: str
    override: str = ""


def beginning_of(raw: str) -> str:
    """As much of a raw value as is kept."""
    return raw if len(raw) <= _LONGEST_RAW else f"{raw[:_LONGEST_RAW]}…"


def is_about(path: str, attribute: str) -> bool:
    """Whether a path is the attribute, a part of it, or what it is a part of."""
    return path == attribute or path.startswith(f"{attribute}.") or attribute.startswith(f"{path}.")
