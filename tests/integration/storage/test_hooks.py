"""What came through webhooks is remembered once for all, on both databases, and not for ever."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, text

from affluent.storage.engine import open_engine
from affluent.storage.hooks import SqlHookMemory

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
LONG_AGO = NOON - timedelta(days=3)


@pytest.fixture
def memory(engine: Engine) -> SqlHookMemory:
    return SqlHookMemory(engine)


def test_a_key_is_new_once(memory: SqlHookMemory) -> None:
    first = memory.remember({"a", "b"}, NOON, LONG_AGO)
    second = memory.remember({"b", "c"}, NOON, LONG_AGO)

    assert first == {"a", "b"}
    assert second == {"c"}
    assert memory.remember((), NOON, LONG_AGO) == frozenset()


def test_what_is_old_is_forgotten(engine: Engine, memory: SqlHookMemory) -> None:
    memory.remember({"old"}, LONG_AGO - timedelta(seconds=1), LONG_AGO - timedelta(days=1))
    memory.remember({"young"}, LONG_AGO, LONG_AGO)

    with engine.connect() as connection:
        kept = connection.execute(text("SELECT key FROM hook_calls")).scalars().all()

    assert kept == ["young"]


def test_of_many_receivers_one_is_told_that_a_key_is_new(database_url: str) -> None:
    engines = [open_engine(database_url) for _ in range(4)]
    keys = [f"key-{number}" for number in range(25)]

    def remember_all(engine: Engine) -> list[str]:
        memory = SqlHookMemory(engine)
        return [
            key
            for first, second in zip(keys, reversed(keys), strict=True)
            for key in memory.remember([first, second], NOON, LONG_AGO)
        ]

    with ThreadPoolExecutor(4) as pool:
        told = [key for new in pool.map(remember_all, engines) for key in new]
    for engine in engines:
        engine.dispose()

    assert sorted(told) == sorted(keys)
