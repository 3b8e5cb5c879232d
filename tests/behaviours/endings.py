"""What endings look like on Amazon, and how the day after them comes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest

from connectors.http.clock import VendorClock
from tests.behaviours.merchant import Merchant

#: So long Amazon lets a deleted SKU rest.
DAY: Final = timedelta(hours=24)
_WRITES: Final = ("PUT", "PATCH", "DELETE")


def written(merchant: Merchant) -> list[str]:
    """Every call that would have changed a listing on Amazon."""
    return [
        f"{one['method']} {one['path'].rpartition('/')[2]}"
        for one in merchant.admin.requests()
        if one["vendor"] == "amazon" and one["method"] in _WRITES and "/listings/" in one["path"]
    ]


@contextmanager
def later(merchant: Merchant, by: timedelta) -> Iterator[None]:
    """A time at which so much has passed for us, as it has for Amazon from now on."""
    merchant.admin.pass_time(by.total_seconds())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(VendorClock, "now", lambda _clock: datetime.now(UTC) + by)
        yield
