"""Processes of a test: each in a group of its own, which ends with the test, whatever happens."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, TypeVar

PROJECT: Final = Path(__file__).resolve().parents[2]
PREFECT: Final = (sys.executable, "-m", "prefect", "--no-prompt")

_ENDS_WITHIN_SECONDS: Final = 10
_LOOKS_EVERY_SECONDS: Final = 0.5

Seen = TypeVar("Seen")


@contextmanager
def running(
    command: Sequence[str], log: Path, environment: Mapping[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """A command that runs as long as the block does; what it prints goes into the log."""
    with (
        log.open("wb") as output,
        subprocess.Popen(
            command,
            cwd=PROJECT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        ) as process,
    ):
        try:
            yield process
        finally:
            _end(process)


def run(command: Sequence[str], environment: Mapping[str, str]) -> str:
    """What a command prints; it must succeed."""
    ended = subprocess.run(
        command,
        cwd=PROJECT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout
    return ended.stdout


def eventually(look: Callable[[], Seen], within_seconds: float, what: str) -> Seen:
    """The first truth that looking yields."""
    until = time.monotonic() + within_seconds
    while not (seen := look()):
        assert time.monotonic() < until, f"{what} did not come within {within_seconds} seconds"
        time.sleep(_LOOKS_EVERY_SECONDS)
    return seen


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the whole group: first with a request, then without."""
    with suppress(ProcessLookupError, subprocess.TimeoutExpired):
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(_ENDS_WITHIN_SECONDS)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
