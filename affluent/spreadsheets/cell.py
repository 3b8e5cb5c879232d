"""Cells that a spreadsheet would take for a formula, made harmless and taken back without loss."""

from __future__ import annotations

from typing import Final

#: What a formula begins with, in half and in full width; a tab or a line break may go before it.
_BEGINNINGS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_MARK: Final = "'"


def harmless(text: str) -> str:
    """The text as a cell that no spreadsheet executes: the mark of plain text goes before it."""
    return _MARK + text if text.startswith((*_BEGINNINGS, _MARK)) else text


def meant(cell: str) -> str:
    """The text that the cell stands for: `meant(harmless(text)) == text`."""
    rest = cell.removeprefix(_MARK)
    return rest if rest != cell and rest.startswith((*_BEGINNINGS, _MARK)) else cell
