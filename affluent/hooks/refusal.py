"""A call that is turned away before anything is started."""

from __future__ import annotations


class CallRefused(Exception):
    """The call starts nothing. `status` is that of the HTTP answer, `reason` a short sentence."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason
