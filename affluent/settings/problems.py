"""What is wrong in a settings file: one problem a mistake, each with its place and its fix."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pydantic_core import PydanticCustomError

from affluent.domain.errors import ConfigurationError

#: The keys and positions that lead to a value of the file.
Location = tuple[str | int, ...]

#: The type of the errors that our own validators raise, beside those of pydantic.
FLAW = "affluent"


class Mistake(NamedTuple):
    """One thing that is wrong in the settings, before its line is known."""

    location: Location
    problem: str
    fix: str


@dataclass(frozen=True, slots=True)
class SettingsProblem:
    """One thing that is wrong in the file."""

    file: Path
    line: int
    key: str
    problem: str
    fix: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.key}: {self.problem} {self.fix}"


class SettingsInvalid(ConfigurationError):
    """The file cannot be used; `problems` names everything that is wrong with it."""

    def __init__(self, problems: Sequence[SettingsProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, problems)))


def flaw(problem: str, fix: str, at: Location = ()) -> PydanticCustomError:
    """The error that a validator raises, in words of ours.

    `at` leads on from the place of the validator to the value that is wrong.
    """
    return PydanticCustomError(FLAW, "{problem}", {"problem": problem, "fix": fix, "at": at})
