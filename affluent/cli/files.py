"""Files that a command reads and writes, and what it says where it cannot."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from affluent.domain.errors import ConfigurationError
from affluent.spreadsheets.writing import ENCODING


def write_file(path: Path, content: bytes) -> None:
    """Write the file. Raises ConfigurationError where that is impossible."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise _unwritable(path, error) from error


@contextmanager
def written_file(path: Path) -> Iterator[IO[str]]:
    """A table's file, to be written row by row. Raises ConfigurationError as `write_file` does."""
    try:
        with path.open("w", encoding=ENCODING, newline="") as file:
            yield file
    except OSError as error:
        raise _unwritable(path, error) from error


def write_secret(path: Path, secret: str) -> None:
    """Write a new file that its owner alone can read. ConfigurationError where it exists."""
    try:
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise ConfigurationError(
            f"{path} cannot be made: {error.strerror}.", fix="Name a file that does not exist."
        ) from error
    with os.fdopen(number, "w", encoding="ascii") as file:
        file.write(f"{secret}\n")


def read_file(path: Path) -> bytes:
    """The file's content. Raises ConfigurationError where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigurationError(
            f"{path} cannot be read: {error.strerror}.", fix="Check the name of the file."
        ) from error


def _unwritable(path: Path, error: OSError) -> ConfigurationError:
    return ConfigurationError(
        f"{path} cannot be written: {error.strerror}.", fix="Name a file in a folder of yours."
    )
