"""Telling a person how far a long step has come."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Takes figures; what is shown of them is its own affair."""

    def show(self, step: str, done: int, total: int | None = None) -> None:
        """So many of a step's units are done; `total` is None where it is not known."""
        ...


class NoProgress:
    """Shows nothing: runs on workers have their logs."""

    def show(self, step: str, done: int, total: int | None = None) -> None:
        """Takes the figures and keeps quiet."""
