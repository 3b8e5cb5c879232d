"""Where each value that was sent came from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where one value of a listing came from.

    `path` is the attribute, or a part of one ("item_dimensions.height"). `source` is what its rule
    names ("custom_field Material", "stock"), `raw` what stood there (its beginning, if it is long),
    `steps` what was done to it, in words. `profile` made it so, and `version` is a fingerprint of
    all that the profile says; both are empty where no profile did. `override` is what was given for
    this SKU alone and went before the profile.
    """

    path: str
    source: str
    raw: str
    steps: tuple[str, ...] = ()
    profile: str = ""
    version: str = ""
    override: str = ""

    @property
    def attribute(self) -> str:
        """The attribute, whatever part of it the path leads to."""
        return self.path.partition(".")[0]

    def is_about(self, path: str) -> bool:
        """Whether it tells of this attribute, of a part of it, or of what it is a part of."""
        own, asked = f"{self.path}.", f"{path}."
        return own.startswith(asked) or asked.startswith(own)

    def in_words(self) -> str:
        """The source, by which profile, and what was done."""
        made_by = f" ({self.profile} {self.version})" if self.profile else ""
        return ": ".join(filter(None, [f"{self.source}{made_by}", ", ".join(self.steps)]))
