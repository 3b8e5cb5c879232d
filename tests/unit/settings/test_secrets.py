"""A secret is read where it is kept, each time anew, and one that is missing is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from affluent.domain.errors import ConfigurationError
from affluent.settings.document import read_document
from affluent.settings.secrets import SecretReference
from tests.unit.settings.files import template_with, with_line, write


def test_a_swapped_secret_takes_effect_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    reference = SecretReference(env="TOKEN_OF_THE_STORE")
    monkeypatch.setenv("TOKEN_OF_THE_STORE", "old")
    old = reference.read({}.__getitem__)
    monkeypatch.setenv("TOKEN_OF_THE_STORE", "new")

    assert (old, reference.read({}.__getitem__)) == ("old", "new")


def test_a_block_is_read_by_its_name() -> None:
    reference = SecretReference(block="store-token")

    assert reference.read({"store-token": "value"}.__getitem__) == "value"


def test_a_missing_secret_names_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TOKEN_OF_THE_STORE", raising=False)

    with pytest.raises(ConfigurationError, match="environment variable TOKEN_OF_THE_STORE"):
        SecretReference(env="TOKEN_OF_THE_STORE").read({}.__getitem__)


def test_the_secrets_of_webhooks_are_looked_for_as_well(tmp_path: Path) -> None:
    text = template_with(
        "# hooks:\n", "hooks: {client_secret: {block: a}, header_value: {block: b}}\n"
    )

    missing = [one.key for one in read_document(write(tmp_path, text)).missing_secrets(_no_block)]

    assert missing[-2:] == ["hooks.client_secret", "hooks.header_value"]


def test_each_missing_secret_is_one_error_at_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = template_with("{env: AMAZON_CLIENT_ID}", "{block: amazon-client-id}")
    path = write(tmp_path, text)
    monkeypatch.setenv("AMAZON_CLIENT_SECRET", "one")
    monkeypatch.delenv("AMAZON_REFRESH_TOKEN", raising=False)
    monkeypatch.setenv("BIGCOMMERCE_ACCESS_TOKEN", "")

    missing = list(read_document(path).missing_secrets(_no_block))

    assert [(one.key, one.line) for one in missing] == [
        ("store.access_token", with_line(text, "BIGCOMMERCE_ACCESS_TOKEN")),
        ("accounts.0.client_id", with_line(text, "amazon-client-id")),
        ("accounts.0.refresh_token", with_line(text, "AMAZON_REFRESH_TOKEN")),
    ]
    assert "BIGCOMMERCE_ACCESS_TOKEN" in missing[0].fix
    assert "Prefect block amazon-client-id" in missing[1].fix


def _no_block(name: str) -> str:
    raise ValueError(f"Unable to find block document named {name}")
