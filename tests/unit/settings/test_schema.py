"""The template, the schema for editors and the reference speak of the same keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from affluent.cli.init import settings_template
from affluent.settings.document import read_settings
from affluent.settings.schema import settings_schema
from tests.unit.settings.files import write

_REFERENCE = Path(__file__).resolve().parents[3] / "docs" / "configuration.md"


def _properties() -> Iterator[tuple[str, dict[str, Any]]]:
    schema = settings_schema()
    for section in [schema, *schema["$defs"].values()]:
        yield from section.get("properties", {}).items()


def test_the_template_is_valid_as_it_is(tmp_path: Path) -> None:
    settings = read_settings(write(tmp_path, settings_template()))

    assert settings.accounts[0].marketplaces == ("US",)


def test_the_template_satisfies_the_schema() -> None:
    schema = settings_schema()
    jsonschema.Draft202012Validator.check_schema(schema)

    jsonschema.Draft202012Validator(schema).validate(yaml.safe_load(settings_template()))


@pytest.mark.parametrize(
    "content",
    [
        {"store": {}, "accounts": []},
        {"accounts": []},
        {"store": {"hash": "a", "access_token": "text"}, "accounts": []},
        {"store": {"hash": "a", "access_token": {"env": "A"}, "more": 1}, "accounts": []},
    ],
)
def test_the_schema_refuses_what_reading_refuses(content: dict[str, Any]) -> None:
    validator = jsonschema.Draft202012Validator(settings_schema())

    assert not validator.is_valid(content)


def test_every_key_says_what_it_is_for() -> None:
    # A section's own description stands with the section.
    described = {"description", "$ref"}

    assert [name for name, schema in _properties() if not described & schema.keys()] == []


def test_the_template_shows_every_key() -> None:
    template = settings_template()
    explained_in_words = {
        "env",
        "block",
        "constant",
        "field",
        "custom_field",
        "metafield",
        "option",
    }

    missing = [name for name, _ in _properties() if f"{name}:" not in template]

    assert set(missing) <= explained_in_words
    assert all(name in template for name in missing)


def test_the_reference_names_every_key() -> None:
    reference = _REFERENCE.read_text(encoding="utf-8")

    assert [name for name, _ in _properties() if f"`{name}`" not in reference] == []
