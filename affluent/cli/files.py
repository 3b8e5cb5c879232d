"""Files that a command reads and writes, and what it says where it cannot."""

from __future__ import annotations

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
