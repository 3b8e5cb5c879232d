"""How often Python looks for circles of dead objects, where many live ones are made at once."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

#: A good part of what a page of the catalog holds in objects. With 50,000 nothing is quicker, and
#: twice the memory is held.
_OBJECTS: Final = 20_000


@contextmanager
def few_collections() -> Iterator[None]:
    """Look once so many objects, not once every 700: values have hardly any circles, and looking
    took a third of the time. Also a decorator."""
    before = gc.get_threshold()
    gc.set_threshold(max(before[0], _OBJECTS), *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
