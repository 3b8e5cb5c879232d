import logging
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qs

import httpx
import pytest
from scripted_amazon import LOGIN, US, ScriptedAmazon, answer, refusal

from affluent.domain.account import AccountState
from affluent.domain.errors import ConfigurationError, CredentialsExpired
from affluent.domain.marketplace import Region
from connectors.amazon.account import endpoint_of
from connectors.http.errors import AuthorisationExpired, Unauthorised

PARTICIPATIONS = "GET /sellers/v1/marketplaceParticipations"
ORDER = "GET /orders/2026-01-01/orders/1"
EXPIRED = refusal(
    403,
    "Unauthorized",
    "Access to requested resource is denied.",
    "The access token you provided has expired.",
)
PARTICIPATING = answer(
    {
        "payload": [
            {"marketplace": {"id": US}, "participation": {"isParticipating": True}, "new": 1},
            {"marketplace": {"id": "CA"}, "participation": {"isParticipating": False}},
        ]
    }
)


def test_the_seller_is_active_where_it_participates() -> None:
    amazon = ScriptedAmazon().on(PARTICIPATIONS, PARTICIPATING)
    assert amazon.account().sellers.state() == (AccountState.ACTIVE, (US,))
    assert amazon.sent(PARTICIPATIONS)[0].headers["x-amz-access-token"] == "t0ken-1"
    form = parse_qs(amazon.sent(LOGIN)[0].content.decode())
    assert form == {
        "grant_type": ["refresh_token"],
        "refresh_token": ["r3fresh"],
        "client_id": ["id"],
        "client_secret": ["s3cret"],
    }


def test_one_token_is_fetched_though_16_threads_ask() -> None:
    def login(_: httpx.Request) -> httpx.Response:
        time.sleep(0.05)
        return answer({"access_token": "t0ken-1", "expires_in": 3_600_000_000})

    amazon = ScriptedAmazon().on(LOGIN, login).on(PARTICIPATIONS, PARTICIPATING)
    account = amazon.account()
    with ThreadPoolExecutor(16) as pool:
        states = list(pool.map(lambda _: account.sellers.state(), range(16)))
    assert len(states) == 16
    assert len(amazon.sent(LOGIN)) == 1


def test_an_expired_token_is_renewed_once_and_the_call_repeated_once() -> None:
    amazon = ScriptedAmazon().on(PARTICIPATIONS, EXPIRED, PARTICIPATING)
    amazon.on(LOGIN, answer({"access_token": "old"}), answer({"access_token": "new"}))
    assert amazon.account().sellers.state()[0] is AccountState.ACTIVE
    tokens = [request.headers["x-amz-access-token"] for request in amazon.sent(PARTICIPATIONS)]
    assert tokens == ["old", "new"]


def test_a_token_that_stays_refused_is_a_configuration_error() -> None:
    amazon = ScriptedAmazon().on(PARTICIPATIONS, EXPIRED)
    with pytest.raises(Unauthorised):
        amazon.account().sellers.state()
    assert len(amazon.sent(PARTICIPATIONS)) == 2


def test_a_missing_role_asks_for_no_new_token_and_names_what_to_check() -> None:
    amazon = ScriptedAmazon()
    amazon.on(ORDER, refusal(403, "Unauthorized", "Access to requested resource is denied."))
    with pytest.raises(Unauthorised, match="roles") as raised:
        amazon.account().orders.order("1")
    assert raised.value.request_id == "req-1"
    assert raised.value.operation == "getOrder"
    assert len(amazon.sent(ORDER)) == 1


def test_invalid_grant_expires_the_account_and_says_how_to_reauthorise() -> None:
    amazon = ScriptedAmazon().on(LOGIN, answer({"error": "invalid_grant"}, 400))
    account = amazon.account()
    assert account.sellers.state() == (AccountState.EXPIRED, ())
    with pytest.raises(CredentialsExpired, match="Authorise the application again") as raised:
        account.orders.order("1")
    assert "r3fresh" not in str(raised.value)
    error = raised.value
    assert isinstance(error, AuthorisationExpired)
    assert (error.operation, error.account, error.status, error.request_id) == (
        "login",
        "us",
        400,
        "req-1",
    )


def test_a_swapped_refresh_token_takes_effect_without_a_restart() -> None:
    def login(request: httpx.Request) -> httpx.Response:
        if b"n3w" in request.content:
            return answer({"access_token": "t0ken-2", "expires_in": 3600})
        return answer({"error": "invalid_grant", "error_description": "r3fresh"}, 400)

    amazon = ScriptedAmazon().on(LOGIN, login).on(PARTICIPATIONS, PARTICIPATING)
    account = amazon.account()
    assert account.sellers.state() == (AccountState.EXPIRED, ())
    amazon.secrets["refresh_token"] = "n3w"
    assert account.sellers.state() == (AccountState.ACTIVE, (US,))


def test_a_swapped_secret_takes_effect_without_a_restart() -> None:
    def login(request: httpx.Request) -> httpx.Response:
        if b"n3w" in request.content:
            return answer({"access_token": "t0ken-2", "expires_in": 3600})
        return answer({"error": "invalid_client", "error_description": "s3cret"}, 401)

    amazon = ScriptedAmazon().on(LOGIN, login).on(PARTICIPATIONS, PARTICIPATING)
    account = amazon.account()
    with pytest.raises(ConfigurationError, match="client id and secret"):
        account.sellers.state()
    amazon.secrets["client_secret"] = "n3w"
    assert account.sellers.state()[0] is AccountState.ACTIVE


def test_no_secret_is_shown_or_logged(caplog: pytest.LogCaptureFixture) -> None:
    amazon = ScriptedAmazon().on(PARTICIPATIONS, EXPIRED)
    with caplog.at_level(logging.DEBUG), pytest.raises(Unauthorised) as raised:
        amazon.account().sellers.state()
    for secret in ("t0ken-1", "r3fresh", "s3cret"):
        assert secret not in caplog.text
        assert secret not in str(raised.value)


def test_every_region_has_its_endpoint() -> None:
    assert [endpoint_of(region) for region in Region] == [
        "https://sellingpartnerapi-na.amazon.com",
        "https://sellingpartnerapi-eu.amazon.com",
        "https://sellingpartnerapi-fe.amazon.com",
    ]


def test_a_grantless_token_is_fetched_once_and_apart_from_the_sellers() -> None:
    destinations = "GET /notifications/v1/destinations"
    amazon = ScriptedAmazon().on(destinations, answer({"payload": []}))
    amazon.on(LOGIN, answer({"access_token": "t0ken-1", "expires_in": 3_600_000_000}))
    account = amazon.on(PARTICIPATIONS, PARTICIPATING).account()
    account.sellers.state()
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda _: account.notifications.destinations(), range(16)))
    grants = [parse_qs(request.content.decode())["grant_type"] for request in amazon.sent(LOGIN)]
    assert grants == [["refresh_token"], ["client_credentials"]]
