"""One store's REST API: requests by BigCommerce's names, answers page by page.

V3 wraps everything in `data` and counts pages in `meta`; V2 answers bare lists and, past the last
page, 204 without a body.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final, Protocol, TypeVar

from affluent.domain.lane import Lane
from connectors.bigcommerce.fields import Record, child, text, whole
from connectors.http.exchange import Answer, Parameter, Request
from connectors.http.paging import follow
from connectors.http.transport import HttpClient

Query = Mapping[str, Parameter]

LARGEST_PAGE: Final = 250
_HEADERS: Final = {"accept": "application/json"}


class HasLastId(Protocol):
    """A page that names the largest id on it; None is the page after the last."""

    @property
    def last_id(self) -> int | None:
        """The largest id on the page."""
        ...


PageById = TypeVar("PageById", bound=HasLastId)


class StoreApi:
    """Requests below /stores/{store_hash}, all in one lane of the store's quota. Thread-safe.

    `writer` is the less patient client.
    """

    def __init__(self, reader: HttpClient, writer: HttpClient, lane: Lane = Lane.BULK) -> None:
        self._reader = reader
        self._writer = writer
        self._lane = lane

    def in_lane(self, lane: Lane) -> StoreApi:
        """The same store, asked in another lane."""
        return StoreApi(self._reader, self._writer, lane)

    def get(self, operation: str, path: str, query: Query | None = None) -> Answer:
        """One read, repeated by the transport where that helps."""
        return self._reader.send(self._request(operation, "GET", path, query=query or {}))

    def post_once(self, operation: str, path: str, body: Mapping[str, Any]) -> Answer:
        """One write that must not happen twice. Raises OutcomeUnknown where it may have."""
        return self._writer.send(self._request(operation, "POST", path, body=body))

    def put(self, operation: str, path: str, body: Mapping[str, Any]) -> Answer:
        """One write that is as good twice as once, repeated by the transport where that helps."""
        return self._reader.send(self._request(operation, "PUT", path, body=body, safe=True))

    def delete(self, operation: str, path: str) -> Answer:
        """One deletion, repeated likewise. Raises NotFound where there is nothing, or no longer."""
        return self._reader.send(self._request(operation, "DELETE", path, safe=True))

    def v3_pages(
        self, operation: str, path: str, query: Query, *, limit: int = LARGEST_PAGE
    ) -> Iterator[list[Record]]:
        """Every page of a V3 collection."""

        def fetch(page: int | None) -> tuple[list[Record], int | None]:
            number = page or 1
            answer = self.get(operation, path, {**query, "limit": limit, "page": number})
            return data_of(answer), number + 1 if _has_more(answer, number) else None

        return follow(self._reader.call(self._request(operation, "GET", path)), fetch)

    def v3_pages_by_id(
        self, operation: str, path: str, query: Query, read: Callable[[bytes], PageById]
    ) -> Iterator[PageById]:
        """Every page of a V3 collection, each asked for by the last id of the one before: a
        record that changes while pages are read moves no other record to a page read before.

        `read` understands a page's body; what it cannot is a MalformedAnswer."""

        def fetch(last_id: int | None) -> tuple[PageById, int | None]:
            cursor: Query = {} if last_id is None else {"id:greater": last_id}
            ordered: Query = {"sort": "id", "direction": "asc", "limit": LARGEST_PAGE}
            whole_query = {**query, **ordered, **cursor}
            request = self._request(operation, "GET", path, query=whole_query, parse=False)
            page = self._reader.send(request).read(read)
            return page, page.last_id

        return follow(self._reader.call(self._request(operation, "GET", path)), fetch)

    def v3_pages_by_cursor(self, operation: str, path: str, query: Query) -> Iterator[list[Record]]:
        """Every page of a V3 collection that has cursors, each asked for by the end of the one
        before. The cursor comes with the last page too, so an empty page is the end."""

        def fetch(after: str | None) -> tuple[list[Record], str | None]:
            place: Query = {} if after is None else {"after": after}
            answer = self.get(operation, path, {**query, "limit": LARGEST_PAGE, **place})
            page = data_of(answer)
            paging = child(child(answer.body, "meta"), "cursor_pagination")
            return page, text(paging, "end_cursor") or None if page else None

        return follow(self._reader.call(self._request(operation, "GET", path)), fetch)

    def v2_pages(self, operation: str, path: str, query: Query) -> Iterator[list[Record]]:
        """Every page of a V2 collection."""

        def fetch(page: int | None) -> tuple[list[Record], int | None]:
            number = page or 1
            rows = rows_of(
                self.get(operation, path, {**query, "limit": LARGEST_PAGE, "page": number})
            )
            return rows, number + 1 if len(rows) >= LARGEST_PAGE else None

        return follow(self._reader.call(self._request(operation, "GET", path)), fetch)

    def _request(
        self,
        operation: str,
        method: str,
        path: str,
        *,
        query: Query = MappingProxyType({}),
        body: Mapping[str, Any] | None = None,
        safe: bool = False,
        parse: bool = True,
    ) -> Request:
        return Request(
            operation,
            method,
            path,
            query=query,
            body=body,
            headers=_HEADERS,
            safe=safe,
            parse=parse,
            lane=self._lane,
        )


def data_of(answer: Answer) -> list[Record]:
    """The records of one V3 page."""
    return answer.read(lambda body: _objects(body["data"]))


def rows_of(answer: Answer) -> list[Record]:
    """The records of one V2 page; 204 has none."""
    return answer.read(lambda body: [] if body is None else _objects(body))


def _objects(rows: Any) -> list[Record]:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise TypeError("a list of objects")
    return rows


def _has_more(answer: Answer, page: int) -> bool:
    """By the page count where the answer has one, else until a page is empty."""
    pages = whole(child(child(answer.body, "meta"), "pagination"), "total_pages")
    return bool(data_of(answer)) if pages is None else page < pages
