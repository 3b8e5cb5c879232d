"""How a long row of pages is walked through without waiting for more than it must."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Final, TypeVar

Page = TypeVar("Page")

#: About what a page of the catalog holds in objects.
_OBJECTS: Final = 50_000


def ahead(pages: Iterator[Page]) -> Iterator[Page]:
    """The pages, each asked for while the one before it is still being used. One more than is
    taken may have been read."""
    with ThreadPoolExecutor(1, "pages") as reader:
        coming = reader.submit(next, pages, None)
        while (page := coming.result()) is not None:
            coming = reader.submit(next, pages, None)
            yield page


@contextmanager
def few_collections() -> Iterator[None]:
    """Let Python look for circles of dead objects once a page, not once every 700 objects: a page
    has hardly any, and looking took a third of the time."""
    before = gc.get_threshold()
    gc.set_threshold(max(before[0], _OBJECTS), *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
