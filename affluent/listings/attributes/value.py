"""A value on its way from the store to an attribute, and what was done to it."""

from __future__ import annotations

from dataclasses import dataclass, replace


class CannotFill(Exception):
    """A rule that cannot be followed for a product: what, why and how to mend it; and the value."""

    def __init__(self, problem: str, value: str = "") -> None:
        self.value = value
        super().__init__(problem)


@dataclass(frozen=True, slots=True)
class Value:
    """One value. `source` says where it stood, `raw` what stood there, `unit` the store's unit."""

    text: str
    source: str
    raw: str
    unit: str = ""
    steps: tuple[str, ...] = ()

    def become(self, text: str, step: str) -> Value:
        """The value after a step; one that changed nothing is not told."""
        if text == self.text:
            return self
        return replace(self, text=text, steps=(*self.steps, step))
