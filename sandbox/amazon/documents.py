"""Documents behind presigned links: uploaded feeds, processing reports and reports.

As with Amazon, the links carry their own permission, work for five minutes, and answer in the
storage service's XML when they are refused.
"""

from __future__ import annotations

import gzip
import secrets
from dataclasses import dataclass
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import Response

from sandbox.amazon.wire import NotFound
from sandbox.clock import SandboxClock

LINK_LIFETIME_SECONDS = 300


@dataclass
class Document:
    """A stored document; `content` is None until it has been uploaded."""

    document_id: str
    content_type: str
    content: bytes | None = None
    is_compressed: bool = False


@dataclass(frozen=True)
class _Link:
    document: Document
    method: str
    expires_at: float
    unpacks: bool


class DocumentStore:
    """Keeps the documents and serves the links to them."""

    def __init__(self, clock: SandboxClock) -> None:
        self._clock = clock
        self._documents: dict[str, Document] = {}
        self._links: dict[str, _Link] = {}

    def awaiting_upload(self, content_type: str) -> Document:
        """A new feed document that waits for its content."""
        return self._add(Document(f"amzn1.tortuga.4.na.{uuid4()}", content_type))

    def compressed(self, content_type: str, content: bytes) -> Document:
        """A new result document, stored gzipped."""
        document = Document(
            f"amzn1.spdoc.1.4.na.{uuid4()}", content_type, gzip.compress(content, 1), True
        )
        return self._add(document)

    def get(self, document_id: str) -> Document:
        """The document, or 404."""
        try:
            return self._documents[document_id]
        except KeyError:
            raise NotFound from None

    def upload_path(self, document: Document) -> str:
        """The path to PUT the content to."""
        return self._link(document, "PUT", unpacks=False)

    def download_path(self, document: Document, *, unpacks: bool) -> str:
        """The path to GET the content from; `unpacks` lets the client's HTTP layer gunzip it."""
        return self._link(document, "GET", unpacks=unpacks)

    def clear(self) -> None:
        """Forget all documents and links."""
        self._documents.clear()
        self._links.clear()

    async def serve(self, request: Request) -> Response:
        """PUT or GET /documents/{signature}."""
        link = self._links.get(request.path_params["signature"])
        if link is None or link.method != request.method:
            return _storage_error("SignatureDoesNotMatch")
        if link.expires_at <= self._clock.seconds():
            return _storage_error("AccessDenied", "Request has expired")
        if request.method == "PUT":
            return await _receive(link.document, request)
        return _send(link)

    def _add(self, document: Document) -> Document:
        self._documents[document.document_id] = document
        return document

    def _link(self, document: Document, method: str, *, unpacks: bool) -> str:
        signature = secrets.token_urlsafe(24)
        expires_at = self._clock.seconds() + LINK_LIFETIME_SECONDS
        self._links[signature] = _Link(document, method, expires_at, unpacks)
        return f"/documents/{signature}"


async def _receive(document: Document, request: Request) -> Response:
    if request.headers.get("content-type", "") != document.content_type:
        return _storage_error("SignatureDoesNotMatch")
    document.content = await request.body()
    return Response()


def _send(link: _Link) -> Response:
    document = link.document
    if document.content is None:
        return _storage_error("NoSuchKey", "The specified key does not exist.", 404)
    headers = {"content-type": document.content_type}
    if link.unpacks and document.is_compressed:
        headers["content-encoding"] = "gzip"
    return Response(document.content, headers=headers)


def _storage_error(code: str, message: str = "", status: int = 403) -> Response:
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f"<Error><Code>{code}</Code><Message>{message}</Message></Error>"
    )
    return Response(body, status_code=status, media_type="application/xml")
