"""The rows of one report, whole and by SKU, before any of them counts.

A report of a million rows does not fit into memory, one that breaks on the way must change nothing,
and Amazon does not wait while our own store is written to. So it is laid down first, in a temporary
database that SQLite removes when it is closed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final, Self

from affluent.domain.inventory import ReportRow
from affluent.domain.listing import MERCHANT_CHANNEL

_ON_DISK: Final = ""
_BATCH: Final = 10_000
_ROWS: Final = """
CREATE TABLE rows (
    sku TEXT PRIMARY KEY, asin TEXT, title TEXT, price TEXT, quantity INTEGER, channel TEXT,
    status TEXT, barcode TEXT, shipped_by_both INTEGER
) WITHOUT ROWID
"""
# Of two rows of one SKU, those of the two channels make one; else the later one counts.
_ADD: Final = f"""
INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0) ON CONFLICT (sku) DO UPDATE SET
    asin = excluded.asin,
    title = excluded.title,
    price = coalesce(nullif(excluded.price, ''), price),
    quantity = coalesce(excluded.quantity, quantity),
    shipped_by_both = shipped_by_both
        OR (channel = '{MERCHANT_CHANNEL}') <> (excluded.channel = '{MERCHANT_CHANNEL}'),
    channel = iif(excluded.channel = '{MERCHANT_CHANNEL}', channel, excluded.channel),
    status = iif(status = 'Active', status, excluded.status),
    barcode = coalesce(nullif(excluded.barcode, ''), barcode)
"""


class Spool:
    """One report's rows, one a SKU; to be closed."""

    def __init__(self) -> None:
        # A task runs in any thread, never in two at once.
        self._rows = sqlite3.connect(_ON_DISK, isolation_level=None, check_same_thread=False)
        self._rows.execute("PRAGMA journal_mode = OFF")
        self._rows.execute(_ROWS)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_failure: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the rows and of the file that they lie in."""
        self._rows.close()

    def fill(self, rows: Iterable[ReportRow]) -> Self:
        """Take every row of a report; what the rows raise goes through."""
        values = map(_values, rows)
        self._rows.execute("BEGIN")
        while batch := list(islice(values, _BATCH)):
            self._rows.executemany(_ADD, batch)
        self._rows.execute("COMMIT")
        return self

    def __len__(self) -> int:
        [count] = self._rows.execute("SELECT count(*) FROM rows").fetchone()
        return int(count)

    def pages(self, size: int) -> Iterator[list[ReportRow]]:
        """Every row, by SKU, so many at a time."""
        found = self._rows.execute("SELECT * FROM rows ORDER BY sku")
        while page := found.fetchmany(size):
            yield [ReportRow(*row) for row in page]

    def lacking(self, skus: Sequence[str]) -> list[str]:
        """Those of some SKUs that the report does not have, in their order."""
        marks = ", ".join("?" * len(skus))
        found = self._rows.execute(f"SELECT sku FROM rows WHERE sku IN ({marks})", skus)
        there = {sku for (sku,) in found}
        return [sku for sku in skus if sku not in there]


def _values(row: ReportRow) -> tuple[object, ...]:
    return (
        row.sku,
        row.asin,
        row.title,
        row.price,
        row.quantity,
        row.channel,
        row.status,
        row.barcode,
    )
