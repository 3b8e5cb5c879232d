"""The YAML of a settings file, and the line of every key and entry in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from affluent.settings.problems import Mistake, SettingsInvalid, SettingsProblem

#: A location whose parts are all text, as they stand in the file.
Place = tuple[str, ...]

_TIMESTAMP: Final = "tag:yaml.org,2002:timestamp"
_INIT: Final = "Write one with `affluent init`."


class _Loader(yaml.SafeLoader):
    """YAML without dates: what looks like one is a SKU or a name here."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != _TIMESTAMP]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@dataclass(frozen=True)
class Source:
    """A settings file as it was read. `lines` is keyed by location, every part as text."""

    path: Path
    values: Mapping[str, Any]
    lines: Mapping[Place, int]

    def place(self, mistake: Mistake) -> SettingsProblem:
        """A mistake with its line, or that of the nearest place around it that exists."""
        texts = tuple(map(str, mistake.location))
        place = texts
        while place and place not in self.lines:
            place = place[:-1]
        key = ".".join(texts) or "file"
        line = self.lines.get(place, 1)
        return SettingsProblem(self.path, line, key, mistake.problem, mistake.fix)


def read_source(path: Path) -> Source:
    """The content of a file. Raises SettingsInvalid where it is no YAML or repeats a key."""
    places, values = _parse(path, _read(path))
    if not isinstance(values, dict):
        raise _unusable(path, 1, "holds no settings.", _INIT)
    lines: dict[Place, int] = {}
    repeated = []
    for place, line in places:
        if place in lines:
            problem = f"stands here again, after line {lines[place]}."
            repeated.append(
                SettingsProblem(path, line, ".".join(place), problem, "Keep one of them.")
            )
        lines.setdefault(place, line)
    if repeated:
        raise SettingsInvalid(repeated)
    return Source(path, {str(key): value for key, value in values.items()}, lines)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise _unusable(path, 1, f"cannot be read ({error.strerror}).", _INIT) from error
    except UnicodeDecodeError:
        raise _unusable(path, 1, "is not text in UTF-8.", "Save it as UTF-8.") from None


def _parse(path: Path, text: str) -> tuple[list[tuple[Place, int]], Any]:
    # The errors quote the text around them, which may hold a secret: they are not kept as cause.
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        places = list(_places(node, ()))
        return places, loader.construct_document(node) if node else None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        problem, fix = f"is not YAML: {error.problem}.", "Mend the indentation or the quotes."
    except yaml.YAMLError:
        line, problem, fix = 1, "holds characters that YAML forbids.", "Remove them."
    except RecursionError:
        line, problem, fix = 1, "is nested too deeply.", "Write it flat."
    raise _unusable(path, line, problem, fix)


def _unusable(path: Path, line: int, problem: str, fix: str) -> SettingsInvalid:
    return SettingsInvalid([SettingsProblem(path, line, "file", problem, fix)])


def _places(node: yaml.Node | None, place: Place) -> Iterator[tuple[Place, int]]:
    """The line of every key and entry; of a key that is repeated, without what stands in it."""
    if isinstance(node, yaml.SequenceNode):
        for index, entry in enumerate(node.value):
            inner = (*place, str(index))
            yield inner, _line(entry)
            yield from _places(entry, inner)
    elif isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            inner = (*place, str(key.value))
            yield inner, _line(key)
            if inner not in seen:
                yield from _places(value, inner)
            seen.add(inner)


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
