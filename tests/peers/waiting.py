"""Waiting for what the sandbox does in its own time."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

Answer = TypeVar("Answer")
PATIENCE_SECONDS = 20.0


def wait_until(ask: Callable[[], Answer], is_good: Callable[[Answer], bool]) -> Answer:
    """The first good answer."""
    ends_at = time.monotonic() + PATIENCE_SECONDS
    while not is_good(answer := ask()):
        assert time.monotonic() < ends_at, answer
        time.sleep(0.1)
    return answer
