"""Writing a table: comma-separated, UTF-8 with the mark by which spreadsheets know it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from affluent.spreadsheets.cell import harmless


def written_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The file of a table. Cells that look like formulas are made harmless."""
    text = io.StringIO(newline="")
    lines = csv.writer(text)
    lines.writerow(header)
    lines.writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")
