"""The token buckets that all workers share, on SQLite and PostgreSQL alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlalchemy import Double, Engine, TextClause, bindparam, text

from affluent.ports.buckets import BucketState
from affluent.storage.engine import for_single_statements


def _statement(words: str, *numbers: str) -> TextClause:
    return text(words).bindparams(*(bindparam(name, type_=Double) for name in numbers))


_LOOK: Final = text("SELECT full_at, rate, rate_until FROM buckets WHERE bucket = :bucket")

# The condition stands in the statement that draws, so that two workers never get the same token.
_DRAW: Final = _statement(
    """
    INSERT INTO buckets (bucket, full_at) VALUES (:bucket, :now + :seconds)
    ON CONFLICT (bucket) DO UPDATE SET full_at = :seconds +
        CASE WHEN buckets.full_at > :now THEN buckets.full_at ELSE :now END
    WHERE :seconds +
        CASE WHEN buckets.full_at > :now THEN buckets.full_at ELSE :now END <= :latest
    RETURNING full_at
    """,
    "now",
    "seconds",
    "latest",
)

_DRAIN: Final = _statement(
    """
    INSERT INTO buckets (bucket, full_at) VALUES (:bucket, :full_at)
    ON CONFLICT (bucket) DO UPDATE SET full_at = :full_at WHERE buckets.full_at < :full_at
    """,
    "full_at",
)

_BELIEVE: Final = _statement(
    """
    INSERT INTO buckets (bucket, full_at, rate, rate_until) VALUES (:bucket, :now, :rate, :until)
    ON CONFLICT (bucket) DO UPDATE SET rate = :rate, rate_until = :until, full_at = :now +
        CASE WHEN buckets.full_at > :now THEN buckets.full_at - :now ELSE 0 END *
        CASE WHEN buckets.rate_until > :now THEN buckets.rate ELSE :instead_of END / :rate
    """,
    "now",
    "rate",
    "until",
    "instead_of",
)


class SqlBuckets:
    """The BucketStore in our database; each step is a short transaction of its own."""

    def __init__(self, engine: Engine) -> None:
        self._engine = for_single_statements(engine)

    def look(self, bucket: str) -> BucketState:
        """The bucket as it stands; a reading, which no writer delays."""
        with self._engine.connect() as connection:
            row = connection.execute(_LOOK, {"bucket": bucket}).one_or_none()
        return BucketState(row.full_at, row.rate, row.rate_until or 0.0) if row else BucketState()

    def draw(self, bucket: str, seconds: float, now: float, latest: float) -> float | None:
        """Move the moment at which the bucket is full on; None where it would be after `latest`."""
        if now + seconds > latest:
            return None
        values = {"bucket": bucket, "seconds": seconds, "now": now, "latest": latest}
        with self._engine.begin() as connection:
            full_at: float | None = connection.execute(_DRAW, values).scalar_one_or_none()
        return full_at

    def drain(self, bucket: str, full_at: float) -> None:
        """Let the bucket not be full before then."""
        self._write(_DRAIN, {"bucket": bucket, "full_at": full_at})

    def believe(
        self, bucket: str, rate: float, until: float, now: float, *, instead_of: float
    ) -> None:
        """Believe another rate until then; what the bucket lacks stays the same in tokens."""
        values = {"bucket": bucket, "rate": rate, "until": until, "now": now}
        self._write(_BELIEVE, values | {"instead_of": instead_of})

    def _write(self, statement: TextClause, values: Mapping[str, object]) -> None:
        with self._engine.begin() as connection:
            connection.execute(statement, values)
