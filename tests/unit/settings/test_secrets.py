"""A secret is read where it is kept, each time anew."""

from __future__ import annotations

import pytest

from affluent.domain.errors import ConfigurationError
from affluent.settings.secrets import SecretReference


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
