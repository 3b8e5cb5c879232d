"""Which way is faster: single calls or a feed. A pure forecast on Amazon's published limits."""

from __future__ import annotations

from typing import Final

from affluent.domain.listing import SubmissionPath

#: putListingsItem and patchListingsItem, calls per second and account.
SINGLE_CALLS_PER_SECOND: Final = 5.0
#: What a feed takes before its first and for each further message, as Amazon's pages describe.
FEED_FIRST_SECONDS: Final = 300.0
FEED_SECONDS_PER_MESSAGE: Final = 0.06


def foretold_seconds(path: SubmissionPath, count: int) -> float:
    """How long so many items take on this path at the published limits."""
    if path is SubmissionPath.SINGLE:
        return count / SINGLE_CALLS_PER_SECOND
    return FEED_FIRST_SECONDS + count * FEED_SECONDS_PER_MESSAGE


def choose_path(wanted: SubmissionPath, count: int) -> SubmissionPath:
    """The merchant's choice, or the path that is foretold to be faster."""
    if wanted is not SubmissionPath.AUTO:
        return wanted
    return min(
        (SubmissionPath.SINGLE, SubmissionPath.FEED),
        key=lambda path: foretold_seconds(path, count),
    )
