"""The rules of the house: each takes a module and names the lines that break it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Final

from tests.architecture.project import Source

LONGEST_FILE: Final = 300
LONGEST_FUNCTION: Final = 60
#: What nineteen functions of twenty must stay within.
LONG_FUNCTION: Final = 40

VAGUE_NAMES: Final = {"utils", "helpers", "common", "manager", "base", "misc"}

#: Where a float is a number of seconds, or the wire's own form of an exact number.
MAY_MAKE_FLOATS: Final = {
    "affluent/domain/money.py",
    "connectors/amazon/auth.py",
    "connectors/http/quota.py",
    "connectors/http/retry.py",
    "connectors/http/token_buckets.py",
}
_MONEY: Final = re.compile(r"price|amount|cost|total|money|charge|discount|_tax\b")

#: Where something leaves for a vendor. Each of these modules answers to the ledger.
MAY_WRITE_OUTSIDE: Final = {
    "affluent/cancellations/acknowledging.py",
    "affluent/cancellations/apply.py",
    "affluent/orders/creation.py",
    "affluent/orders/shortage.py",
    "affluent/shipments/apply.py",
    "affluent/submissions/feed.py",
    "affluent/submissions/single.py",
}
_WRITES: Final = {
    ("listings", "put"),
    ("listings", "patch"),
    ("feeds", "create"),
    ("acknowledgements", "create"),
    ("orders", "create"),
    ("orders", "change"),
    ("orders", "confirm"),
    ("stock", "raise_by"),
}

_EXEMPTION: Final = re.compile(
    r"# (?:type: ignore|noqa)(?:\[[\w, -]+\]|: ?[A-Z]+\d+(?:, ?[A-Z]+\d+)*)?"
)


def long_files(source: Source) -> Iterator[str]:
    """A file is read in one sitting."""
    lines = len(source.text.splitlines())
    if lines > LONGEST_FILE:
        yield f"{source.path}: {lines} lines"


def long_functions(source: Source) -> Iterator[str]:
    """A function fits on a screen."""
    for function in source.functions:
        if lines_of(function) > LONGEST_FUNCTION:
            yield f"{_place(source, function)} {function.name} has {lines_of(function)} lines"


def vague_names(source: Source) -> Iterator[str]:
    """A module is called after what it holds."""
    for part in PurePath(source.path).with_suffix("").parts:
        if part in VAGUE_NAMES:
            yield f"{source.path}: {part}"


def floats(source: Source) -> Iterator[str]:
    """Money is Decimal, or text on the wire."""
    for node in source.nodes:
        match node:
            case ast.Call(func=ast.Name("float")) if source.path not in MAY_MAKE_FLOATS:
                yield f"{_place(source, node)} float()"
            case (
                ast.arg(arg=name, annotation=ast.Name("float"))
                | ast.AnnAssign(target=ast.Name(name), annotation=ast.Name("float"))
                | ast.FunctionDef(name=name, returns=ast.Name("float"))
            ) if _MONEY.search(name):
                yield f"{_place(source, node)} {name} is a float"


def naive_datetimes(source: Source) -> Iterator[str]:
    """A moment knows its time zone."""
    for call in source.calls:
        match call:
            case ast.Call(func=ast.Attribute(attr="utcnow" | "utcfromtimestamp" | "today")):
                yield f"{_place(source, call)} {ast.unparse(call)}"
            case ast.Call(
                func=ast.Attribute(value=ast.Name("datetime"), attr="now"), args=[], keywords=[]
            ):
                yield f"{_place(source, call)} {ast.unparse(call)}"
            case ast.Call(func=ast.Attribute(attr="fromtimestamp"), args=[_], keywords=[]):
                yield f"{_place(source, call)} {ast.unparse(call)}"


def prints(source: Source) -> Iterator[str]:
    """What is for people goes through the command's console, the rest into the log."""
    for call in source.calls:
        if isinstance(call.func, ast.Name) and call.func.id == "print":
            yield f"{_place(source, call)} print()"


def unexplained_exemptions(source: Source) -> Iterator[str]:
    """Who silences a checker says which and why, on the same line."""
    for number, line in enumerate(source.text.splitlines(), start=1):
        exemption = _EXEMPTION.search(line)
        if exemption and not line[exemption.end() :].strip(" #"):
            yield f"{source.path}:{number} {exemption[0]}"


def writes_past_the_ledger(source: Source) -> Iterator[str]:
    """Nothing leaves for a vendor that the ledger does not know of."""
    writes = [node for node in source.nodes if _is_write(node)]
    has_ledger = any(
        isinstance(node, ast.Attribute) and node.attr == "ledger" for node in source.nodes
    )
    if source.path in MAY_WRITE_OUTSIDE and has_ledger:
        return
    for node in writes:
        yield f"{_place(source, node)} {ast.unparse(node)}"


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The length of a function without its decorators."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def _is_write(node: ast.AST) -> bool:
    match node:
        case ast.Attribute(value=ast.Attribute(attr=port) | ast.Name(port), attr=method):
            return (port, method) in _WRITES
    return False


def _place(source: Source, node: ast.AST) -> str:
    return f"{source.path}:{getattr(node, 'lineno', 0)}"
