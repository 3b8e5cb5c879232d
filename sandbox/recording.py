"""Keeping exchanges: a short log of the last requests, and whole exchanges in a file.

Tokens and secrets are redacted before anything is kept.
"""

from __future__ import annotations

import gzip
import json
from collections import deque
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from sandbox.exchanges import Exchange, Header
from sandbox.operations import operation_name

REQUEST_LOG_LENGTH = 10_000

REDACTED = "REDACTED"
SECRET_HEADERS = {"x-amz-access-token", "x-auth-token", "authorization"}
SECRET_FIELDS = {"access_token", "client_secret", "refresh_token"}


class RequestLog:
    """The last 10,000 requests, without their bodies."""

    def __init__(self) -> None:
        self._rows: deque[dict[str, Any]] = deque(maxlen=REQUEST_LOG_LENGTH)

    def listen(self, exchange: Exchange) -> None:
        """Note an exchange; its times are those of the sandbox's clock."""
        self._rows.append(
            {
                "vendor": exchange.vendor,
                "method": exchange.method,
                "path": exchange.path,
                "query": exchange.query,
                "status": exchange.status,
                "operation": operation_name(exchange.vendor, exchange.method, exchange.path),
                "started_at": exchange.started_at.isoformat(),
                "ended_at": exchange.ended_at.isoformat() if exchange.ended_at else None,
            }
        )

    def rows(self) -> list[dict[str, Any]]:
        """The requests, oldest first."""
        return list(self._rows)

    def clear(self) -> None:
        """Forget every request."""
        self._rows.clear()


class ExchangeRecorder:
    """Writes whole exchanges to a file, one JSON object a line, flushed one by one."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8")

    def listen(self, exchange: Exchange) -> None:
        """Write an exchange; one whose answer broke off is left out."""
        if exchange.is_whole:
            self._file.write(json.dumps(_exchange_row(exchange), ensure_ascii=False) + "\n")
            self._file.flush()

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def _exchange_row(exchange: Exchange) -> dict[str, Any]:
    request_headers = _headers(exchange.request_headers)
    response_headers = _headers(exchange.response_headers)
    return {
        "vendor": exchange.vendor,
        "method": exchange.method,
        "path": exchange.path,
        "query": exchange.query,
        "request_headers": request_headers,
        "request_body": _body(bytes(exchange.request_body), request_headers),
        "status": exchange.status,
        "response_headers": response_headers,
        "response_body": _body(bytes(exchange.response_body), response_headers),
    }


def _headers(headers: list[Header]) -> dict[str, str]:
    decoded = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in headers}
    return {name: REDACTED if name in SECRET_HEADERS else decoded[name] for name in decoded}


def _body(body: bytes, headers: dict[str, str]) -> Any:
    """A body as parsed JSON, as text where it is none, or as None where there is none."""
    if not body:
        return None
    text = _decompressed(body).decode("utf-8", errors="replace")
    if headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        fields = parse_qsl(text, keep_blank_values=True)
        return urlencode([(name, _redacted(name, value)) for name, value in fields])
    try:
        content = json.loads(text)
    except ValueError:
        return text
    if isinstance(content, dict):
        return {name: _redacted(name, value) for name, value in content.items()}
    return content


def _decompressed(body: bytes) -> bytes:
    is_gzip = body.startswith(b"\x1f\x8b")
    return gzip.decompress(body) if is_gzip else body


def _redacted(name: str, value: Any) -> Any:
    return REDACTED if name in SECRET_FIELDS else value
