"""Reading a table of text cells, whichever encoding and separator it was written with."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from affluent.domain.errors import ConfigurationError
from affluent.spreadsheets.cell import meant
from affluent.spreadsheets.encoding import decoded

_SEPARATORS: Final = (",", ";", "\t", "|")
_SAMPLE: Final = 50
#: The first line by which a spreadsheet tells the separator.
_TOLD: Final = "sep="


@dataclass(frozen=True, slots=True)
class Line:
    """A row of cells, with the number of the line in the file where it begins."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """The rows of a file that hold anything, and how it was written."""

    encoding: str
    separator: str
    lines: tuple[Line, ...]


def read_sheet(content: bytes, recognises: Callable[[str], bool], width: int) -> Sheet:
    """The file's rows. White space around a cell is not part of it.

    `recognises` tells the names of columns, and `width` how many columns there are without a line
    of names: both help to tell the separator. Raises ConfigurationError where the file is no such
    table.
    """
    text, encoding = decoded(content)
    first, _, rest = text.partition("\n")
    separator = first.strip().removeprefix(_TOLD)
    if first.startswith(_TOLD) and separator in _SEPARATORS:
        return Sheet(encoding, separator, tuple(_lines(rest, separator, begin=2)))
    separator = max(_SEPARATORS, key=lambda one: _likelihood(text, one, recognises, width))
    return Sheet(encoding, separator, tuple(_lines(text, separator)))


def _likelihood(
    text: str, separator: str, recognises: Callable[[str], bool], width: int
) -> tuple[int, float, bool, bool]:
    """How well a separator explains the beginning of the file, the greater the better."""
    try:
        sample = list(islice(_lines(text, separator), _SAMPLE))
    except ConfigurationError:
        return 0, 0.0, False, False
    if not sample:
        return 0, 0.0, False, False
    columns = len(sample[0].cells)
    named = sum(map(recognises, sample[0].cells))
    alike = sum(len(line.cells) == columns for line in sample) / len(sample)
    return named, alike if columns > 1 else 0.0, columns == width, columns > 1


def _lines(text: str, separator: str, begin: int = 1) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = begin
    try:
        for cells in reader:
            read = tuple(meant(cell.strip()) for cell in cells)
            if any(read):
                yield Line(number, read)
            number = begin + reader.line_num
    except csv.Error as error:
        raise ConfigurationError(
            f"Line {number} of the file cannot be read: {error}.",
            why="A quoted cell does not end where it should.",
            fix="Close its quotes, and write quotes within it twice.",
        ) from None
