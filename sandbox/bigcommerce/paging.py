"""Where a page stands: V3 pages by number, V3 pages by cursor, V2 pages."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from sandbox.bigcommerce.refusals import V2Refusal, V3Refusal

Row = TypeVar("Row")

DEFAULT_LIMIT = 50
MAXIMUM_LIMIT = 250


@dataclass(frozen=True)
class PageRequest:
    """The page and limit that a query asks for, the limit already cut to what is allowed."""

    page: int
    limit: int
    query: QueryParams

    def cut(self, rows: Sequence[Row]) -> Sequence[Row]:
        """The rows of this page."""
        start = (self.page - 1) * self.limit
        return rows[start : start + self.limit]

    def meta(self, total: int, count: int) -> dict[str, Any]:
        """V3's `meta` for this page; the links keep the query's filters."""
        total_pages = -(-total // self.limit)
        links = {"current": self._link(self.page)}
        if self.page > 1:
            links["previous"] = self._link(self.page - 1)
        if self.page < total_pages:
            links["next"] = self._link(self.page + 1)
        return {
            "pagination": {
                "total": total,
                "count": count,
                "per_page": self.limit,
                "current_page": self.page,
                "total_pages": total_pages,
                "links": links,
            }
        }

    def _link(self, page: int) -> str:
        kept = [(k, v) for k, v in self.query.multi_items() if k not in ("page", "limit")]
        return "?" + urlencode([*kept, ("page", str(page)), ("limit", str(self.limit))])


def v3_page_request(
    query: QueryParams, *, default: int = DEFAULT_LIMIT, maximum: int = MAXIMUM_LIMIT
) -> PageRequest:
    """The page of a V3 query; a limit over the maximum gives the maximum.

    Raises:
        V3Refusal: page or limit is no positive whole number.
    """
    page = _positive(query, "page", 1)
    limit = _positive(query, "limit", default)
    return PageRequest(page, min(limit, maximum), query)


def v2_page_request(query: QueryParams) -> PageRequest:
    """The page of a V2 query.

    Raises:
        V2Refusal: 413 over the maximum limit, 400 for what is no positive whole number.
    """
    try:
        page, limit = _positive(query, "page", 1), _positive(query, "limit", DEFAULT_LIMIT)
    except V3Refusal as refusal:
        raise V2Refusal(400, str(refusal)) from refusal
    if limit > MAXIMUM_LIMIT:
        raise V2Refusal(
            413,
            "The specified limit exceeds the maximum allowed.",
            {"max_limit": MAXIMUM_LIMIT},
        )
    return PageRequest(page, limit, query)


def cursor_page(
    rows: Sequence[Row], query: QueryParams, place: Callable[[Row], int]
) -> tuple[list[Row], dict[str, Any]]:
    """A page of rows sorted by `place`, found by `after`, `before` or number, and its meta.

    Both kinds of pagination stand in the meta; `end_cursor` goes into the next `after`, and comes
    also when nothing follows.
    """
    asked = v3_page_request(query)
    rest, page = rows, list(asked.cut(rows))
    more = asked.page * asked.limit < len(rows)
    if "after" in query:
        start = _cursor_place(query["after"])
        rest = [row for row in rows if place(row) > start]
        page, more = rest[: asked.limit], len(rest) > asked.limit
    elif "before" in query:
        end = _cursor_place(query["before"])
        rest = [row for row in rows if place(row) < end]
        page, more = rest[-asked.limit :], bool(rest)
    meta = asked.meta(len(rows), len(page))
    meta["cursor_pagination"] = _cursor_meta([place(row) for row in page], asked.limit, more)
    return page, meta


def _cursor_meta(places: list[int], limit: int, more: bool) -> dict[str, Any]:
    meta: dict[str, Any] = {"count": len(places), "per_page": limit, "links": {}}
    if places:
        meta["start_cursor"] = _cursor(places[0])
        meta["end_cursor"] = _cursor(places[-1])
        if more:
            meta["links"]["next"] = f"?limit={limit}&after={meta['end_cursor']}"
    return meta


def _cursor(place: int) -> str:
    return base64.b64encode(str(place).encode()).decode()


def _cursor_place(cursor: str) -> int:
    try:
        return int(base64.b64decode(cursor, validate=True))
    except (binascii.Error, ValueError) as error:
        raise V3Refusal(422, "The cursor is not valid.", {}) from error


def _positive(query: QueryParams, name: str, default: int) -> int:
    text = query.get(name, str(default))
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise V3Refusal(422, f'Query parameter "{name}" value must be a positive integer.', {})
    return int(text)
