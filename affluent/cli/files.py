"""Files that a command reads and writes, and what it says where it cannot."""

from __future__ import annotations

from pathlib import Path

from affluent.domain.errors import ConfigurationError


def write_file(path: Path, content: bytes) -> None:
    """Write the file. Raises ConfigurationError where that is impossible."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise ConfigurationError(
            f"{path} cannot be written: {error.strerror}.", fix="Name a file in a folder of yours."
        ) from error


def read_file(path: Path) -> bytes:
    """The file's content. Raises ConfigurationError where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigurationError(
            f"{path} cannot be read: {error.strerror}.", fix="Check the name of the file."
        ) from error
