"""`affluent hooks` against a sandbox process: what is registered, and that once is enough."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from typer.testing import CliRunner, Result

from affluent.cli.app import app
from affluent.hooks.registration import useful_scopes
from affluent.storage.migrate import upgrade
from tests.sandbox.running import RunningSandbox, running_sandbox

HERE = "https://hooks.example.com/"
SECRET = "a-secret-of-our-own"
Affluent = Callable[..., Result]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[RunningSandbox]:
    with running_sandbox() as running:
        yield running


@pytest.fixture
def store(sandbox: RunningSandbox) -> Iterator[httpx.Client]:
    """The store's own API, without any hook."""
    with sandbox.admin() as admin, sandbox.bigcommerce() as client:
        admin.post("/reset").raise_for_status()
        yield client


@pytest.fixture
def affluent(sandbox: RunningSandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Affluent:
    """The command, on settings for the sandbox's store."""
    credentials = sandbox.ready["credentials"]["bigcommerce"]
    database = f"sqlite:///{tmp_path / 'affluent.db'}"
    settings = {
        "database": database,
        "store": {
            "hash": credentials["store_hash"],
            "access_token": {"env": "HOOKS_TEST_TOKEN"},
            "endpoint": sandbox.ready["bigcommerce"],
        },
        "accounts": [],
        "hooks": {"header_value": {"env": "HOOKS_TEST_SECRET"}},
    }
    config = tmp_path / "affluent.yaml"
    config.write_text(yaml.safe_dump(settings), encoding="utf-8")
    upgrade(database)
    monkeypatch.setenv("HOOKS_TEST_TOKEN", credentials["access_token"])
    monkeypatch.setenv("HOOKS_TEST_SECRET", SECRET)
    monkeypatch.setenv("COLUMNS", "200")
    return lambda *words: CliRunner().invoke(app, ["hooks", *words, "--config", str(config)])


def hooks_of(store: httpx.Client) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = store.get("/v3/hooks?limit=250").json()["data"]
    return found


def figures(result: Result) -> dict[str, int]:
    assert result.exit_code == 0, result.output
    told: dict[str, int] = json.loads(result.stdout)
    return told


def test_registering_makes_every_hook_once(affluent: Affluent, store: httpx.Client) -> None:
    count = len(useful_scopes(1))

    first = figures(affluent("register", "--url", HERE, "--json"))
    second = figures(affluent("register", "--url", HERE, "--json"))

    assert first == {"created": count, "renewed": 0, "unchanged": 0}
    assert second == {"created": 0, "renewed": 0, "unchanged": count}
    registered = hooks_of(store)
    assert sorted(hook["scope"] for hook in registered) == sorted(useful_scopes(1))
    for hook in registered:
        assert hook["destination"] == HERE
        assert hook["headers"] == {"X-Affluent-Secret": SECRET}
        assert hook["is_active"] is True


def test_what_was_switched_off_or_has_an_old_secret_is_renewed(
    affluent: Affluent, store: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    affluent("register", "--url", HERE)
    [off, *_] = hooks_of(store)
    store.put(f"/v3/hooks/{off['id']}", json={"is_active": False}).raise_for_status()

    after_a_failure = figures(affluent("register", "--url", HERE, "--json"))
    monkeypatch.setenv("HOOKS_TEST_SECRET", "another")
    after_a_change = figures(affluent("register", "--url", HERE, "--json"))

    count = len(useful_scopes(1))
    assert after_a_failure == {"created": 0, "renewed": 1, "unchanged": count - 1}
    assert after_a_change == {"created": 0, "renewed": count, "unchanged": 0}
    assert {str(hook["headers"]) for hook in hooks_of(store)} == {
        "{'X-Affluent-Secret': 'another'}"
    }
    assert all(hook["is_active"] for hook in hooks_of(store))


def test_the_list_shows_what_is_on_and_never_the_secret(
    affluent: Affluent, store: httpx.Client
) -> None:
    affluent("register", "--url", HERE)
    [off, *_] = hooks_of(store)
    store.put(f"/v3/hooks/{off['id']}", json={"is_active": False}).raise_for_status()

    for_people, as_json = affluent("list"), affluent("list", "--json")

    rows = json.loads(as_json.stdout)
    assert [row["scope"] for row in rows] == sorted(useful_scopes(1))
    assert [row["id"] for row in rows if not row["active"]] == [off["id"]]
    assert HERE in for_people.stdout
    assert SECRET not in for_people.output + as_json.output


def test_removing_spares_what_goes_elsewhere(affluent: Affluent, store: httpx.Client) -> None:
    elsewhere = {"scope": "store/order/created", "destination": "https://other.example.com/"}
    store.post("/v3/hooks", json=elsewhere).raise_for_status()
    affluent("register", "--url", HERE)

    removed = affluent("remove", "--url", HERE)

    assert f"{len(useful_scopes(1))} removed" in removed.stdout
    assert [hook["destination"] for hook in hooks_of(store)] == ["https://other.example.com/"]


def test_an_address_that_the_store_would_not_call_is_told_in_words(
    affluent: Affluent, store: httpx.Client
) -> None:
    result = affluent("register", "--url", "http://127.0.0.1:8720/")

    assert result.exit_code == 2
    assert "on port 443 only" in result.stderr
    assert hooks_of(store) == []
