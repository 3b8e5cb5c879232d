"""Opening the store: what it accepts, and what it says where it does not."""

from pathlib import Path

import pytest
from sqlalchemy import literal, select, text
from sqlalchemy.exc import OperationalError

from affluent.domain.errors import ConfigurationError
from affluent.storage.engine import open_engine


def test_sqlite_waits_writes_ahead_and_checks_keys(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'new' / 'folder' / 'affluent.db'}")
    with engine.connect() as connection:
        answers = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    engine.dispose()

    assert answers == {
        "journal_mode": "wal",
        "synchronous": 1,
        "foreign_keys": 1,
        "busy_timeout": 30_000,
    }


@pytest.mark.parametrize("scheme", ["postgresql", "postgresql+psycopg"])
def test_postgresql_is_reached_through_psycopg_3(scheme: str) -> None:
    engine = open_engine(f"{scheme}://merchant:secret@db.example/affluent")

    assert engine.url.drivername == "postgresql+psycopg"
    assert "secret" not in repr(engine)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mysql+pymysql://root:secret@localhost/affluent", "cannot be kept in mysql"),
        ("root:secret@localhost", "cannot be read"),
        ("sqlite://", "in memory"),
        ("sqlite:///:memory:", "in memory"),
    ],
)
def test_another_database_is_refused_with_what_to_do(url: str, words: str) -> None:
    with pytest.raises(ConfigurationError, match=words) as refusal:
        open_engine(url)

    assert "sqlite:///path/to/file" in refusal.value.fix
    assert "secret" not in str(refusal.value)
    assert refusal.value.__cause__ is None


def test_an_error_repeats_no_values(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'affluent.db'}")
    with engine.connect() as connection, pytest.raises(OperationalError) as failure:
        connection.execute(text("INSERT INTO nowhere VALUES (:name)"), {"name": "Ada Lovelace"})
    engine.dispose()

    assert "Lovelace" not in str(failure.value)


def test_what_only_reads_waits_for_no_writer_though_it_begins_with_with(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'affluent.db'}")
    numbers = select(literal(1).label("number")).cte("numbers", recursive=True)
    counted = numbers.union(select(numbers.c.number + 1).where(numbers.c.number < 3))
    with engine.connect() as writer, engine.connect() as reader:
        writer.execute(text("CREATE TABLE kept (number INTEGER)"))

        read = reader.execute(select(counted.c.number)).scalars().all()

        assert str(select(counted)).startswith("WITH")
        assert sorted(read) == [1, 2, 3]
    engine.dispose()
