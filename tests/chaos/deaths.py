"""Killing a worker (-9) around the statements and the commits of the ledger.

The product is not told: SQLAlchemy shows each statement to whoever listens. What a statement is
for, its text says.
"""

from __future__ import annotations

import os
import random
import re
import signal
from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

#: By what the text of a statement holds; the first that fits.
_PURPOSES: Final = (
    ("claim", re.compile(r"UPDATE effects .*effects\.state = ", re.DOTALL)),
    ("resolve", re.compile(r"UPDATE effects ")),
    ("ledger record", re.compile(r"INSERT INTO effects ")),
    ("order", re.compile(r"(INSERT INTO|UPDATE) orders ")),
    ("stock", re.compile(r"UPDATE variants ")),
    ("cursor", re.compile(r"INSERT INTO cursors ")),
    ("notification", re.compile(r"INSERT INTO notifications ")),
)


class Deaths:
    """The points at which a worker may die. `note` is told the point before it does."""

    def __init__(self, chance: float, seed: str, note: Callable[[str], None]) -> None:
        self._chance = chance
        self._random = random.Random(seed)
        self._note = note
        self._purposes: dict[str, None] = {}

    def watch(self, engine: Engine) -> None:
        """Die by chance at any point of this database from now on."""
        event.listen(engine, "before_cursor_execute", self._before)
        event.listen(engine, "after_cursor_execute", self._after)
        event.listen(engine, "commit", self._before_commit)
        event.listen(Session, "after_commit", self._after_commit)

    def _before(self, _connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if purpose := purpose_of(statement):
            self._pass(f"before {purpose}")

    def _after(self, _connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if purpose := purpose_of(statement):
            self._purposes[purpose] = None
            self._pass(f"after {purpose}, before its commit")

    def _before_commit(self, _connection: Any) -> None:
        for purpose in self._purposes:
            self._pass(f"at the commit of {purpose}")

    def _after_commit(self, _session: Any) -> None:
        purposes, self._purposes = self._purposes, {}
        for purpose in purposes:
            self._pass(f"after the commit of {purpose}")

    def _pass(self, point: str) -> None:
        if self._random.random() < self._chance:
            self._note(point)
            os.kill(os.getpid(), signal.SIGKILL)


def purpose_of(statement: str) -> str | None:
    """What a statement is for, where that is of the ledger's concern."""
    return next((name for name, text in _PURPOSES if text.search(statement)), None)
