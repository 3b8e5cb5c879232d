"""Only what is missing or stale is registered, and only where BigCommerce would call."""

from __future__ import annotations

import pytest

from affluent.domain.errors import ConfigurationError
from affluent.hooks.event import HookKind, read_event
from affluent.hooks.reaction import courses_of
from affluent.hooks.registration import HooksPlan, check_destination, plan_hooks, useful_scopes
from affluent.ports.hooks import StoreHook
from tests.unit.hooks.calls import STORE, payload

HERE = "https://shop.example.com/hooks"
HEADERS = {"X-Affluent-Secret": "one"}


def hook(
    scope: str, destination: str = HERE, *, active: bool = True, value: str = "one"
) -> StoreHook:
    return StoreHook(1, scope, destination, active, {"X-Affluent-Secret": value})


def test_every_scope_that_is_registered_asks_for_a_run() -> None:
    scopes = useful_scopes(1)

    events = [read_event(payload(scope), STORE) for scope in scopes]

    assert all(courses_of(event) for event in events)
    assert {event.kind for event in events} == set(HookKind) - {HookKind.OTHER}
    assert len(set(scopes)) == len(scopes)


def test_what_is_missing_is_created_and_what_is_stale_renewed() -> None:
    good, off = hook("a"), hook("b", active=False)
    other_secret, elsewhere = hook("c", value="two"), hook("d", "https://other.example.com/")

    plan = plan_hooks(["a", "b", "c", "d"], HERE, HEADERS, [good, off, other_secret, elsewhere])

    assert plan == HooksPlan(create=("d",), renew=(off, other_secret), unchanged=(good,))


def test_the_secret_of_a_hook_is_not_shown() -> None:
    assert "one" not in repr(hook("a"))


@pytest.mark.parametrize("url", [HERE, "https://example.com", "https://example.com:443/a?b=c"])
def test_an_address_on_port_443_is_called(url: str) -> None:
    check_destination(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/hooks",
        "https://example.com:8720/hooks",
        "https://example.com:port/",
        "https:///hooks",
        "https://[::1",
        "example.com",
        "",
    ],
)
def test_no_other_address_is(url: str) -> None:
    with pytest.raises(ConfigurationError, match="BigCommerce does not call"):
        check_destination(url)
