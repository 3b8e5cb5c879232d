"""Every mistake in affluent.yaml is one error, which names file, line, key and fix."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import NamedTuple

import pytest

from affluent.cli.init import settings_template
from affluent.settings.document import read_settings
from affluent.settings.problems import SettingsInvalid
from tests.unit.settings.files import problems_of, template_with, with_line, write


class Case(NamedTuple):
    """A piece of the template, what stands there instead, and the one error that follows."""

    old: str
    new: str
    key: str
    says: str


_CASES = {
    "unknown key": Case(
        "channel_id: 1", "chanel_id: 1", "store.chanel_id", "Did you mean channel_id?"
    ),
    "unknown key at the top": Case(
        "sku_mapping: {}", "sku_maping: {}", "sku_maping", "Did you mean sku_mapping?"
    ),
    "unknown key in a list": Case(
        "    send: auto",
        "    transport: auto",
        "selling_lists.0.transport",
        "is not a setting. Remove it; known are name, account, marketplace",
    ),
    "missing key": Case("  hash: abc123\n", "", "store.hash", "is missing. Add it: The store hash"),
    "secret as text": Case(
        "{env: BIGCOMMERCE_ACCESS_TOKEN}",
        "s3cr3t-value",
        "store.access_token",
        "must not be the secret itself. Keep it in an environment variable",
    ),
    "secret in place of a name": Case(
        "{env: AMAZON_REFRESH_TOKEN}",
        "{env: Atzr|s3cr3t-value}",
        "accounts.0.refresh_token.env",
        "is not the name of an environment variable.",
    ),
    "secret with two places": Case(
        "{env: AMAZON_CLIENT_ID}",
        "{env: A, block: b}",
        "accounts.0.client_id",
        "must name either env or block.",
    ),
    "secret without a place": Case(
        "{env: AMAZON_CLIENT_ID}", "{}", "accounts.0.client_id", "must name either env or block."
    ),
    "unknown key in a secret": Case(
        "{env: AMAZON_CLIENT_ID}",
        "{enw: AMAZON_CLIENT_ID}",
        "accounts.0.client_id.enw",
        "Did you mean env?",
    ),
    "unknown marketplace": Case(
        "marketplaces: [US]",
        "marketplaces: [US, XX]",
        "accounts.0.marketplaces.1",
        "there is no marketplace XX. Use one of US, CA",
    ),
    "marketplace of another region": Case(
        "marketplaces: [US]",
        "marketplaces: [US, DE]",
        "accounts.0.marketplaces.1",
        "DE is a marketplace of region eu, not of na. Remove it, or make an account",
    ),
    "no marketplace": Case(
        "marketplaces: [US]",
        "marketplaces: []",
        "accounts.0.marketplaces",
        "names none. Name at least one of the region.",
    ),
    "unknown region": Case(
        "region: na", "region: us", "accounts.0.region", "Amazon's selling region: na, eu or fe."
    ),
    "no region": Case(
        "    region: na\n", "", "accounts.0.region", "is missing. Add the region: na, eu or fe."
    ),
    "clock of the sandbox": Case(
        "    region: na\n",
        "    region: na\n    clock_speed: 60\n",
        "accounts.0.clock_speed",
        "is for a sandbox on this machine. Remove it",
    ),
    "number for text": Case(
        "seller_id: A1EXAMPLESELLER",
        "seller_id: 12345",
        "accounts.0.seller_id",
        "must be text. Put the value in quotes.",
    ),
    "text for a number": Case(
        "status_id: 11",
        "status_id: eleven",
        "orders.status_id",
        "Expected: BigCommerce's status; 11 is Awaiting Fulfillment.",
    ),
    "webhooks that prove nothing": Case(
        "# hooks:\n",
        "hooks: {header_name: X-Secret}\n",
        "hooks",
        "lets anybody call. Name a client_secret, a header_value, or best both.",
    ),
    "header that is none": Case(
        "# hooks:\n",
        "hooks: {header_value: {env: A}, header_name: 'X Secret'}\n",
        "hooks.header_name",
        "Expected: The header in which the store sends the secret back.",
    ),
    "rule without a source": Case(
        "brand: {field: brand}",
        "brand: {unit: inches}",
        "creation_profiles.luggage.attributes.brand",
        "must name a source. Name one or more of option, custom_field",
    ),
    "metafield of a namespace that is not read": Case(
        "brand: {field: brand}",
        "brand: {metafield: amazon.brand}",
        "creation_profiles.luggage.attributes.brand.metafield",
        "amazon.brand is in no namespace that is read. Write it as namespace.key, and add",
    ),
    "two namespaces in one": Case(
        "metafields: []",
        "metafields: ['amazon,shop']",
        "store.metafields.0",
        "Expected: ",
    ),
    "account that is not there": Case(
        "account: north-america",
        "account: europe",
        "selling_lists.0.account",
        "europe is not defined. Known are: north-america.",
    ),
    "marketplace that the account lacks": Case(
        "    marketplace: US",
        "    marketplace: CA",
        "selling_lists.0.marketplace",
        "CA is not a marketplace of account north-america. Use one of US",
    ),
    "profile that is not there": Case(
        "{0: luggage}",
        "{0: shoes}",
        "selling_lists.0.creation_profiles.0",
        "shoes is not defined. Known are: luggage.",
    ),
    "key written twice": Case(
        "  channel_id: 1",
        "  channel_id: 1\n  hash: again",
        "store.hash",
        "stands here again, after line",
    ),
    "key written twice on one line": Case(
        "{env: AMAZON_CLIENT_ID}",
        "{env: A, env: B}",
        "accounts.0.client_id.env",
        "stands here again",
    ),
    "no YAML": Case("marketplaces: [US]", "marketplaces: [US", "file", "is not YAML:"),
}
#: Where a key is missing, the error stands at what it is missing in.
_NEAREST_LINE = {
    "missing key": "store:",
    "no region": "- name: north-america",
    "clock of the sandbox": "clock_speed: 60",
    "key written twice": "hash: again",
    "no YAML": "order_types:",
}


@pytest.mark.parametrize("name", _CASES)
def test_a_mistake_is_one_error_with_line_key_and_fix(name: str, tmp_path: Path) -> None:
    case = _CASES[name]
    text = template_with(case.old, case.new)
    path = write(tmp_path, text)

    (problem,) = problems_of(path)

    assert (problem.file, problem.key) == (path, case.key)
    assert problem.line == with_line(text, _NEAREST_LINE.get(name, case.new.strip()))
    assert case.says in str(problem)
    assert str(problem).startswith(f"{path}:{problem.line}: {case.key}: ")
    assert problem.fix


def test_several_mistakes_are_told_at_once(tmp_path: Path) -> None:
    text = template_with("channel_id: 1", "chanel_id: 1").replace("[US]", "[XX]")
    text = text.replace("status_id: 11", "status_id: eleven")

    assert [problem.key for problem in problems_of(write(tmp_path, text))] == [
        "store.chanel_id",
        "accounts.0.marketplaces.0",
        "orders.status_id",
    ]


def test_two_lists_of_one_name_are_an_error(tmp_path: Path) -> None:
    text = template_with("name: Everything in the US", "name: Twice")
    text = text.replace(
        "# Offer profiles",
        "  - {name: Twice, account: north-america, marketplace: US}\n# Offer profiles",
        1,
    )

    (problem,) = problems_of(write(tmp_path, text))

    assert (problem.key, problem.line) == ("selling_lists.1.name", with_line(text, "{name: Twice"))


@pytest.mark.parametrize("name", ["secret as text", "secret in place of a name", "no YAML"])
def test_no_error_repeats_what_may_be_a_secret(name: str, tmp_path: Path) -> None:
    case = _CASES[name]
    text = template_with(case.old, case.new).replace("abc123", "s3cr3t-value")

    with pytest.raises(SettingsInvalid) as caught:
        read_settings(write(tmp_path, text))

    assert "s3cr3t" not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "holds no settings. Write one with `affluent init`."),
        ("- 1\n", "holds no settings."),
        ("a: \x07\n", "holds characters that YAML forbids."),
        ("a: &loop [*loop]\n", "is nested too deeply."),
    ],
)
def test_a_file_that_is_no_settings_is_one_error(content: str, says: str, tmp_path: Path) -> None:
    (problem,) = problems_of(write(tmp_path, content))

    assert says in str(problem)


def test_a_file_that_is_not_there_is_one_error(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path / "affluent.yaml")

    assert "cannot be read (No such file or directory)." in str(problem)


def test_a_file_in_another_encoding_is_one_error(tmp_path: Path) -> None:
    path = tmp_path / "affluent.yaml"
    path.write_bytes("store: {hash: Größe}".encode("latin-1"))

    (problem,) = problems_of(path)

    assert "is not text in UTF-8." in str(problem)


def test_a_sku_that_looks_like_a_date_stays_text(tmp_path: Path) -> None:
    path = write(tmp_path, template_with("    skus: []", "    skus: [2024-13-45, 2026-01-31]"))

    assert read_settings(path).selling_lists[0].skus == {"2024-13-45", "2026-01-31"}


def test_the_environment_overrides_the_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AFFLUENT_DATABASE", "postgresql+psycopg://db.example/affluent")

    settings = read_settings(write(tmp_path, settings_template()))

    assert settings.database == "postgresql+psycopg://db.example/affluent"


def test_an_override_that_is_no_json_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AFFLUENT_STORE", "not JSON")

    (problem,) = problems_of(write(tmp_path, settings_template()))

    assert "Unset the AFFLUENT_ variables" in problem.fix
