"""The receiver over HTTP: genuine calls are answered and handed on, any other starts nothing."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn

from affluent.cli.hooks.receiver import LARGEST_BODY_BYTES, hooks_app
from affluent.hooks.event import HookEvent, HookKind
from affluent.hooks.reception import HookProof, Reception
from affluent.ports.hooks import HookMemory
from affluent.storage.engine import open_engine
from affluent.storage.hooks import SqlHookMemory
from tests.fakes.clock import NOON, FakeClock
from tests.unit.hooks.calls import (
    CLIENT_SECRET,
    HEADER_NAME,
    HEADER_VALUE,
    STORE,
    payload,
    signed,
)

PROOF = HookProof(lambda: CLIENT_SECRET, HEADER_NAME, lambda: HEADER_VALUE)
Opened = Callable[..., "Receiver"]


class Receiver:
    """A receiver that listens, the events that it has handed on, and a client."""

    def __init__(self, address: str, clock: FakeClock, events: list[HookEvent]) -> None:
        self.clock = clock
        self.events = events
        self._client = httpx.Client(base_url=address, timeout=10)

    def post(
        self, body: bytes | Iterable[bytes], headers: dict[str, str], path: str = "/hooks"
    ) -> httpx.Response:
        return self._client.post(path, content=body, headers=headers)

    def ask(self, method: str) -> httpx.Response:
        return self._client.request(method, "/hooks")

    def refusal(self, body: bytes, headers: dict[str, str]) -> int:
        """The status of a call that is refused in a short sentence."""
        answer = self.post(body, headers)
        assert 0 < len(answer.text) < 80
        assert CLIENT_SECRET not in answer.text
        assert HEADER_VALUE not in answer.text
        return answer.status_code


@contextmanager
def listening(memory: HookMemory, proof: HookProof) -> Iterator[Receiver]:
    clock, events = FakeClock(), list[HookEvent]()
    app = hooks_app(Reception(STORE, proof, memory, clock), events.append)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.01)
        yield Receiver(f"http://127.0.0.1:{listener.getsockname()[1]}", clock, events)
        server.should_exit = True
        thread.join(10)


@pytest.fixture
def memory(sqlite_template: Path, tmp_path: Path) -> Iterator[Callable[[], HookMemory]]:
    """Memories on one SQLite file, each as in a process of its own."""
    file = tmp_path / "affluent.db"
    file.write_bytes(sqlite_template.read_bytes())
    with ExitStack() as stack:

        def opened() -> HookMemory:
            engine = open_engine(f"sqlite:///{file}")
            stack.callback(engine.dispose)
            return SqlHookMemory(engine)

        yield opened


@pytest.fixture
def receiver(memory: Callable[[], HookMemory]) -> Iterator[Receiver]:
    with listening(memory(), PROOF) as running:
        yield running


def test_a_genuine_call_is_answered_without_a_body_and_handed_on(receiver: Receiver) -> None:
    body = payload("store/sku/inventory/updated", {"inventory": {"product_id": 206}})

    answer = receiver.post(body, signed(body))

    assert (answer.status_code, answer.content) == (200, b"")
    [event] = receiver.events
    assert (event.kind, event.subject_id) == (HookKind.STOCK, 206)


@pytest.mark.parametrize("path", ["/", "/hooks", "/behind/a/proxy?x=1"])
def test_the_path_is_the_proxys_affair(receiver: Receiver, path: str) -> None:
    body = payload()

    assert receiver.post(body, signed(body), path).status_code == 200
    assert len(receiver.events) == 1


def test_a_forged_call_is_refused(receiver: Receiver) -> None:
    body = payload()
    good = signed(body)

    statuses = [
        receiver.refusal(body, good | {"webhook-signature": "v1,Zm9yZ2Vk"}),
        receiver.refusal(payload(hash="other"), good),
        receiver.refusal(body, signed(body, client_secret="guessed")),
        receiver.refusal(body, signed(body, header_value="guessed")),
        receiver.refusal(body, {k: v for k, v in good.items() if k != HEADER_NAME.lower()}),
        receiver.refusal(body, {HEADER_NAME: HEADER_VALUE}),
        receiver.refusal(body, {}),
    ]

    assert statuses == [401] * 7
    assert receiver.events == []
    assert receiver.post(body, good).status_code == 200


def test_a_call_from_another_time_is_refused(receiver: Receiver) -> None:
    body = payload()

    early = receiver.refusal(body, signed(body, at=NOON - timedelta(minutes=6)))
    late = receiver.refusal(body, signed(body, at=NOON + timedelta(minutes=6)))

    assert (early, late) == (401, 401)
    assert receiver.events == []


def test_the_very_same_call_again_is_refused(receiver: Receiver) -> None:
    body = payload()
    headers = signed(body)

    assert receiver.post(body, headers).status_code == 200
    assert receiver.refusal(body, headers) == 409
    assert len(receiver.events) == 1


def test_a_repeat_by_bigcommerce_is_answered_and_starts_nothing(receiver: Receiver) -> None:
    body = payload()
    receiver.post(body, signed(body))
    receiver.clock.sleep(60)
    now = receiver.clock.now()

    retried = receiver.post(body, signed(body, at=now))
    fired_twice = receiver.post(body, signed(body, message_id="msg_2", at=now))

    assert (retried.status_code, fired_twice.status_code) == (200, 200)
    assert len(receiver.events) == 1


def test_a_repeat_at_another_receiver_is_known_there(memory: Callable[[], HookMemory]) -> None:
    body = payload()
    with listening(memory(), PROOF) as first, listening(memory(), PROOF) as second:
        first.post(body, signed(body))
        answer = second.post(body, signed(body, message_id="msg_2"))
        replayed = second.refusal(body, signed(body))

    assert (answer.status_code, replayed) == (200, 409)
    assert (len(first.events), second.events) == (1, [])


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"not JSON", 400),
        (b"[]", 400),
        (b"{}", 400),
        (payload(data="text"), 400),  # type: ignore[arg-type]  # what a stranger might send
        (payload(producer="stores/other"), 403),
        (payload(hash="h", more="x" * LARGEST_BODY_BYTES), 413),
    ],
)
def test_a_signed_call_that_is_no_event_of_the_store_is_refused(
    receiver: Receiver, body: bytes, status: int
) -> None:
    assert receiver.refusal(body, signed(body)) == status
    assert receiver.events == []


def test_the_longest_body_is_still_read(receiver: Receiver) -> None:
    padding = LARGEST_BODY_BYTES - len(payload(more=""))
    body = payload(more="x" * padding)

    assert len(body) == LARGEST_BODY_BYTES
    assert receiver.post(body, signed(body)).status_code == 200


def test_a_body_without_a_length_is_cut_off(receiver: Receiver) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(80):
            yield b"x" * 1024

    answer = receiver.post(endless(), signed(b""))

    assert answer.status_code == 413
    assert receiver.events == []


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_nothing_but_a_post_is_taken(receiver: Receiver, method: str) -> None:
    assert receiver.ask(method).status_code == 405


def test_without_a_client_secret_the_header_alone_proves_a_call(
    memory: Callable[[], HookMemory],
) -> None:
    body, header = payload(), {HEADER_NAME: HEADER_VALUE}
    with listening(memory(), HookProof(None, HEADER_NAME, lambda: HEADER_VALUE)) as receiver:
        statuses = [receiver.post(body, header).status_code for _ in range(2)]
        forged = receiver.refusal(body, {HEADER_NAME: "guessed"})

    assert (statuses, forged) == ([200, 200], 401)
    assert len(receiver.events) == 1


def test_without_a_header_the_signature_alone_does(memory: Callable[[], HookMemory]) -> None:
    body = payload()
    headers: dict[str, Any] = signed(body)
    del headers[HEADER_NAME.lower()]
    with listening(memory(), HookProof(lambda: CLIENT_SECRET, HEADER_NAME, None)) as receiver:
        assert receiver.post(body, headers).status_code == 200


def test_many_calls_at_once_are_each_handed_on_once(receiver: Receiver) -> None:
    bodies = [payload(hash=f"hash-{number}") for number in range(20)] * 4

    def call(numbered: tuple[int, bytes]) -> int:
        number, body = numbered
        return receiver.post(body, signed(body, message_id=f"msg_{number}")).status_code

    with ThreadPoolExecutor(8) as pool:
        statuses = set(pool.map(call, enumerate(bodies)))

    assert statuses == {200}
    assert sorted(event.hash for event in receiver.events) == sorted(
        f"hash-{number}" for number in range(20)
    )
