"""Where token buckets are kept, so that every process draws from the same ones.

A bucket is one number: the moment at which it would be full again, in seconds of the wall clock.
Drawing moves that moment on. Nothing has to be given back: what was drawn by a process that died is
earned again like any other token.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class BucketState:
    """A bucket as it stands. One that nobody knows yet is full.

    `rate` is what experience says instead of the published rate, believed until `rate_until`.
    """

    full_at: float = 0.0
    rate: float | None = None
    rate_until: float = 0.0


class BucketStore(Protocol):
    """The buckets by name. Every call is one atomic step among all who share the store."""

    def look(self, bucket: str) -> BucketState:
        """The bucket as it stands, without waiting for anyone."""
        ...

    def draw(self, bucket: str, seconds: float, now: float, latest: float) -> float | None:
        """Move the moment at which the bucket is full on by `seconds`, counted from now at least.

        Answers the new moment; None, and nothing is changed, where it would be after `latest`.
        """
        ...

    def drain(self, bucket: str, full_at: float) -> None:
        """Let the bucket not be full before then."""
        ...

    def believe(
        self, bucket: str, rate: float, until: float, now: float, *, instead_of: float
    ) -> None:
        """Believe another rate until then; what the bucket lacks stays the same in tokens.

        `instead_of` is the published rate, which holds where no other is believed.
        """
        ...
