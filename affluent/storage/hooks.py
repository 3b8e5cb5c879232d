"""What has come through webhooks, remembered for all receivers, on SQLite and PostgreSQL alike."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlalchemy import Engine, bindparam, text

from affluent.storage.columns import UtcTime

_FORGET: Final = text("DELETE FROM hook_calls WHERE seen_at < :before").bindparams(
    bindparam("before", type_=UtcTime)
)
_REMEMBER: Final = text(
    "INSERT INTO hook_calls (key, seen_at) VALUES (:key, :at) "
    "ON CONFLICT (key) DO NOTHING RETURNING key"
).bindparams(bindparam("at", type_=UtcTime))


class SqlHookMemory:
    """The HookMemory in our database; each step is a short transaction of its own."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def remember(
        self, keys: Collection[str], at: datetime, forget_before: datetime
    ) -> frozenset[str]:
        """Keep the keys and answer the new ones, in an order in which nobody waits crosswise."""
        with self._engine.begin() as connection:
            connection.execute(_FORGET, {"before": forget_before})
            answers = [
                connection.execute(_REMEMBER, {"key": key, "at": at}).scalar_one_or_none()
                for key in sorted(keys)
            ]
        return frozenset(key for key in answers if key is not None)
