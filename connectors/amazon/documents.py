"""The documents of feeds and reports: bytes behind an address that is good for five minutes."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from typing import Final

from connectors.http.exchange import Request, malformed
from connectors.http.transport import HttpClient, Stream

_GZIP_MAGIC: Final = b"\x1f\x8b"
_LARGEST_CHUNK: Final = 256 * 1024
_GZIP_WINDOW: Final = 16 + zlib.MAX_WBITS


class Documents:
    """Uploads and downloads, without any login: the address itself is the permission."""

    def __init__(self, client: HttpClient) -> None:
        self._client = client

    def upload(self, url: str, content: bytes, content_type: str) -> None:
        """Fill a document; the content type must be the one it was created with."""
        self._client.send(
            Request(
                "uploadDocument",
                "PUT",
                url,
                content=content,
                headers={"content-type": content_type},
                safe=True,
                parse=False,
            )
        )

    @contextmanager
    def download(self, url: str) -> Iterator[Stream]:
        """A document as it comes, unpacked; its chunks are read inside the with block."""
        with self._client.stream(Request("downloadDocument", "GET", url)) as stream:
            yield Stream(stream.call, stream.headers, _unpacked(stream))


def _unpacked(stream: Stream) -> Iterator[bytes]:
    """The chunks, unpacked where they are gzip.

    Told by the first bytes and not by compressionAlgorithm: a download that is also marked as
    gzip in its Content-Encoding has been unpacked once already.
    """
    chunks = iter(stream.chunks)
    head = b""
    while len(head) < len(_GZIP_MAGIC) and (chunk := next(chunks, None)) is not None:
        head += chunk
    whole = chain([head], chunks)
    try:
        yield from _gunzip(whole) if head.startswith(_GZIP_MAGIC) else whole
    except (zlib.error, EOFError) as error:
        raise malformed(stream.call, 200, "", error) from error


def _gunzip(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Never more than so much at a time: a few packed bytes may stand for very many."""
    unpacker = zlib.decompressobj(_GZIP_WINDOW)
    for chunk in chunks:
        packed = chunk
        while packed:
            if unpacker.eof:
                unpacker = zlib.decompressobj(_GZIP_WINDOW)
            yield unpacker.decompress(packed, _LARGEST_CHUNK)
            packed = unpacker.unconsumed_tail or unpacker.unused_data
    if not unpacker.eof:
        raise EOFError("the document ends in the middle")
