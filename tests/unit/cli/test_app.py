"""The command as a whole: quick to help, one line of help a subcommand, failures in words."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from affluent.cli.app import COMMANDS, app
from affluent.cli.lazy import LazyCommand
from tests.unit.cli.conftest import Affluent

_SLOW = ("prefect", "great_expectations", "pandas", "sqlalchemy", "httpx", "pydantic")


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: str(command.name))
def test_the_list_of_commands_says_what_each_says_of_itself(command: LazyCommand) -> None:
    own_help = command.load().help

    assert own_help.splitlines()[0] == command.help


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: str(command.name))
def test_every_subcommand_has_help(command: LazyCommand) -> None:
    result = CliRunner().invoke(app, [str(command.name), "--help"])

    assert result.exit_code == 0
    assert "Usage:" in result.output


def test_help_imports_nothing_slow() -> None:
    code = (
        "import sys; from affluent.cli.app import app\n"
        "try: app(['--help'])\n"
        f"finally: print(sorted(set({_SLOW!r}) & set(sys.modules)))"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )

    assert done.stdout.splitlines()[-1] == "[]"


def test_the_installed_command_answers() -> None:
    command = Path(sys.executable).with_name("affluent")

    done = subprocess.run(
        [command, "--help"], capture_output=True, text=True, timeout=60, check=True
    )

    assert all(f" {one.name} " in done.stdout for one in COMMANDS)


def test_a_failure_of_the_settings_is_told_in_words_and_exits_with_2(affluent: Affluent) -> None:
    result = affluent("db", "upgrade")

    assert result.exit_code == 2
    assert result.stderr.startswith("affluent.yaml:1: file: cannot be read")
    assert "Traceback" not in result.output


def test_a_database_that_does_not_answer_is_told_without_its_password(
    affluent: Affluent, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AFFLUENT_DATABASE", "postgresql+psycopg://me:s3cr3t@127.0.0.1:9/none")

    result = affluent("db", "upgrade", "--config", str(config))

    assert result.exit_code == 2
    assert result.stderr.startswith("The store's database cannot be opened.")
    assert "fix: Check `database` in the settings" in result.stderr
    assert "s3cr3t" not in result.output
