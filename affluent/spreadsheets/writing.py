"""Writing a table: comma-separated, UTF-8 with the mark by which spreadsheets know it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import IO, Final

from affluent.spreadsheets.cell import harmless

ENCODING: Final = "utf-8-sig"


def written_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The file of a table. Cells that look like formulas are made harmless."""
    text = io.StringIO(newline="")
    write_table(text, header, rows)
    return text.getvalue().encode(ENCODING)


def write_table(file: IO[str], header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """The same, row by row, to a file that is open in ENCODING without translating line ends."""
    lines = csv.writer(file)
    lines.writerow(header)
    lines.writerows([harmless(cell) for cell in row] for row in rows)
