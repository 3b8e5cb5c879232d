"""Pages read ahead: in order, one at a time, and with every error in its place."""

import gc
import threading
from collections.abc import Iterator

import pytest

from affluent.catalog.pages import ahead, few_collections


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
    reading.close()  # type: ignore[attr-defined]  # a generator is what it is


def test_an_error_comes_after_the_pages_before_it() -> None:
    def pages() -> Iterator[int]:
        yield 1
        yield 2
        raise TimeoutError("page 3")

    taken: list[int] = []
    with pytest.raises(TimeoutError, match="page 3"):
        taken.extend(ahead(pages()))
    with pytest.raises(TimeoutError, match="page 3"):
        for page in ahead(pages()):
            taken.append(page)
    assert taken[-2:] == [1, 2]


def test_collections_are_as_frequent_again_afterwards_as_before() -> None:
    before = gc.get_threshold()
    with pytest.raises(ValueError, match="stopped"), few_collections():
        assert gc.get_threshold()[0] > before[0]
        raise ValueError("stopped")
    assert gc.get_threshold() == before
