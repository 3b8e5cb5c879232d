"""Which way is faster, single calls or a feed. Pure: the vendor's forecast says what each takes."""

from __future__ import annotations

from affluent.domain.forecast import Foretold
from affluent.domain.listing import SubmissionPath


def choose_path(wanted: SubmissionPath, foretold: Foretold) -> SubmissionPath:
    """The merchant's choice, or the path that is foretold to be faster."""
    if wanted is not SubmissionPath.AUTO:
        return wanted
    is_feed_faster = foretold.as_feed.seconds < foretold.singly.seconds
    return SubmissionPath.FEED if is_feed_faster else SubmissionPath.SINGLE
