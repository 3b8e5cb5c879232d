"""What is kept of an exchange: the request log's rows and the recorded file, without secrets."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sandbox.exchanges import Exchange
from sandbox.recording import REQUEST_LOG_LENGTH, ExchangeRecorder, RequestLog

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def exchange(**changes: Any) -> Exchange:
    made = Exchange(
        vendor="amazon",
        method="GET",
        path="/orders/2026-01-01/orders",
        query="createdAfter=2026-01-01T00%3A00%3A00Z",
        request_headers=[(b"x-amz-access-token", b"Atza|secret"), (b"accept", b"*/*")],
        started_at=NOON,
        status=200,
        response_headers=[(b"content-type", b"application/json")],
        response_body=bytearray(b'{"orders": []}'),
        is_whole=True,
        ended_at=NOON,
    )
    for name, value in changes.items():
        setattr(made, name, value)
    return made


def recorded(path: Path, *exchanges: Exchange) -> list[dict[str, Any]]:
    recorder = ExchangeRecorder(path)
    for each in exchanges:
        recorder.listen(each)
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    recorder.close()
    return rows


def test_a_whole_exchange_is_recorded_at_once_and_without_its_token(tmp_path: Path) -> None:
    [row] = recorded(tmp_path / "exchanges.ndjson", exchange())

    assert row == {
        "vendor": "amazon",
        "method": "GET",
        "path": "/orders/2026-01-01/orders",
        "query": "createdAfter=2026-01-01T00%3A00%3A00Z",
        "request_headers": {"x-amz-access-token": "REDACTED", "accept": "*/*"},
        "request_body": None,
        "status": 200,
        "response_headers": {"content-type": "application/json"},
        "response_body": {"orders": []},
    }


def test_the_secrets_of_a_login_are_redacted_in_form_and_json(tmp_path: Path) -> None:
    login = exchange(
        method="POST",
        path="/auth/o2/token",
        request_headers=[(b"Content-Type", b"application/x-www-form-urlencoded")],
        request_body=bytearray(b"grant_type=refresh_token&refresh_token=Atzr%7Cx&client_secret=s"),
        response_body=bytearray(b'{"access_token": "Atza|x", "expires_in": 3600}'),
    )

    [row] = recorded(tmp_path / "exchanges.ndjson", login)

    expected = "grant_type=refresh_token&refresh_token=REDACTED&client_secret=REDACTED"
    assert row["request_body"] == expected
    assert row["response_body"] == {"access_token": "REDACTED", "expires_in": 3600}


def test_text_and_compressed_bodies_are_readable_and_broken_answers_left_out(
    tmp_path: Path,
) -> None:
    report = exchange(response_body=bytearray(gzip.compress(b"sku\tprice\nA\t1")))
    broken = exchange(is_whole=False, status=None)

    rows = recorded(tmp_path / "exchanges.ndjson", broken, report)

    assert [row["response_body"] for row in rows] == ["sku\tprice\nA\t1"]


def test_the_request_log_names_operations_and_keeps_the_last_ten_thousand() -> None:
    log = RequestLog()
    for number in range(REQUEST_LOG_LENGTH + 5):
        log.listen(exchange(status=number))

    rows = log.rows()

    assert len(rows) == 10_000
    assert rows[-1] == {
        "vendor": "amazon",
        "method": "GET",
        "path": "/orders/2026-01-01/orders",
        "query": "createdAfter=2026-01-01T00%3A00%3A00Z",
        "status": 10_004,
        "operation": "searchOrders",
        "started_at": "2026-11-24T12:00:00+00:00",
        "ended_at": "2026-11-24T12:00:00+00:00",
    }
