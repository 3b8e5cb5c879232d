"""init, config, db, errors and sandbox."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from affluent.cli.init import settings_template
from affluent.cli.sandbox import handed_on
from tests.unit.cli.conftest import Affluent


def test_init_writes_the_template(affluent: Affluent, tmp_path: Path) -> None:
    result = affluent("init")

    assert result.exit_code == 0
    assert (tmp_path / "affluent.yaml").read_text(encoding="utf-8") == settings_template()


def test_init_overwrites_only_when_forced(affluent: Affluent, tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text("mine", encoding="utf-8")

    refused = affluent("init", "mine.yaml")
    after_refusal = mine.read_text(encoding="utf-8")
    forced = affluent("init", "mine.yaml", "--force")

    assert (refused.exit_code, after_refusal) == (2, "mine")
    assert "overwrite it with --force" in refused.stderr
    assert (forced.exit_code, mine.read_text(encoding="utf-8")) == (0, settings_template())


def test_init_says_why_it_cannot_write(affluent: Affluent) -> None:
    result = affluent("init", "nowhere/affluent.yaml")

    assert result.exit_code == 2
    assert "cannot be written: No such file or directory." in result.stderr


def test_config_schema_is_a_json_schema(affluent: Affluent) -> None:
    schema = json.loads(affluent("config", "schema").stdout)

    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["properties"]["selling_lists"]["description"]


def test_db_upgrade_says_from_where_to_where(affluent: Affluent) -> None:
    affluent("init")

    first = affluent("db", "upgrade")
    second = affluent("db", "upgrade")
    third = json.loads(affluent("db", "upgrade", "--json").stdout)

    assert first.stdout.startswith("The database went from revision none to ")
    assert second.stdout.endswith(" already.\n")
    assert third["from"] == third["to"] is not None


def test_errors_explains_one_message(affluent: Affluent) -> None:
    message = "number_of_items: 'number_of_items' is required but not supplied.(90220)"

    told = affluent("errors", message)
    entry = json.loads(affluent("errors", message, "--json").stdout)

    assert told.exit_code == 0
    assert f"fix: {entry['fix']}" in told.stdout
    assert "90220" in entry["codes"]


def test_errors_lists_the_whole_book(affluent: Affluent) -> None:
    book = json.loads(affluent("errors", "--json").stdout)

    assert {entry["title"] for entry in book} >= {"The brand is restricted"}
    assert "The brand is restricted" in affluent("errors").stdout


def test_errors_does_not_pretend_to_know(affluent: Affluent) -> None:
    result = affluent("errors", "something that nobody ever said")

    assert result.exit_code == 1
    assert "does not know this message" in result.stderr


def test_the_sandbox_gets_the_options_that_are_set() -> None:
    options = {"host": "::1", "amazon_port": 0, "tls": True, "catalog": None, "record": Path("r")}

    assert handed_on(options) == ["--host", "::1", "--amazon-port", "0", "--tls", "--record", "r"]


def test_the_sandbox_starts_as_the_same_process_and_says_where_it_is() -> None:
    ports = [f"--{name}-port=0" for name in ("amazon", "bigcommerce", "admin")]
    command = [Path(sys.executable).with_name("affluent"), "sandbox", *ports, "--idle-exit=1"]

    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)

    ready = json.loads(done.stdout)
    assert {"amazon", "lwa", "bigcommerce", "admin", "credentials"} <= ready.keys()


def test_the_sandbox_refuses_a_port_that_cannot_be(affluent: Affluent) -> None:
    result = affluent("sandbox", "--admin-port", "70000")

    assert result.exit_code == 2
    assert "--admin-port" in result.stderr
