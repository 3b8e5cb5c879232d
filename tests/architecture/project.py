"""The project as the architecture tests see it: its rooms, their sources, its tracked files."""

from __future__ import annotations

import ast
import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
PRODUCT = ("affluent", "flows", "tasks", "connectors", "deployments")
ROOMS = (*PRODUCT, "sandbox")


@dataclass(frozen=True)
class Source:
    """One module, by its path in the project."""

    path: str
    text: str

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """Everything that the module's syntax tree holds."""
        return list(ast.walk(ast.parse(self.text, self.path)))

    @property
    def functions(self) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
        """The module's functions and methods."""
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
        return [node for node in self.nodes if isinstance(node, kinds)]

    @property
    def calls(self) -> list[ast.Call]:
        """Every call that the module makes."""
        return [node for node in self.nodes if isinstance(node, ast.Call)]


def sources(*folders: str) -> list[Source]:
    """The modules of these folders."""
    return [
        Source(str(path.relative_to(PROJECT)), path.read_text("utf-8"))
        for folder in folders
        for path in sorted((PROJECT / folder).rglob("*.py"))
    ]


def project_files() -> list[Path]:
    """Every file that is tracked, or would be."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=PROJECT, capture_output=True, check=True, text=True)
    found = {PROJECT / name for name in listed.stdout.split("\0") if name}
    return sorted(path for path in found if path.is_file())


def relative(path: Path) -> str:
    """A file's path in the project."""
    return str(path.relative_to(PROJECT))


def text_of(path: Path) -> str:
    """What a file says, as far as it is text."""
    return path.read_bytes().decode("utf-8", errors="replace")
