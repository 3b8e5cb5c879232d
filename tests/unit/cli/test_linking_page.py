"""The commands of docs/linking.md exist, with the options that it gives them."""

from __future__ import annotations

import re
import shlex

import pytest

from affluent.cli.run import FLOWS
from tests.architecture.project import PROJECT
from tests.unit.cli.conftest import Affluent

PAGE = (PROJECT / "docs/linking.md").read_text("utf-8")
COMMANDS = re.findall(r"^ *(affluent .+)$", PAGE, re.MULTILINE)


def test_the_page_has_commands() -> None:
    assert len(COMMANDS) >= 8


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_of_the_page_exists(affluent: Affluent, line: str) -> None:
    _, command, *words = shlex.split(line)

    told = affluent(command, "--help")

    assert told.exit_code == 0
    assert [word for word in words if word.startswith("--") and word not in told.output] == []
    assert command != "run" or words[0] in FLOWS
