"""How a long row of pages is walked through without waiting for more than it must."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Page = TypeVar("Page")


def ahead(pages: Iterator[Page]) -> Iterator[Page]:
    """The pages, each asked for while the one before it is still being used. One more than is
    taken may have been read."""
    with ThreadPoolExecutor(1, "pages") as reader:
        coming = reader.submit(next, pages, None)
        while (page := coming.result()) is not None:
            coming = reader.submit(next, pages, None)
            yield page
