"""The family of errors: each says who asked, for what, with which request, and what to do."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from scripted_amazon import DOCUMENT, US, ScriptedAmazon, answer, refusal

from affluent.domain.errors import (
    AffluentError,
    MalformedAnswer,
    NotFound,
    OutcomeUnknown,
    Refused,
    Retryable,
    Throttled,
)
from affluent.domain.plan import Change, Operation
from connectors.http.errors import Unauthorised
from tests.builders.listings import deletion

ITEMS = "/listings/2021-08-01/items/SELLER1"
CREATE_FEED = "POST /feeds/2021-06-30/feeds"
ORDER = "GET /orders/2026-01-01/orders/1"
GOOD = answer({"sku": "S1", "status": "ACCEPTED", "submissionId": "s1"})
LATE = httpx.ReadTimeout("late")


def change(operation: Operation = Operation.PUT_LISTING) -> Change:
    return Change(operation, "us", US, "S1", after={}, why="", payload={"productType": "HOME"})


@pytest.mark.parametrize(
    ("failure", "kind", "to_do"),
    [
        (refusal(429, "QuotaExceeded", "You exceeded your quota."), Throttled, "quota allows"),
        (refusal(500, "InternalFailure", "Sorry."), Retryable, "asked again later"),
        (refusal(503, "ServiceUnavailable", "Sorry."), Retryable, "asked again later"),
        (refusal(400, "InvalidInput", "Bad id."), Refused, "Change what the vendor names"),
        (refusal(413, "RequestTooLarge", "Too large."), Refused, "fewer or smaller"),
        (refusal(403, "Unauthorized", "Access is denied."), Unauthorised, "roles"),
        (refusal(404, "NotFound", "No such order."), NotFound, "still exists"),
        (answer({"unheardOf": 1}), MalformedAnswer, "Report the request id"),
    ],
)
def test_every_error_tells_operation_account_request_status_and_what_to_do(
    failure: httpx.Response, kind: type[AffluentError], to_do: str
) -> None:
    with pytest.raises(kind) as raised:
        ScriptedAmazon().on(ORDER, failure).account().orders.order("1")
    error: Any = raised.value
    assert type(error) is kind
    assert (error.operation, error.account, error.status, error.request_id) == (
        "getOrder",
        "us",
        failure.status_code,
        "req-1",
    )
    assert to_do in error.fix
    assert "us" in str(error)


@pytest.mark.parametrize("failure", [answer({}, 429), answer({}, 500), answer({}, 503), LATE])
@pytest.mark.parametrize("call", [f"PUT {ITEMS}/S1", f"PATCH {ITEMS}/S1", f"DELETE {ITEMS}/S1"])
def test_a_write_that_is_idempotent_by_nature_is_repeated(
    call: str, failure: httpx.Response | Exception
) -> None:
    listings = ScriptedAmazon().on(call, failure, GOOD).account().listings
    writes = {
        "PUT": lambda: listings.put(change()),
        "PATCH": lambda: listings.patch(change(Operation.PATCH_OFFER)),
        "DELETE": lambda: listings.delete(deletion("S1")),
    }
    assert writes[call.partition(" ")[0]]().submission_id == "s1"


@pytest.mark.parametrize("failure", [answer({}, 500), answer({}, 503), LATE])
def test_a_write_that_is_not_is_sent_once_and_its_outcome_is_unknown(
    failure: httpx.Response | Exception,
) -> None:
    amazon = ScriptedAmazon().on(CREATE_FEED, failure)
    with pytest.raises(OutcomeUnknown) as raised:
        amazon.account().feeds.create("d1", US)
    assert len(amazon.sent(CREATE_FEED)) == 1
    assert "looked at before anything is sent again" in raised.value.fix


def test_a_write_that_was_throttled_did_not_happen_and_is_repeated() -> None:
    amazon = ScriptedAmazon().on(CREATE_FEED, answer({}, 429), answer({"feedId": "f1"}, 202))
    assert amazon.account().feeds.create("d1", US) == "f1"


def test_patience_with_a_read_has_a_budget() -> None:
    amazon = ScriptedAmazon().on(ORDER, answer({}, 503))
    with pytest.raises(Retryable):
        amazon.account().orders.order("1")
    assert 2 <= len(amazon.sent(ORDER)) <= 10


def test_a_documents_address_that_expired_is_worth_another_try_and_shows_no_signature() -> None:
    amazon = ScriptedAmazon()
    amazon.on("GET /feeds/2021-06-30/documents/d1", answer({"url": DOCUMENT}))
    amazon.on(f"GET {DOCUMENT}", httpx.Response(403, text="Request has expired"))
    feed = {"feedId": "f1", "processingStatus": "DONE", "resultFeedDocumentId": "d1"}
    amazon.on("GET /feeds/2021-06-30/feeds/f1", answer(feed))
    feeds = amazon.account().feeds
    with pytest.raises(Retryable, match="address has expired") as raised:
        feeds.report(feeds.status("f1"))
    assert "Signature" not in str(raised.value)
