import json

import httpx
import pytest
from bigcommerce_server import StoreServer, v3

from affluent.domain.errors import OutcomeUnknown, Refused
from affluent.ports.hooks import StoreHook
from connectors.http.errors import Unauthorised

HERE = "https://shop.example.com/hooks"
RECORD = {
    "id": 18048287,
    "client_id": "m9r6keqmo7h7f23btnpwernbez1kglkl",
    "store_hash": "abc123",
    "created_at": 1561488106,
    "updated_at": 1561488106,
    "scope": "store/order/created",
    "destination": HERE,
    "is_active": True,
    "headers": {"X-Secret": "one"},
}
HOOK = StoreHook(18048287, "store/order/created", HERE, True, {"X-Secret": "one"})


def item(**changes: object) -> httpx.Response:
    return httpx.Response(200, json={"data": RECORD | changes, "meta": {}})


def test_every_page_of_hooks_is_read() -> None:
    server = StoreServer().on(
        "GET",
        "/v3/hooks",
        v3([RECORD], page=1, pages=2),
        v3([RECORD | {"id": 2, "is_active": False, "headers": None}], page=2, pages=2),
    )

    found = server.open().hooks.all()

    assert found == [HOOK, StoreHook(2, "store/order/created", HERE, False, {})]


def test_a_hook_is_created_active_and_with_its_headers() -> None:
    server = StoreServer().on("POST", "/v3/hooks", item())

    server.open().hooks.create("store/order/created", HERE, {"X-Secret": "one"})

    assert json.loads(server.requests[0].content) == {
        "scope": "store/order/created",
        "destination": HERE,
        "is_active": True,
        "headers": {"X-Secret": "one"},
    }


def test_a_hook_is_not_created_twice_where_the_answer_is_lost() -> None:
    server = StoreServer().on("POST", "/v3/hooks", httpx.ReadTimeout("silence"))

    with pytest.raises(OutcomeUnknown):
        server.open().hooks.create("store/order/created", HERE, {})

    server.assert_all_used()


def test_a_refusal_tells_the_field() -> None:
    refused = {"status": 422, "title": "Invalid", "errors": {"destination": "error.path.missing."}}
    server = StoreServer().on("POST", "/v3/hooks", httpx.Response(422, json=refused))

    with pytest.raises(Refused, match="destination"):
        server.open().hooks.create("store/order/created", "http://x", {})


def test_a_hook_is_renewed_again_and_again_until_the_store_answers() -> None:
    path = "/v3/hooks/18048287"
    server = StoreServer().on("PUT", path, httpx.Response(503), item())

    server.open().hooks.renew(HOOK, {"X-Secret": "two"})

    sent = json.loads(server.requests[-1].content)
    assert (sent["is_active"], sent["headers"]) == (True, {"X-Secret": "two"})
    server.assert_all_used()


def test_a_hook_that_is_gone_already_is_as_good_as_deleted() -> None:
    path = "/v3/hooks/18048287"
    server = StoreServer().on("DELETE", path, item(), httpx.Response(404, json={"status": 404}))
    hooks = server.open().hooks

    hooks.delete(HOOK)
    hooks.delete(HOOK)

    server.assert_all_used()


def test_where_hooks_are_forbidden_the_scope_is_named() -> None:
    server = StoreServer().on("GET", "/v3/hooks", httpx.Response(403, json={"title": "Forbidden"}))

    with pytest.raises(Unauthorised, match="Information & Settings: read-only"):
        server.open().hooks.all()
