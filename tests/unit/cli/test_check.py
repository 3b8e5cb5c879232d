"""`affluent check`, alone and against the vendors of a sandbox."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sandbox.running import RunningSandbox, running_sandbox
from tests.unit.cli.conftest import SECRETS, Affluent


@pytest.fixture(scope="module")
def sandbox() -> Iterator[RunningSandbox]:
    """Both vendors."""
    with running_sandbox() as running:
        yield running


@pytest.fixture
def sandbox_config(
    affluent: Affluent, config: Path, sandbox: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """The settings, pointed at the sandbox, with its credentials in the environment."""
    amazon = sandbox.ready["credentials"]["amazon"]
    store = sandbox.ready["credentials"]["bigcommerce"]
    names = ("client_id", "client_secret", "refresh_token")
    values = [store["access_token"], *(amazon[name] for name in names)]
    for variable, value in zip(SECRETS, values, strict=True):
        monkeypatch.setenv(variable, value)
    addresses = f"endpoint: {sandbox.ready['amazon']}\n    lwa_endpoint: {sandbox.ready['lwa']}"
    text = config.read_text(encoding="utf-8")
    text = text.replace("region: na", addresses, 1).replace("A1EXAMPLESELLER", amazon["seller_id"])
    store_lines = f"hash: {store['store_hash']}\n  endpoint: {sandbox.ready['bigcommerce']}"
    config.write_text(text.replace("hash: abc123", store_lines), encoding="utf-8")
    return config


def test_check_names_every_problem(affluent: Affluent, config: Path) -> None:
    text = config.read_text(encoding="utf-8").replace("channel_id", "chanel_id")
    config.write_text(text.replace("region: na", "region: us"), encoding="utf-8")

    result = affluent("check", "--config", str(config))

    assert result.exit_code == 2
    assert [line.split(": ")[1] for line in result.stdout.splitlines()] == [
        "store.chanel_id",
        "accounts.0.region",
    ]


def test_check_names_every_missing_secret(affluent: Affluent, config: Path) -> None:
    result = affluent("check", "--config", str(config), "--json")

    answer = json.loads(result.stdout)
    assert (result.exit_code, answer["ok"]) == (2, False)
    assert [problem["key"] for problem in answer["problems"]] == [
        "store.access_token",
        "accounts.0.client_id",
        "accounts.0.client_secret",
        "accounts.0.refresh_token",
    ]
    assert all(variable in result.stdout for variable in SECRETS)


def test_check_is_content_with_good_settings(
    affluent: Affluent, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in SECRETS:
        monkeypatch.setenv(variable, "there")

    result = affluent("check", "--config", str(config))

    assert result.exit_code == 0
    assert "the settings are valid" in result.stdout


@pytest.mark.behaviour("S37")
def test_check_shows_active_accounts_with_their_marketplaces(
    affluent: Affluent, sandbox_config: Path
) -> None:
    told = affluent("check", "--config", str(sandbox_config), "--connect")
    answer = json.loads(
        affluent("check", "--config", str(sandbox_config), "--connect", "--json").stdout
    )

    assert told.exit_code == 0, told.output
    assert answer["ok"]
    assert [(one["state"], one["connected"]) for one in answer["standings"]] == [
        ("Active", []),
        ("Active", ["US"]),
    ]
    assert "Active" in told.stdout


@pytest.mark.behaviour("S37")
def test_check_shows_an_expired_account_and_what_to_do(
    affluent: Affluent, sandbox_config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AMAZON_REFRESH_TOKEN", "Atzr|withdrawn")

    result = affluent("check", "--config", str(sandbox_config), "--connect")

    assert result.exit_code == 2
    assert "Expired" in result.stdout
    assert "environment variable AMAZON_REFRESH_TOKEN" in result.stdout
    assert "withdrawn" not in result.output


def test_check_names_a_marketplace_where_the_seller_does_not_sell(
    affluent: Affluent, sandbox_config: Path
) -> None:
    text = sandbox_config.read_text(encoding="utf-8")
    sandbox_config.write_text(
        text.replace("marketplaces: [US]", "marketplaces: [US, CA]"), encoding="utf-8"
    )

    result = affluent("check", "--config", str(sandbox_config), "--connect")

    assert result.exit_code == 2
    assert "The seller does not take part in CA:" in result.stdout


def test_check_shows_an_expired_store(
    affluent: Affluent, sandbox_config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BIGCOMMERCE_ACCESS_TOKEN", "withdrawn")

    result = affluent("check", "--config", str(sandbox_config), "--connect", "--json")

    (store, account) = json.loads(result.stdout)["standings"]
    assert (result.exit_code, store["state"], account["state"]) == (2, "Expired", "Active")
    assert "Make a new API account" in store["advice"][0]


def test_check_wants_the_database_first(affluent: Affluent, sandbox_config: Path) -> None:
    text = sandbox_config.read_text(encoding="utf-8").replace("migrated.db", "empty.db")
    sandbox_config.write_text(text, encoding="utf-8")

    result = affluent("check", "--config", str(sandbox_config), "--connect")

    assert result.exit_code == 2
    assert "Run `affluent db upgrade`." in result.stderr
