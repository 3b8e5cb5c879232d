"""What must not be read in a log: the query of an address, which may hold signatures or names."""

from __future__ import annotations

import logging

import httpx

_HIDDEN = "…"


def redacted(url: httpx.URL) -> str:
    """The address without user, query and fragment."""
    bare = url.copy_with(username=None, password=None, query=None, fragment=None)
    return f"{bare}?{_HIDDEN}" if url.query else str(bare)


class RedactAddresses(logging.Filter):
    """Takes the queries out of the addresses that httpx logs."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep every record, with redacted addresses."""
        if isinstance(record.args, tuple):
            record.args = tuple(
                redacted(value) if isinstance(value, httpx.URL) else value for value in record.args
            )
        return True


def redact_httpx() -> None:
    """Redact what httpx itself logs; calling it again changes nothing."""
    log = logging.getLogger("httpx")
    if not any(isinstance(known, RedactAddresses) for known in log.filters):
        log.addFilter(RedactAddresses())
