import httpx
import pytest
from bigcommerce_server import STORE_INFORMATION, StoreServer, v2, v3

from affluent.domain.account import AccountState
from affluent.domain.errors import CredentialsExpired
from affluent.ports.bigcommerce import StoreCheck


def ready() -> StoreServer:
    return (
        StoreServer()
        .on("GET", "/v2/store", httpx.Response(200, json=STORE_INFORMATION))
        .on("GET", "/v3/inventory/items", v3([]))
    )


def test_a_store_that_answers_everything_is_active() -> None:
    server = ready().on("GET", "/v3/catalog/products", v3([])).on("GET", "/v2/orders", v2([]))

    assert server.open().check() == StoreCheck(AccountState.ACTIVE, "Corner Shop", "USD")


def test_missing_scopes_are_all_named_and_none_is_asked_twice() -> None:
    server = ready()
    server.on("GET", "/v3/catalog/products", httpx.Response(403, json={"title": "Forbidden"}))
    server.on("GET", "/v2/orders", httpx.Response(403, json=[{"message": "Forbidden"}]))

    assert server.open().check().missing_scopes == (
        "Products: read-only (store_v2_products_read_only)",
        "Orders: modify (store_v2_orders)",
    )


def test_a_token_that_is_not_known_is_expired() -> None:
    unknown = httpx.Response(401, json={"status": 401, "title": "Unauthorized"})
    server = StoreServer().on("GET", "/v2/store", unknown).on("GET", "/v2/orders", unknown)
    store = server.open()

    assert store.check() == StoreCheck(AccountState.EXPIRED)
    with pytest.raises(CredentialsExpired, match="does not know this access token") as caught:
        store.orders.find("1")
    assert "the-access-token" not in str(caught.value)
