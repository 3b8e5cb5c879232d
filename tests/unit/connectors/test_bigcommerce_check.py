import httpx
import pytest
from bigcommerce_server import STORE_INFORMATION, StoreServer, v2, v3

from affluent.domain.account import AccountState
from affluent.domain.errors import CredentialsExpired
from affluent.ports.bigcommerce import NamedParts, StoreCheck


def ready() -> StoreServer:
    return (
        StoreServer()
        .on("GET", "/v2/store", httpx.Response(200, json=STORE_INFORMATION))
        .on("GET", "/v3/inventory/items", v3([]))
    )


def test_a_store_that_answers_everything_is_active() -> None:
    server = ready().on("GET", "/v3/catalog/products", v3([])).on("GET", "/v2/orders", v2([]))

    found = server.open().check(NamedParts())

    assert found == StoreCheck(AccountState.ACTIVE, "Corner Shop", "USD")


def test_missing_scopes_are_all_named_and_none_is_asked_twice() -> None:
    server = ready()
    server.on("GET", "/v3/catalog/products", httpx.Response(403, json={"title": "Forbidden"}))
    server.on("GET", "/v2/orders", httpx.Response(403, json=[{"message": "Forbidden"}]))

    assert server.open().check(NamedParts()).missing_scopes == (
        "Products: read-only (store_v2_products_read_only)",
        "Orders: modify (store_v2_orders)",
    )


def test_a_token_that_is_not_known_is_expired() -> None:
    unknown = httpx.Response(401, json={"status": 401, "title": "Unauthorized"})
    server = StoreServer().on("GET", "/v2/store", unknown).on("GET", "/v2/orders", unknown)
    store = server.open()

    assert store.check(NamedParts()) == StoreCheck(AccountState.EXPIRED)
    with pytest.raises(CredentialsExpired, match="does not know this access token") as caught:
        store.orders.find("1")
    assert "the-access-token" not in str(caught.value)


CHANNEL, LOCATIONS, LISTS = "/v3/channels/7", "/v3/inventory/locations", "/v3/pricelists"
PARTS = NamedParts(channel_id=7, location_ids=(1, 2), price_list_ids=(4, 5))


def answering() -> StoreServer:
    return ready().on("GET", "/v3/catalog/products", v3([])).on("GET", "/v2/orders", v2([]))


def missing() -> httpx.Response:
    return httpx.Response(404, json={"status": 404, "title": "There is none."})


def test_what_the_settings_name_and_the_store_does_not_have_is_named() -> None:
    server = answering().on("GET", CHANNEL, missing())
    server.on("GET", LOCATIONS, v3([{"id": 2, "label": "Shop"}]))
    server.on("GET", LISTS, v3([{"id": 4, "name": "Amazon"}]))

    found = server.open().check(PARTS)

    assert found.missing_parts == ("channel 7", "location 1", "price list 5")
    assert found.missing_scopes == ()
    assert server.asked(LOCATIONS)[0]["location_id:in"] == "1,2"


def test_a_channel_that_is_closed_takes_no_orders() -> None:
    closed = httpx.Response(200, json={"data": {"id": 7, "status": "disconnected"}})
    server = answering().on("GET", CHANNEL, closed)

    found = server.open().check(NamedParts(channel_id=7))

    assert found.missing_parts == ("channel 7 in use (it is disconnected)",)


def test_a_scope_is_asked_for_only_where_the_settings_need_it() -> None:
    forbidden = httpx.Response(403, json={"title": "Forbidden"})
    server = answering().on("GET", CHANNEL, forbidden).on("GET", LOCATIONS, forbidden)

    found = server.open().check(NamedParts(channel_id=7, location_ids=(1,)))

    assert found.missing_parts == ()
    assert found.missing_scopes == (
        "Channel Settings: read-only (store_channel_settings_read_only)",
        "Locations: read-only (store_locations_read_only)",
    )
