"""Pages read ahead: in order, one at a time, and with every error in its place."""

import threading
from collections.abc import Iterator

import pytest

from affluent.catalog.pages import ahead


def test_the_pages_come_in_order_and_all_of_them() -> None:
    assert list(ahead(iter([[1], [], [2, 3]]))) == [[1], [], [2, 3]]
    assert list(ahead(iter([]))) == []


def test_the_next_page_is_read_while_one_is_used_and_no_other() -> None:
    second, third = threading.Event(), threading.Event()

    def pages() -> Iterator[str]:
        yield "first"
        second.set()
        yield "second"
        third.set()
        yield "third"

    reading = ahead(pages())
    assert next(reading) == "first"
    assert second.wait(timeout=10)
    assert not third.is_set()
    assert list(reading) == ["second", "third"]


def test_an_error_comes_after_the_pages_before_it() -> None:
    def pages() -> Iterator[int]:
        yield 1
        yield 2
        raise TimeoutError("page 3")

    reading = ahead(pages())
    assert [next(reading), next(reading)] == [1, 2]
    with pytest.raises(TimeoutError, match="page 3"):
        next(reading)
