"""A transport that notes when each request leaves and is answered, and counts what comes back."""

from __future__ import annotations

import time
from collections import Counter

import httpx


class CountingTransport(httpx.HTTPTransport):
    """The network, watched. `left_at` and `answered_at` are keyed by the path's end, the SKU."""

    def __init__(self) -> None:
        super().__init__()
        self.statuses: Counter[tuple[str, int]] = Counter()
        self.left_at: dict[str, float] = {}
        self.answered_at: dict[str, float] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """See httpx.BaseTransport."""
        name = request.url.path.rpartition("/")[2]
        self.left_at[name] = time.time()
        response = super().handle_request(request)
        self.answered_at[name] = time.time()
        self.statuses[request.method, response.status_code] += 1
        return response

    def count(self, method: str, status: int | None = None) -> int:
        """How many calls of a method were answered, or answered so."""
        return sum(
            number
            for (called, answered), number in self.statuses.items()
            if called == method and status in (None, answered)
        )
