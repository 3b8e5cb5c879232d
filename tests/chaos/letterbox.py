"""The queue of a campaign: what is received is hidden, and comes again unless it is removed."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from affluent.domain.notification import QueuedNotification
from connectors.amazon.order_changes import notification_from

_AT_ONCE: Final = 10
_HIDDEN_SECONDS: Final = 180.0
_PATIENCE_SECONDS: Final = 30.0

_RECEIVE: Final = """
    UPDATE messages SET hidden_until = :until WHERE id IN (
        SELECT id FROM messages WHERE hidden_until <= :now ORDER BY id LIMIT :count
    ) RETURNING id, body
"""


class Letterbox:
    """The port NotificationQueue on a file that all processes share; `speed` is its time's."""

    def __init__(self, file: Path, speed: float) -> None:
        self._file = file
        self._speed = speed

    def put(self, messages: Sequence[Mapping[str, Any]]) -> None:
        """Deliver messages, as Amazon would."""
        with self._opened() as box:
            rows = [(json.dumps(one),) for one in messages]
            box.executemany("INSERT INTO messages (body) VALUES (?)", rows)

    def receive(self, wait_seconds: int) -> list[QueuedNotification]:
        """The next few messages; it does not wait for any."""
        now = time.time()
        with self._opened() as box:
            until = now + _HIDDEN_SECONDS / self._speed
            rows = box.execute(_RECEIVE, {"now": now, "until": until, "count": _AT_ONCE}).fetchall()
        return [notification_from(str(number), str(number), body) for number, body in rows]

    def depth(self) -> int:
        """How many messages wait."""
        with self._opened() as box:
            return int(box.execute("SELECT count(*) FROM messages").fetchone()[0])

    def remove(self, messages: Sequence[QueuedNotification]) -> None:
        """Remove messages for good."""
        with self._opened() as box:
            box.executemany(
                "DELETE FROM messages WHERE id = ?", [(one.receipt,) for one in messages]
            )

    def _opened(self) -> sqlite3.Connection:
        box = sqlite3.connect(self._file, timeout=_PATIENCE_SECONDS)
        box.execute(
            "CREATE TABLE IF NOT EXISTS messages "
            "(id INTEGER PRIMARY KEY, body TEXT NOT NULL, hidden_until REAL NOT NULL DEFAULT 0)"
        )
        return box
