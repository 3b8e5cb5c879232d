"""Sealed orders on both databases: kept, counted, removed, and gone from the files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from secrets import token_hex
from typing import Any

import pytest
from sqlalchemy import Engine, text

from affluent.domain.order import TO_CREATE, OrderState
from affluent.domain.safekeeping import Holding, SealedOrder
from affluent.ports.storage import UnitsOfWork
from affluent.storage.buyers import SqlEraser
from affluent.storage.columns import POSTGRESQL
from tests.builders.catalog import ACCOUNT
from tests.builders.orders import recorded_order
from tests.fakes.clock import NOON

DAY = timedelta(days=1)


def test_kept_and_replaced_and_forgotten(units: UnitsOfWork) -> None:
    first, second = _sealed("1"), _sealed("2")
    newer = _sealed("1", content=b"newer")

    with units() as work:
        work.buyers.save([first, second])
        work.buyers.save([newer])
        work.commit()
    with units() as work:
        assert work.buyers.of(ACCOUNT, ["1", "2", "3"]) == {"1": newer, "2": second}
        assert work.buyers.of("another", ["1"]) == {}
        work.buyers.forget("another", ["1"])
        work.buyers.forget(ACCOUNT, ["2", "3"])
        assert work.buyers.of(ACCOUNT, ["1", "2"]) == {"1": newer}
        assert (work.buyers.forget_order("1"), work.buyers.forget_order("1")) == (1, 0)


def test_what_is_past_its_time_or_not_needed_is_purged(units: UnitsOfWork) -> None:
    states = {
        "waits": OrderState.WAITING,
        "old": OrderState.WAITING,
        "cancelled": OrderState.CANCELLED,
        "imported": OrderState.IMPORTED,
    }
    with units() as work:
        work.orders.save([recorded_order(one, state=state) for one, state in states.items()], NOON)
        work.buyers.save([_sealed(one) for one in (*states, "unknown")])
        work.buyers.save([_sealed("old", counted_from=NOON - 30 * DAY)])
        work.commit()

    with units() as work:
        due = (NOON - 30 * DAY, TO_CREATE)
        assert (work.buyers.count_overdue(*due), work.buyers.purge(*due)) == (4, 4)
        assert set(work.buyers.of(ACCOUNT, [*states, "unknown"])) == {"waits"}


def test_pages_of_what_another_key_sealed(units: UnitsOfWork) -> None:
    with units() as work:
        work.buyers.save([_sealed(one, account=account) for account in "ab" for one in "12"])
        work.buyers.save([_sealed("3", account="a", key_id="new")])
        pages = list(_pages(work.buyers.sealed_otherwise))

    assert pages == [["a1", "a2", "b1"], ["b2"]]


def test_what_was_touched_meanwhile_is_not_sealed_anew(units: UnitsOfWork) -> None:
    first, second = _sealed("1"), _sealed("2")
    newer = replace(second, content=b"newer")
    with units() as work:
        work.buyers.save([first, newer])

        pairs = [(one, replace(one, key_id="new", content=b"anew")) for one in (first, second)]

        assert work.buyers.reseal(pairs) == 1
        assert work.buyers.of(ACCOUNT, ["1", "2"]) == {"1": pairs[0][1], "2": newer}


def test_holdings_by_account_and_key(units: UnitsOfWork) -> None:
    with units() as work:
        work.orders.save([recorded_order("9"), recorded_order("8", store_order_id=None)], NOON)
        work.buyers.save(
            [
                _sealed("1", stored_at=NOON - DAY),
                _sealed("2", counted_from=NOON + DAY),
                _sealed("3", key_id="new"),
            ]
        )

        assert work.buyers.holdings() == [
            Holding(ACCOUNT, "new", 1, NOON, NOON, NOON),
            Holding(ACCOUNT, "old", 2, NOON - DAY, NOON, NOON + DAY),
        ]
        assert work.buyers.handed_over() == {ACCOUNT: 1}


@pytest.mark.parametrize("length", [100, 9000])
def test_after_a_purge_no_file_holds_the_bytes(
    engine: Engine, units: UnitsOfWork, length: int
) -> None:
    """As long as a page, and longer: SQLite puts the rest elsewhere, PostgreSQL into a table of
    its own."""
    content = token_hex(length // 2).encode()
    with units() as work:
        work.buyers.save([_sealed("1", content=content)])
        work.commit()
    _flush(engine)
    assert any(content[-40:] in file for file in _files(engine))

    with units() as work:
        assert work.buyers.purge(NOON, TO_CREATE) == 1
        work.commit()
    assert SqlEraser(engine).erase()
    _flush(engine)

    pieces = [content[:40], content[-40:]]
    assert not [piece for file in _files(engine) for piece in pieces if piece in file]


# PostgreSQL waits for who reads.
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_somebody_reads_is_not_erased_and_that_is_said(
    engine: Engine, units: UnitsOfWork
) -> None:
    with engine.connect() as reader:
        reader.execute(text("BEGIN"))
        reader.execute(text("SELECT * FROM buyers")).all()
        with units() as work:
            work.buyers.save([_sealed("1")])
            work.commit()

        assert not SqlEraser(engine).erase()
        reader.execute(text("ROLLBACK"))


def _sealed(order_id: str, **fields: Any) -> SealedOrder:
    values: dict[str, Any] = {
        "account": ACCOUNT,
        "key_id": "old",
        "content": b"\x00sealed\xff",
        "stored_at": NOON,
        "counted_from": NOON,
    }
    return SealedOrder(order_id=order_id, **{**values, **fields})


def _pages(read: Callable[[str, tuple[str, str], int], list[SealedOrder]]) -> Iterator[list[str]]:
    after = ("", "")
    while page := read("new", after, 3):
        yield [one.account + one.order_id for one in page]
        after = (page[-1].account, page[-1].order_id)


def _flush(engine: Engine) -> None:
    if engine.dialect.name == POSTGRESQL:
        with engine.connect() as connection:
            connection.execute(text("CHECKPOINT"))


def _files(engine: Engine) -> list[bytes]:
    """All files of the database: SQLite's with its -wal, PostgreSQL's folder of this database."""
    if engine.dialect.name != POSTGRESQL:
        file = Path(str(engine.url.database))
        return [one.read_bytes() for one in file.parent.glob(f"{file.name}*")]
    with engine.connect() as connection:
        folder = connection.execute(text("SHOW data_directory")).scalar_one()
        number = connection.execute(
            text("SELECT oid FROM pg_database WHERE datname = current_database()")
        ).scalar_one()
    return [one.read_bytes() for one in (Path(folder) / "base" / str(number)).iterdir()]
