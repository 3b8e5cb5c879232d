"""Reading affluent.yaml: every error names the file, the line, the key and the fix."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from affluent.domain.errors import ConfigurationError
from affluent.settings.models import Settings
from affluent.settings.references import check_references

Location = tuple[str | int, ...]


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


def read_settings(path: Path) -> Settings:
    """The settings of a file. Raises SettingsInvalid with every problem at once."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise SettingsInvalid(
            [
                SettingsProblem(
                    path,
                    1,
                    "file",
                    f"cannot be read ({error.strerror}).",
                    "Write one with `affluent init`.",
                )
            ]
        ) from error
    values, lines = _parse(path, text)
    try:
        settings = Settings(**values)
    except ValidationError as error:
        raise SettingsInvalid(list(_problems(path, lines, error))) from error
    wrong = [
        SettingsProblem(path, _line(lines, one.location), _key(one.location), one.problem, one.fix)
        for one in check_references(settings)
    ]
    if wrong:
        raise SettingsInvalid(wrong)
    return settings


def _parse(path: Path, text: str) -> tuple[dict[str, Any], dict[Location, int]]:
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        values = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        problem = SettingsProblem(
            path, line, "file", f"is not YAML: {error.problem}.", "Mend the indentation or quotes."
        )
        raise SettingsInvalid([problem]) from error
    if not isinstance(values, dict) or node is None:
        problem = SettingsProblem(
            path, 1, "file", "holds no settings.", "Write one with `affluent init`."
        )
        raise SettingsInvalid([problem])
    return values, dict(_lines(node, ()))


def _lines(node: yaml.Node, location: Location) -> Iterator[tuple[Location, int]]:
    """The line of every key and every entry."""
    yield location, node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = (*location, key.value)
            yield from _lines(value, inner)
            yield inner, key.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from _lines(value, (*location, index))


def _line(lines: dict[Location, int], location: Location) -> int:
    """The line of a place in the file, or of the nearest place around it that exists."""
    texts = tuple(part if isinstance(part, int) else str(part) for part in location)
    while texts and texts not in lines:
        texts = texts[:-1]
    return lines.get(texts, 1)


def _problems(
    path: Path, lines: dict[Location, int], error: ValidationError
) -> Iterator[SettingsProblem]:
    for detail in error.errors(include_url=False):
        location: Location = tuple(detail["loc"])
        problem, fix = _words(detail["type"], detail["msg"], location)
        yield SettingsProblem(path, _line(lines, location), _key(location), problem, fix)


def _words(kind: str, message: str, location: Location) -> tuple[str, str]:
    if kind == "extra_forbidden":
        near = get_close_matches(str(location[-1]), _all_keys(), n=1)
        hint = f"Did you mean {near[0]}?" if near else "Remove it."
        return "is not a setting.", hint
    if kind == "missing":
        return "is missing.", "Add it; `affluent init` shows where."
    return f"{message.removeprefix('Value error, ')}.", "See `affluent config schema`."


def _all_keys() -> list[str]:
    names: set[str] = set(Settings.model_fields)
    for section in BaseModel.__subclasses__():
        for model in [section, *section.__subclasses__()]:
            if model.__module__.startswith("affluent.settings"):
                names.update(model.model_fields)
    return sorted(names)


def _key(location: Location) -> str:
    return ".".join(map(str, location)) or "file"
