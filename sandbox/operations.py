"""Which operation of a vendor a request calls, by its method and path.

The names are the vendors' own operation ids; a request that is in no table (a document's upload,
a mistyped path) has none.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

OPERATIONS_FILE = Path(__file__).parent / "data" / "operations.txt"


class Operation(NamedTuple):
    """One line of the table: where an operation of a vendor is called."""

    path: re.Pattern[str]
    name: str


def operation_name(vendor: str, method: str, raw_path: str) -> str | None:
    """The operation called by a request, whose path is still percent-encoded."""
    for operation in _operations().get((vendor, method), ()):
        if operation.path.fullmatch(raw_path):
            return operation.name
    return None


@cache
def _operations() -> dict[tuple[str, str], list[Operation]]:
    table: dict[tuple[str, str], list[Operation]] = {}
    for line in OPERATIONS_FILE.read_text(encoding="utf-8").splitlines():
        vendor, method, template, name = line.split()
        pattern = re.sub(r"\{\w+\}", "[^/]+", template)
        table.setdefault((vendor, method), []).append(Operation(re.compile(pattern), name))
    for operations in table.values():
        operations.sort(key=lambda operation: operation.path.pattern.count("["))
    return table
