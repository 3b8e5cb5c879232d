"""A signature is taken as Standard Webhooks defines it, and nothing else is."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import pytest

from affluent.hooks.refusal import CallRefused
from affluent.hooks.signature import Attempt, verify_signature
from tests.fakes.clock import NOON
from tests.unit.hooks.calls import CLIENT_SECRET, payload, signed

BODY = payload()
FORGED = "v1," + base64.b64encode(bytes(32)).decode()


def refusal(headers: dict[str, str], body: bytes = BODY, now: datetime = NOON) -> str:
    with pytest.raises(CallRefused) as caught:
        verify_signature(headers, body, CLIENT_SECRET, now)
    assert caught.value.status == 401
    assert CLIENT_SECRET not in str(caught.value)
    return caught.value.reason


def test_the_key_is_the_client_secret_in_base64_as_the_vendor_hands_it_to_its_library() -> None:
    """The library decodes the key that it is given: what signs is the secret itself."""
    given = base64.b64encode(b"s3cret").decode()
    at = datetime(2026, 11, 24, 12, tzinfo=UTC)
    timestamp = int(at.timestamp())
    signature = hmac.new(
        base64.b64decode(given), f"msg_2.{timestamp}.{{}}".encode(), hashlib.sha256
    ).digest()
    headers = {
        "webhook-id": "msg_2",
        "webhook-timestamp": str(timestamp),
        "webhook-signature": f"v1,{base64.b64encode(signature).decode()}",
    }

    assert verify_signature(headers, b"{}", "s3cret", at) == Attempt("msg_2", timestamp)


@pytest.mark.parametrize("late", [-300, 0, 300])
def test_a_genuine_call_is_taken_within_five_minutes(late: int) -> None:
    now = NOON + timedelta(seconds=late)

    attempt = verify_signature(signed(BODY), BODY, CLIENT_SECRET, now)

    assert attempt == Attempt("msg_1", int(NOON.timestamp()))


@pytest.mark.parametrize("late", [-301, 301, 86_400])
def test_a_call_from_another_time_is_not(late: int) -> None:
    now = NOON + timedelta(seconds=late)

    assert refusal(signed(BODY), now=now) == "The timestamp is too far from now."


def test_one_good_signature_among_several_is_enough() -> None:
    headers = signed(BODY)
    good = headers["webhook-signature"]

    for several in (f"{FORGED} {good}", f"{good} {FORGED}", f"v1a,xyz {good}"):
        assert verify_signature(headers | {"webhook-signature": several}, BODY, CLIENT_SECRET, NOON)


@pytest.mark.parametrize(
    "signature",
    [FORGED, "v1,", "v1", "garbage", "v1,ünicode", f"{FORGED} {FORGED}", "v2,{good}", "{good}x"],
)
def test_any_other_signature_is_forged(signature: str) -> None:
    headers = signed(BODY)
    good = headers["webhook-signature"].removeprefix("v1,")

    reason = refusal(headers | {"webhook-signature": signature.replace("{good}", good)})

    assert reason == "The signature does not match."


def test_whatever_is_signed_cannot_be_changed() -> None:
    headers = signed(BODY)
    later = str(int(headers["webhook-timestamp"]) + 1)

    assert refusal(headers, BODY + b" ") == "The signature does not match."
    assert refusal(headers | {"webhook-id": "msg_2"}) == "The signature does not match."
    assert refusal(headers | {"webhook-timestamp": later}) == "The signature does not match."
    assert refusal(signed(BODY, client_secret="other")) == "The signature does not match."


@pytest.mark.parametrize("name", ["webhook-id", "webhook-timestamp", "webhook-signature"])
def test_a_call_without_one_of_the_three_headers_is_not_signed(name: str) -> None:
    headers = {key: value for key, value in signed(BODY).items() if key != name}

    assert refusal(headers) == "The call is not signed."


@pytest.mark.parametrize("timestamp", ["now", "-1", "1e9", "١٢٣", "9" * 400, " 1"])
def test_a_timestamp_is_a_number_of_seconds(timestamp: str) -> None:
    reason = refusal(signed(BODY) | {"webhook-timestamp": timestamp})

    assert reason == "The timestamp is not a number of seconds."
