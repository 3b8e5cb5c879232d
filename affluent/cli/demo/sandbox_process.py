"""The demo's sandbox: a process of its own that outlives a killed demo, so that it can go on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from affluent.domain.errors import ConfigurationError
from connectors.sandbox_admin import SandboxAdmin

#: An abandoned sandbox ends itself after so many seconds without a request.
_IDLE_SECONDS: Final = 600


@dataclass(frozen=True, slots=True)
class Sandbox:
    """A running sandbox: its process id and the line that it printed when it was ready."""

    process_id: int
    ready: dict[str, Any]

    @property
    def admin(self) -> SandboxAdmin:
        """The hand on its admin port."""
        return SandboxAdmin(self.ready["admin"])

    def answers(self) -> bool:
        """Whether it is still there."""
        try:
            os.kill(self.process_id, 0)
            self.admin.summary()
        except Exception:  # noqa: BLE001  # whatever is wrong with it, it does not answer
            return False
        return True

    def stop(self) -> None:
        """End it."""
        os.kill(self.process_id, signal.SIGTERM)


def start_sandbox(
    *, catalog: Path | None, seed: int, speed: float, log: Path, record: Path | None
) -> Sandbox:
    """Start a sandbox on free ports; answers when it is ready."""
    options = {
        "--amazon-port": "0",
        "--bigcommerce-port": "0",
        "--admin-port": "0",
        "--seed": str(seed),
        "--speed": str(speed),
        "--idle-exit": str(_IDLE_SECONDS),
    }
    if catalog is not None:
        options["--catalog"] = str(catalog.resolve())
    if record is not None:
        options["--record"] = str(record.resolve())
    words = [word for pair in options.items() for word in pair]
    with log.open("ab") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "sandbox", *words],
            stdout=subprocess.PIPE,
            stderr=errors,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
    line = process.stdout.readline() if process.stdout else b""
    if not line:
        raise ConfigurationError(
            "The sandbox did not start.", why=f"It ended with {process.wait()}.", fix=f"See {log}."
        )
    return Sandbox(process.pid, json.loads(line))
