"""The section orders: which e-mail address goes with which way."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from affluent.settings.notifications import NotificationSettings
from affluent.settings.orders import OrderSettings

ARN = "arn:aws:sqs:us-east-1:123456789012:affluent"


@pytest.mark.parametrize(
    "email",
    [
        {},
        {"way": "none"},
        {"way": "order", "address": "orders.shop.example"},
        {"way": "fixed", "address": "amazon@shop.example"},
        {"way": "tagged", "address": "amazon@shop.example"},
    ],
)
def test_a_way_with_what_it_needs_is_accepted(email: dict[str, str]) -> None:
    assert OrderSettings.model_validate({"email": email}).email.address == email.get("address", "")


@pytest.mark.parametrize(
    "email",
    [
        {"address": "amazon@shop.example"},
        {"way": "none", "address": "shop.example"},
        {"way": "order"},
        {"way": "order", "address": "amazon@shop.example"},
        {"way": "fixed", "address": "shop.example"},
        {"way": "tagged"},
        {"way": "guess", "address": "amazon@shop.example"},
    ],
)
def test_a_way_without_what_it_needs_is_refused(email: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match="email"):
        OrderSettings.model_validate({"email": email})


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"queue_arn": f"{ARN}.fifo"}, "FIFO"),
        ({"queue_arn": "affluent"}, "queue_arn"),
        ({"queue_arn": ARN, "access_key_id": {"env": "ID"}}, "is missing"),
    ],
)
def test_a_queue_that_cannot_work_is_refused(fields: dict[str, object], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        NotificationSettings.model_validate(fields)


def test_a_queue_may_go_without_a_key_of_its_own() -> None:
    assert NotificationSettings.model_validate({"queue_arn": ARN}).access_key() == []
