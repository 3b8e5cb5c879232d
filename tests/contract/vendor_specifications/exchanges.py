"""What the judge is given and what it gives back: recorded exchanges and violations.

Knows no specification; how exchanges are recorded is the recorder's business.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Vendor = Literal["amazon", "bigcommerce"]


@dataclass(frozen=True)
class Exchange:
    """One request and its answer, as they went over the wire.

    `path` and `query` are raw, still percent-encoded. A JSON body is given parsed, any other
    body as text, no body as None.
    """

    vendor: Vendor
    method: str
    path: str
    query: str
    request_headers: Mapping[str, str]
    request_body: object | None
    status: int
    response_headers: Mapping[str, str]
    response_body: object | None


@dataclass(frozen=True)
class Violation:
    """One place where an exchange leaves the vendor's specification."""

    vendor: Vendor
    operation: str
    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.vendor} {self.operation}: {self.where}: {self.message}"


def read_exchanges(path: Path) -> Iterator[Exchange]:
    """Read exchanges from NDJSON, one to a line, with the names of the fields as keys."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield Exchange(**json.loads(line))
