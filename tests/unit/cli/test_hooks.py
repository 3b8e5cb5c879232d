"""`affluent serve-hooks` does not start where it could not do its work."""

from __future__ import annotations

from pathlib import Path

import pytest
from prefect.settings import PREFECT_API_URL, temporary_settings

from tests.unit.cli.conftest import Affluent

NOBODY = "http://127.0.0.1:9/api"


@pytest.fixture
def with_hooks(config: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The settings with a header's secret."""
    text = config.read_text("utf-8").replace(
        "# hooks:\n", "hooks: {header_value: {env: A_SECRET}}\n"
    )
    config.write_text(text, "utf-8")
    monkeypatch.setenv("A_SECRET", "s3cr3t")
    return config


def refusal(affluent: Affluent, config: Path) -> str:
    result = affluent("serve-hooks", "--config", str(config))
    assert result.exit_code == 2
    assert "s3cr3t" not in result.output
    return result.stderr


def test_without_the_section_hooks(affluent: Affluent, config: Path) -> None:
    assert "fix: Add the section hooks, as in docs/bigcommerce.md." in refusal(affluent, config)


def test_without_the_secret_that_it_names(
    affluent: Affluent, with_hooks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("A_SECRET")

    assert "The environment variable A_SECRET holds no secret." in refusal(affluent, with_hooks)


def test_without_a_prefect_server(affluent: Affluent, with_hooks: Path) -> None:
    with temporary_settings(restore_defaults={PREFECT_API_URL}):
        assert "No Prefect server is named." in refusal(affluent, with_hooks)


def test_with_a_prefect_server_that_does_not_answer(affluent: Affluent, with_hooks: Path) -> None:
    with temporary_settings({PREFECT_API_URL: NOBODY}):
        assert "The Prefect server does not answer." in refusal(affluent, with_hooks)
