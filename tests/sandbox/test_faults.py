"""Faults: which requests they meet, how often they strike, and what a client sees of them."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.endpoints import Endpoint
from sandbox.fault_injection import MARK, FaultInjection
from sandbox.faults import FaultPlan, InvalidFault
from sandbox.server import Server

ORDERS = {"vendor": "bigcommerce", "method": "POST", "path": "/v2/orders$"}


def struck(plan: FaultPlan, path: str = "/stores/s/v2/orders", method: str = "POST") -> list[str]:
    return [fault.action for fault in plan.due("bigcommerce", method, path)]


def test_a_fault_strikes_once_by_default_and_only_what_it_names() -> None:
    plan = FaultPlan(seed=1)
    plan.add({**ORDERS, "action": "drop"})

    assert struck(plan, method="GET") == []
    assert struck(plan, path="/stores/s/v2/orders/7") == []
    assert plan.due("amazon", "POST", "/v2/orders") == []
    assert struck(plan) == ["drop"]
    assert struck(plan) == []


def test_a_fault_lets_the_first_requests_pass() -> None:
    plan = FaultPlan(seed=1)
    plan.add({**ORDERS, "action": "status", "status": 500, "skip": 2, "times": 2})

    assert [struck(plan) for _ in range(5)] == [[], [], ["status"], ["status"], []]
    assert plan.rows()[0]["met"] == 5
    assert plan.rows()[0]["struck"] == 2


def test_a_fault_by_chance_follows_the_seed() -> None:
    def draws(seed: int) -> list[bool]:
        plan = FaultPlan(seed)
        plan.add({**ORDERS, "action": "drop", "times": None, "probability": 0.5})
        return [bool(struck(plan)) for _ in range(40)]

    assert draws(3) == draws(3)
    assert draws(3) != draws(4)
    assert 5 < sum(draws(3)) < 35


def test_delays_and_marks_go_with_one_final_fault() -> None:
    plan = FaultPlan(seed=1)
    plan.add(
        [
            {**ORDERS, "action": "delay", "seconds": 0.1},
            {**ORDERS, "action": "mark", "mark": "late_index"},
            {**ORDERS, "action": "status", "status": 503},
            {**ORDERS, "action": "drop"},
        ]
    )

    assert struck(plan) == ["delay", "mark", "status"]
    assert struck(plan) == ["drop"]


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"action": "explode"}, "action"),
        ({"action": "drop", "path": "("}, "path: .*not a regular expression"),
        ({"action": "status"}, "needs the field status"),
        ({"action": "drop", "vendor": "ebay"}, "vendor"),
        ({"action": "drop", "colour": "red"}, "colour"),
        ({"action": "delay", "seconds": -1}, "seconds"),
    ],
)
def test_a_fault_that_is_not_understood_is_named(wrong: dict[str, object], named: str) -> None:
    plan = FaultPlan(seed=1)
    good = {**ORDERS, "action": "drop"}

    with pytest.raises(InvalidFault, match=named):
        plan.add([good, {**ORDERS, **wrong}])

    assert plan.rows() == []


class Shop:
    """A vendor of one call, which counts the orders that took effect."""

    def __init__(self) -> None:
        self.orders = 0
        self.marks: list[str | None] = []

    async def order(self, request: Request) -> Response:
        await request.body()
        self.orders += 1
        self.marks.append(request.scope.get(MARK))
        return JSONResponse({"id": self.orders}, status_code=201)


@contextmanager
def open_shop(*faults: dict[str, object]) -> Iterator[tuple[Shop, httpx.Client]]:
    """A shop behind faults on a real port."""
    shop = Shop()
    plan = FaultPlan(seed=1)
    plan.add(list(faults))
    app = Starlette(routes=[Route("/v2/orders", shop.order, methods=["POST"])])
    endpoint = Endpoint.bind("127.0.0.1", 0, "http")
    server = Server(endpoint, FaultInjection(app, "bigcommerce", plan))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [endpoint.socket]})
    thread.start()
    try:
        with httpx.Client(base_url=endpoint.url, timeout=5) as client:
            yield shop, client
    finally:
        server.should_exit = True
        thread.join()


def test_a_status_comes_in_the_vendors_place_and_form() -> None:
    with open_shop({**ORDERS, "action": "status", "status": 500}) as (shop, client):
        refused = client.post("/v2/orders", json={})
        accepted = client.post("/v2/orders", json={})

    assert refused.status_code == 500
    assert refused.json() == [{"status": 500, "message": "The request failed."}]
    assert (accepted.status_code, shop.orders) == (201, 1)


def test_a_status_can_carry_a_body_and_headers() -> None:
    fault = {
        **ORDERS,
        "action": "status",
        "status": 429,
        "body": {"title": "Slow down"},
        "headers": {"x-rate-limit-time-reset-ms": "50"},
    }
    with open_shop(fault) as (_, client):
        answer = client.post("/v2/orders", json={})

    assert answer.json() == {"title": "Slow down"}
    assert answer.headers["x-rate-limit-time-reset-ms"] == "50"


def test_a_500_after_the_order_was_created_leaves_the_order() -> None:
    with open_shop({**ORDERS, "action": "status_after", "status": 500}) as (shop, client):
        answer = client.post("/v2/orders", json={})

    assert (answer.status_code, shop.orders) == (500, 1)


@pytest.mark.parametrize(("action", "orders"), [("drop", 0), ("drop_after", 1)])
def test_a_broken_connection_gives_no_answer(action: str, orders: int) -> None:
    with open_shop({**ORDERS, "action": action}) as (shop, client):
        with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
            client.post("/v2/orders", json={"large": "x" * 200_000})
        assert client.post("/v2/orders", json={}).status_code == 201

    assert shop.orders == orders + 1


def test_a_delay_outlasts_a_clients_patience_and_a_mark_reaches_the_vendor() -> None:
    delay = {**ORDERS, "action": "delay", "seconds": 1}
    mark = {**ORDERS, "action": "mark", "mark": "late_index", "skip": 1}
    with open_shop(delay, mark) as (shop, client):
        with pytest.raises(httpx.ReadTimeout):
            client.post("/v2/orders", json={}, timeout=0.2)
        client.post("/v2/orders", json={})

    assert "late_index" in shop.marks


def test_a_port_in_use_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(OSError, match=f"cannot listen on 127.0.0.1:{port}"):
            Endpoint.bind("127.0.0.1", port, "http")


def test_a_repeated_answer_is_the_one_before_it_whatever_is_asked() -> None:
    fault = {**ORDERS, "action": "repeat", "skip": 1}
    with open_shop(fault) as (shop, client):
        answers = [client.post("/v2/orders", json={}).json()["id"] for _ in range(3)]

    assert answers == [1, 1, 2]
    assert shop.orders == 2


_CLIENT = "import httpx, sys; httpx.post(sys.argv[1], json={}, timeout=30)"


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's table of sockets is Linux's")
def test_the_process_that_sent_a_request_is_killed_and_the_request_takes_effect() -> None:
    with open_shop({**ORDERS, "action": "kill"}) as (shop, client):
        url = str(client.base_url.join("/v2/orders"))
        ended = subprocess.run([sys.executable, "-c", _CLIENT, url], timeout=60, check=False)
        again = httpx.post(url, json={}).json()

    assert ended.returncode == -signal.SIGKILL
    assert again == {"id": 2}
    assert shop.orders == 2
