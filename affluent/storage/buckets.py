"""The token buckets that all workers share."""

from __future__ import annotations

from sqlalchemy import Double, Engine, bindparam, text

# A bucket is one number: when it is full again. Each row of a bucket is locked by the statement
# itself, so that two workers never draw the same token.
_RESERVE = text(
    """
    INSERT INTO buckets (bucket, full_at) VALUES (:bucket, :now + :cost)
    ON CONFLICT (bucket) DO UPDATE SET full_at = :cost +
        CASE WHEN buckets.full_at > :now THEN buckets.full_at ELSE :now END
    RETURNING full_at
    """
).bindparams(bindparam("now", type_=Double), bindparam("cost", type_=Double))


class SqlBuckets:
    """Buckets in the store; each reservation is a short transaction of its own."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def reserve(
        self, bucket: str, interval_seconds: float, burst: int, count: int, now: float
    ) -> float:
        """Take `count` tokens and answer how many seconds to wait before using them.

        A token is earned every `interval_seconds`; at most `burst` are saved up. `now` is the
        wall clock in seconds. An unknown bucket is full. Never negative.
        """
        values = {"bucket": bucket, "now": now, "cost": count * interval_seconds}
        with self._engine.begin() as connection:
            full_at: float = connection.execute(_RESERVE, values).scalar_one()
        return max(full_at - burst * interval_seconds - now, 0.0)
