"""What is locked, by hash and without an address, and why each package is needed at all."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.architecture.project import PROJECT, project_files, relative, text_of

# Put together here, so that this file does not hold them itself.
REGISTRIES = [
    f"{name}.{domain}"
    for name, domain in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("anaconda", "org"),
        ("yarnpkg", "com"),
    )
]
DECISIONS = PROJECT / "docs/decisions.md"
DECLARED = tomllib.loads(text_of(PROJECT / "pyproject.toml"))
GROUPS = DECLARED["dependency-groups"]
RUNTIME = [Requirement(one) for one in (*DECLARED["project"]["dependencies"], *GROUPS["build"])]
DEVELOPMENT = [Requirement(one) for one in GROUPS["dev"] if isinstance(one, str)]
LOCKS = sorted((PROJECT / "requirements").glob("*.txt"))


def test_no_file_names_a_package_registry() -> None:
    found = [
        relative(path)
        for path in project_files()
        if any(registry in text_of(path) for registry in REGISTRIES)
    ]

    assert found == []


@pytest.mark.parametrize("lock", LOCKS, ids=relative)
def test_a_lock_holds_versions_and_hashes_and_no_address(lock: Path) -> None:
    locked = [block for block in re.split(r"\n(?=\S)", text_of(lock)) if not block.startswith("#")]

    assert locked
    assert [block for block in locked if "==" not in block or "--hash=sha256:" not in block] == []
    assert re.findall(r"\w+://|--(?:extra-)?index-url|--find-links", text_of(lock)) == []


def test_the_locks_fit_the_project() -> None:
    assert unlocked(RUNTIME, "runtime") == []
    assert unlocked(RUNTIME + DEVELOPMENT, "dev") == []


def unlocked(requirements: list[Requirement], lock: str) -> list[str]:
    """What is asked for and not locked, or at a version that does not do."""
    locked = versions(lock)
    return [
        str(one)
        for one in requirements
        if not one.specifier.contains(locked.get(one.name.lower(), "0"), prereleases=True)
    ]


def test_both_locks_agree_on_every_version() -> None:
    assert versions("runtime").items() - versions("dev").items() == set()


def test_every_dependency_has_its_reason_and_its_version() -> None:
    rows = re.findall(r"^\| `([\w-]+)` \| ([\d.]+) \| \S", text_of(DECISIONS), re.MULTILINE)
    locked = versions("dev") | versions("uv")
    stale = [f"{name} {told}" for name, told in rows if not locked[name.lower()].startswith(told)]

    assert {one.name for one in RUNTIME + DEVELOPMENT} | {"uv"} == {name for name, _ in rows}
    assert stale == []


def versions(lock: str) -> dict[str, str]:
    """The locked version of each package, by its name."""
    text = text_of(PROJECT / f"requirements/{lock}.txt")
    return dict(re.findall(r"^([\w.-]+)(?:\[[\w,]+\])?==(\S+)", text, re.MULTILINE))
