"""Settings files for tests: the template that `affluent init` writes, and variations of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from affluent.cli.init import settings_template
from affluent.settings.document import read_settings
from affluent.settings.problems import SettingsInvalid, SettingsProblem


def with_line(text: str, line: str) -> int:
    """The number of the first line that holds this text."""
    return next(number for number, row in enumerate(text.splitlines(), 1) if line in row)


def template_with(old: str, new: str) -> str:
    """The template with one piece replaced, which must be there."""
    template = settings_template()
    assert template.count(old) >= 1, old
    return template.replace(old, new, 1)


def write(folder: Path, content: str | dict[str, Any]) -> Path:
    """A settings file with this content."""
    path = folder / "affluent.yaml"
    text = content if isinstance(content, str) else yaml.safe_dump(content, sort_keys=False)
    path.write_text(text, encoding="utf-8")
    return path


def problems_of(path: Path) -> tuple[SettingsProblem, ...]:
    """What reading the file complains of."""
    with pytest.raises(SettingsInvalid) as caught:
        read_settings(path)
    return caught.value.problems
