"""What the demo has done so far, on disk: a killed demo goes on where it was."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from affluent.cli.demo.sandbox_process import Sandbox


@dataclass
class Journal:
    """The steps that are done, with their reports, and what the story decided to do."""

    path: Path
    sandbox: Sandbox
    setting: dict[str, Any]
    decided: dict[str, Any] = field(default_factory=dict)
    reports: dict[str, dict[str, Any]] = field(default_factory=dict)
    seconds: float = 0.0

    def save(self) -> None:
        """Write it whole, or not at all."""
        values = asdict(self) | {"path": str(self.path)}
        temporary = self.path.with_suffix(".new")
        temporary.write_text(json.dumps(values), encoding="utf-8")
        temporary.replace(self.path)


def read_journal(path: Path, setting: dict[str, Any]) -> Journal | None:
    """The journal of an unfinished demo with the same setting whose sandbox still answers."""
    if not path.exists():
        return None
    values = json.loads(path.read_text(encoding="utf-8"))
    sandbox = Sandbox(**values.pop("sandbox"))
    if not sandbox.answers():
        return None
    if values["setting"] != setting:
        sandbox.stop()
        return None
    return Journal(**(values | {"path": path, "sandbox": sandbox}))
