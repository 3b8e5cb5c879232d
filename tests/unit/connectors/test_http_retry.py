import httpx
import pytest

from connectors.http.retry import Retry, RetryPolicy, asked_seconds, decide

POLICY = RetryPolicy(attempts=4, budget_seconds=20, first_seconds=2, longest_seconds=5)


def retry(
    outcome: int | httpx.RequestError,
    *,
    attempt: int = 1,
    paused: float = 0,
    repeatable: bool = True,
    headers: dict[str, str] | None = None,
    draw: float = 1.0,
) -> Retry | None:
    return decide(
        outcome,
        attempt=attempt,
        paused_seconds=paused,
        repeatable=repeatable,
        headers=headers or {},
        policy=POLICY,
        random=lambda: draw,
    )


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_repeatable_request_is_sent_again_after_a_temporary_failure(status: int) -> None:
    assert retry(status) == Retry(2.0)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 413, 422, 501, 507])
def test_a_refusal_is_never_repeated(status: int) -> None:
    assert retry(status) is None


@pytest.mark.parametrize(
    "outcome", [500, 502, 503, 504, httpx.ReadTimeout("late"), httpx.RemoteProtocolError("broken")]
)
def test_a_write_that_may_have_happened_is_never_repeated(
    outcome: int | httpx.RequestError,
) -> None:
    assert retry(outcome, repeatable=False) is None


@pytest.mark.parametrize("outcome", [429, httpx.ConnectError("refused")])
def test_a_write_that_certainly_did_not_happen_is_repeated(
    outcome: int | httpx.RequestError,
) -> None:
    assert retry(outcome, repeatable=False) is not None


def test_the_pause_is_drawn_from_a_window_that_doubles_up_to_its_limit() -> None:
    assert [retry(503, attempt=n, draw=0.5) for n in (1, 2, 3)] == [
        Retry(1.0),
        Retry(2.0),
        Retry(2.5),
    ]


def test_tries_and_pauses_are_both_limited() -> None:
    assert retry(503, attempt=4) is None
    assert retry(503, attempt=3, paused=16) is None


def test_a_pause_that_the_vendor_asks_for_is_kept_to() -> None:
    headers = {"X-Retry-After": "3", "X-Rate-Limit-Time-Reset-Ms": "9000"}
    assert retry(429, headers=httpx.Headers(headers), draw=0.5) == Retry(10.0)
    assert retry(429, headers=httpx.Headers({"retry-after": "60"})) is None


def test_a_retry_after_may_be_a_date() -> None:
    headers = {
        "date": "Tue, 24 Nov 2026 10:00:00 GMT",
        "retry-after": "Tue, 24 Nov 2026 10:00:07 GMT",
    }
    assert asked_seconds(headers) == 7.0
    assert asked_seconds({"retry-after": "soon"}) is None
