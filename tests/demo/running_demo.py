"""Runs `affluent demo` as a user does: a process, its stderr, its last line, and kill -9."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_PATIENCE_SECONDS = 400


@dataclass(frozen=True)
class Ended:
    """How a demo ended."""

    status: int
    figures: dict[str, Any]
    stderr: str


def run_demo(work: Path, *options: str) -> Ended:
    """Run a demo to its end."""
    process = subprocess.run(
        _command(work, options),
        capture_output=True,
        text=True,
        timeout=_PATIENCE_SECONDS,
        check=False,
    )
    lines = process.stdout.strip().splitlines()
    figures = json.loads(lines[-1]) if lines else {}
    return Ended(process.returncode, figures, process.stderr)


def kill_demo_in_step(work: Path, step: int, delay_seconds: float, *options: str) -> bool:
    """Start a demo and kill it (-9) so long after it began the step.

    Answers False where it had ended by then.
    """
    with _started(work, options) as process:
        for line in process.stderr or ():
            if line.startswith(f"step: {step}."):
                break
        time.sleep(delay_seconds)
        alive = process.poll() is None
        process.kill()
        return alive


def moments(seed: int) -> Iterator[float]:
    """Delays to kill after, in seconds."""
    random_numbers = random.Random(seed)
    while True:
        yield random_numbers.uniform(0.2, 4.0)


def end_sandbox_of(work: Path) -> None:
    """End the sandbox of a demo that did not get to its end."""
    journal = work / "journal.json"
    if journal.exists():
        process_id = json.loads(journal.read_text())["sandbox"]["process_id"]
        os.kill(process_id, signal.SIGTERM)


@contextmanager
def _started(work: Path, options: Sequence[str]) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        _command(work, options),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        # The demo's own helpers (Prefect's server) are in its group; the sandbox is not.
        _kill_group(process.pid)
        process.wait()
        if process.stderr:
            process.stderr.close()


def _kill_group(process_id: int) -> None:
    try:
        os.killpg(process_id, signal.SIGKILL)
    except ProcessLookupError:
        return


def _command(work: Path, options: Sequence[str]) -> list[str]:
    main = "from affluent.cli.app import main; main()"
    return [sys.executable, "-c", main, "demo", "--work", str(work), "--json", *options]
