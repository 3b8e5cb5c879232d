"""Tokens, store hashes and the quota's window."""

from tests.sandbox.bigcommerce_store import SmallStore

WINDOW_SECONDS = 30


def test_a_request_without_a_known_token_is_401_in_the_form_of_its_version() -> None:
    store = SmallStore()

    no_token = store.client_with(None)
    wrong_token = store.client_with("another")

    assert no_token.get("/v2/orders").json() == [
        {"status": 401, "message": "No credentials were supplied in the request."}
    ]
    assert wrong_token.get("/v3/hooks").status_code == 401
    assert wrong_token.get("/v3/hooks").json()["title"].startswith("Unauthorized")
    assert wrong_token.get("/v3/catalog/products").headers["content-type"].startswith("text/plain")


def test_another_store_s_hash_is_403() -> None:
    store = SmallStore()

    answer = store.client_with(store.state.access_token, "other").get("/v2/store")

    assert answer.status_code == 403


def test_the_window_counts_down_and_opens_again() -> None:
    store = SmallStore(quotas=True)
    store.state.window_requests = 2

    first, second, third = (store.client.get("/v2/time") for _ in range(3))

    assert first.headers["x-rate-limit-requests-left"] == "1"
    assert second.headers["x-rate-limit-requests-left"] == "0"
    assert first.headers["x-rate-limit-time-window-ms"] == "30000"
    assert third.status_code == 429
    assert third.headers["x-rate-limit-time-reset-ms"] == "30000"
    assert third.headers["x-retry-after"] == "30"
    store.clock.pass_by(WINDOW_SECONDS)
    assert store.client.get("/v2/time").status_code == 200


def test_every_third_429_comes_without_headers() -> None:
    store = SmallStore(quotas=True)
    store.state.window_requests = 0

    refused = [store.client.get("/v3/catalog/products") for _ in range(6)]

    assert {answer.status_code for answer in refused} == {429}
    told = ["x-rate-limit-requests-quota" in answer.headers for answer in refused]
    assert told == [True, True, False, True, True, False]


def test_without_quotas_the_headers_tell_of_a_number_never_reached() -> None:
    answer = SmallStore(quotas=False).client.get("/v2/time")

    assert int(answer.headers["x-rate-limit-requests-left"]) > 100_000


def test_unknown_paths_and_methods_answer_in_the_form_of_their_version() -> None:
    client = SmallStore().client

    assert client.get("/v2/nothing").json()[0]["status"] == 404
    assert client.get("/v3/nothing").json()["status"] == 404
    assert client.patch("/v3/catalog/products").json()["status"] == 405
