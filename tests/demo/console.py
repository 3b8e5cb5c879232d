"""Reads a document's console blocks and plays them in one shell, as its reader would."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_BLOCK: Final = re.compile(r"^```(console|yaml)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PROMPT: Final = "$ "
_LEFT_OUT: Final = "..."


@dataclass(frozen=True)
class Command:
    """A command and what the document shows of its output."""

    line: str
    shown: str


@dataclass(frozen=True)
class Settings:
    """A block that its reader writes to the end of affluent.yaml."""

    text: str


def steps_of(document: str) -> Iterator[Command | Settings]:
    """What a document asks its reader to do, in order."""
    for language, text in _BLOCK.findall(document):
        if language == "yaml":
            yield Settings(text)
        else:
            yield from _commands(text)


def _commands(block: str) -> Iterator[Command]:
    first, *commands = re.split(rf"^{re.escape(_PROMPT)}", block, flags=re.MULTILINE)
    if first:
        raise ValueError(f"A console block begins with a prompt, not with: {first}")
    for command in commands:
        line, _, shown = command.partition("\n")
        yield Command(line, shown)


def is_as_shown(printed: str, shown: str) -> bool:
    """Whether an output is what a document shows; `...` stands for anything, in and across lines.

    How wide the columns of a table are is not looked at.
    """
    parts = [re.escape(_squeezed(part)) for part in _squeezed(shown).split(_LEFT_OUT)]
    return (
        re.fullmatch(r"\s*" + ".*?".join(parts) + r"\s*", _squeezed(printed), re.DOTALL) is not None
    )


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(" ")


class Shell:
    """One bash for all commands, so that variables, folders and background jobs last."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._count = 0

    def run(self, line: str) -> tuple[str, int]:
        """What a command prints, on either stream, and its exit status."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._count += 1
        mark = f"--- end of command {self._count}, status "
        # No semicolon may follow a job in the background: the brace has a line of its own.
        self._process.stdin.write(f"{{ {line}\n}} < /dev/null\nprintf '\\n{mark}%d\\n' $?\n")
        self._process.stdin.flush()
        printed: list[str] = []
        for row in self._process.stdout:
            if row.startswith(mark):
                return "".join(printed), int(row.removeprefix(mark))
            printed.append(row)
        raise AssertionError(f"The shell ended in: {line}")


@contextmanager
def opened_shell(folder: Path, environment: Mapping[str, str]) -> Iterator[Shell]:
    """A shell in a folder, with the project's commands; its background jobs end with the block."""
    project = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    with subprocess.Popen(
        ["bash", "--norc", "--noprofile"],
        cwd=folder,
        env={**os.environ, "PATH": path, "PYTHONPATH": project, **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            yield Shell(process)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
