"""One text for one content: what is hashed and signed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from datetime import date
from typing import Any

from affluent.domain.day_report import FORMAT, DayReport


def canonical(content: object) -> str:
    """The content as JSON with sorted keys, no spaces and nothing but ASCII."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False, default=_day)


def body_of(report: DayReport) -> str:
    """A report's canonical text."""
    return canonical({"format": FORMAT, **asdict(report)})


def hash_of(body: str) -> str:
    """SHA-256 of a canonical text, in hexadecimal."""
    return hashlib.sha256(body.encode()).hexdigest()


def _day(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no canonical form")
