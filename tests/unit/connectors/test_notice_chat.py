"""Any channel that apprise knows takes a notice, and its address is shown nowhere."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest

from affluent.domain.errors import ConfigurationError, Retryable
from affluent.ports.notices import Message
from connectors.notices.chat import ChatChannel

MESSAGE = Message("Affluent: 1 order failed", "Raise the <stock>.", "<p></p>", "abc@affluent")
TOKEN = "t0ken-of-the-team"


@contextmanager
def running_service(status: int) -> Iterator[tuple[str, list[Any]]]:
    """A webhook: its address for apprise, and what it was sent."""
    taken: list[Any] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            size = int(self.headers["Content-Length"])
            taken.append((self.path, json.loads(self.rfile.read(size))))
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_words: Any) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"json://127.0.0.1:{server.server_port}/{TOKEN}", taken
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_the_text_arrives_as_it_is() -> None:
    with running_service(200) as (address, taken):
        ChatChannel("team", lambda: address).send(MESSAGE)

    [(path, body)] = taken
    assert path == f"/{TOKEN}"
    assert (body["title"], body["message"]) == (MESSAGE.subject, MESSAGE.text)


def test_a_service_that_refuses_is_told_without_its_address(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    with (
        running_service(500) as (address, _),
        pytest.raises(Retryable, match="team did not take") as caught,
    ):
        ChatChannel("team", lambda: address).send(MESSAGE)

    assert TOKEN not in str(caught.value) + caplog.text


def test_an_address_that_apprise_does_not_know_is_told_without_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with pytest.raises(ConfigurationError, match="none that apprise knows") as caught:
        ChatChannel("team", lambda: f"nosuch://{TOKEN}").send(MESSAGE)

    assert TOKEN not in str(caught.value) + caplog.text
