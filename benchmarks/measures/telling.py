"""How a benchmark tells what it found: a line at a time, at once."""

from __future__ import annotations

import sys


def say(line: str) -> None:
    """Print a line; whoever reads through a pipe has it without waiting."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
