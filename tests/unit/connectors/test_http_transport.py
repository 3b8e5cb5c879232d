import logging
from collections.abc import Callable
from decimal import Decimal

import httpx
import pytest

from affluent.domain.errors import (
    AffluentError,
    ConfigurationError,
    CredentialsExpired,
    MalformedAnswer,
    NotFound,
    OutcomeUnknown,
    Refused,
    Retryable,
    Throttled,
)
from connectors.http.errors import AuthorisationExpired, Explanation, Unauthorised
from connectors.http.exchange import Answer, Request
from connectors.http.paging import batches, follow
from connectors.http.quota import Unmetered
from connectors.http.transport import HttpClient

READ = Request("getThing", "GET", "/things/1")
WRITE = Request("createThing", "POST", "/things", body={"price": Decimal("0.10")})


def interpret(answer: Answer) -> Explanation:
    if b"revoked" in (answer.body or b""):
        return Explanation("The token was revoked.", kind=AuthorisationExpired)
    return Explanation("The vendor's words.", details=("a reason",))


class Vendor:
    """Answers in turn what it was told to; any further request is a mistake."""

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self.answers = list(answers)
        self.requests: list[httpx.Request] = []
        self.pauses: list[float] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        assert self.answers, f"unexpected {request.method} {request.url}"
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def client(self) -> HttpClient:
        return HttpClient(
            vendor="Vendor",
            account="main",
            base_url="https://vendor.test/api",
            interpret=interpret,
            quota=Unmetered(),
            sleep=self.pauses.append,
            jitter=lambda: 0.5,
            transport=httpx.MockTransport(self),
        )


def test_fractions_are_read_and_written_exactly() -> None:
    vendor = Vendor(
        httpx.Response(200, text='{"price": 19.10}', headers={"x-request-id": "r-1"}),
    )
    answer = vendor.client().send(WRITE)
    assert answer.body == {"price": Decimal("19.10")}
    assert answer.request_id == "r-1"
    assert vendor.requests[0].content == b'{"price":0.1}'
    assert vendor.requests[0].headers["content-type"] == "application/json"


def test_an_empty_answer_has_no_body() -> None:
    assert Vendor(httpx.Response(204)).client().send(READ).body is None


def test_parameters_are_encoded_once_and_a_given_query_is_kept() -> None:
    vendor = Vendor(httpx.Response(200), httpx.Response(200))
    client = vendor.client()
    client.send(Request("list", "GET", "/a%2Fb", query={"token": "x+/=&é", "ids": [1, 2]}))
    client.send(Request("get", "GET", "https://files.test/d?X-Signature=a%2Bb", parse=False))
    assert vendor.requests[0].url.raw_path == b"/api/a%2Fb?token=x%2B%2F%3D%26%C3%A9&ids=1&ids=2"
    assert str(vendor.requests[1].url) == "https://files.test/d?X-Signature=a%2Bb"


def test_a_read_is_repeated_until_it_succeeds() -> None:
    vendor = Vendor(
        httpx.Response(503), httpx.ReadTimeout("late"), httpx.Response(429), httpx.Response(200)
    )
    assert vendor.client().send(READ).status == 200
    assert vendor.pauses == [0.5, 1.0, 2.0]


@pytest.mark.parametrize("failure", [httpx.Response(500), httpx.ReadError("broken")])
def test_a_write_without_a_clear_answer_is_unknown_at_once(
    failure: httpx.Response | Exception,
) -> None:
    vendor = Vendor(failure)
    with pytest.raises(OutcomeUnknown) as raised:
        vendor.client().send(WRITE)
    assert raised.value.operation == "createThing"
    assert raised.value.account == "main"


def test_a_write_answered_in_a_broken_form_is_unknown() -> None:
    with pytest.raises(OutcomeUnknown):
        Vendor(httpx.Response(201, text="<html>")).client().send(WRITE)


def test_a_read_answered_in_a_broken_form_is_malformed() -> None:
    with pytest.raises(MalformedAnswer):
        Vendor(httpx.Response(200, text="<html>")).client().send(READ)


@pytest.mark.parametrize(
    ("status", "kind"),
    [(400, Refused), (404, NotFound), (409, Refused), (401, Unauthorised), (403, Unauthorised)],
)
def test_a_refusal_tells_everything_but_the_request(status: int, kind: type[AffluentError]) -> None:
    vendor = Vendor(httpx.Response(status, headers={"x-request-id": "r-9"}, text="{}"))
    with pytest.raises(kind) as raised:
        vendor.client().send(
            Request(
                "createThing", "POST", "/t", body={"buyer": "Ada"}, headers={"x-auth": "s3cret"}
            )
        )
    text = str(raised.value)
    for part in ("Vendor", "createThing", "main", f"HTTP {status}", "r-9", "The vendor's words."):
        assert part in text
    assert "Ada" not in text
    assert "s3cret" not in text
    assert raised.value.fix
    assert isinstance(raised.value, ConfigurationError) is (status in (401, 403))


def test_the_reasons_of_a_refusal_are_kept_parsed() -> None:
    with pytest.raises(Refused) as raised:
        Vendor(httpx.Response(409)).client().send(WRITE)
    assert raised.value.details == ("a reason",)


def test_the_body_may_say_more_than_the_status() -> None:
    with pytest.raises(CredentialsExpired):
        Vendor(httpx.Response(400, text="revoked")).client().send(READ)


def test_patience_ends_and_says_how_long_to_wait() -> None:
    vendor = Vendor(*[httpx.Response(429, headers={"retry-after": "7"}) for _ in range(6)])
    with pytest.raises(Throttled) as raised:
        vendor.client().send(READ)
    assert raised.value.wait_seconds == 7.0
    assert vendor.answers == []


def test_a_stream_is_repeated_before_it_starts_and_retryable_when_it_breaks() -> None:
    class Torn(httpx.SyncByteStream):
        def __iter__(self):
            yield b"first"
            raise httpx.ReadError("torn")

    vendor = Vendor(httpx.Response(503), httpx.Response(200, stream=Torn()))
    with vendor.client().stream(READ) as stream:
        assert next(stream.chunks) == b"first"
        with pytest.raises(Retryable):
            next(stream.chunks)


def test_addresses_are_logged_without_their_query(caplog: pytest.LogCaptureFixture) -> None:
    vendor = Vendor(httpx.Response(200))
    with caplog.at_level(logging.DEBUG):
        vendor.client().send(Request("get", "GET", "https://f.test/d?X-Signature=s3cret"))
    assert "f.test/d" in caplog.text
    assert "s3cret" not in caplog.text


def test_an_answer_that_lacks_a_field_is_malformed_and_names_it() -> None:
    answer = Vendor(httpx.Response(200, text='{"a": 1}')).client().send(READ)
    parse: Callable[[dict[str, int]], int] = lambda body: body["b"]  # noqa: E731  as connectors do
    with pytest.raises(MalformedAnswer, match="without 'b'"):
        answer.read(parse)


def test_pages_are_followed_until_none_is_named() -> None:
    pages = {None: ("one", 2), 2: ("two", 3), 3: ("three", None)}
    call = Vendor().client().call(READ)
    assert list(follow(call, lambda token: pages[token])) == ["one", "two", "three"]


def test_a_token_that_changes_nothing_is_a_malformed_answer() -> None:
    call = Vendor().client().call(READ)
    walk = follow(call, lambda token: ("page", "same"))
    with pytest.raises(MalformedAnswer, match="circle"):
        list(walk)


def test_batches_hold_at_most_so_many() -> None:
    assert list(batches(range(5), 2)) == [[0, 1], [2, 3], [4]]
