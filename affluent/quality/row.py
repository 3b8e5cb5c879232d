"""A row of a batch: its columns by name, None where a rule does not apply."""

from __future__ import annotations

from typing import Any

Row = dict[str, Any]
