"""The sandbox: no loop, no call, no attribute of Python's, and nothing that grows without bound.

Jinja's own sandbox stops the reach into Python, not a template that runs or grows for ever. Without
loops, calls and variables of its own, the time of a template is that of its length, and its filters
look at the size of what they would make before they make it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, Final

from jinja2 import StrictUndefined, filters, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

#: The most characters that a template, a filter of it, or its outcome may have.
MOST_CHARACTERS: Final = 100_000

_MOST_DECIMALS: Final = 9

#: What a template may be made of; everything else is refused before it is compiled.
ALLOWED_NODES: Final = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Const,
    nodes.Getattr,
    nodes.Getitem,
    nodes.Slice,
    nodes.Filter,
    nodes.Test,
    nodes.Keyword,
    nodes.CondExpr,
    nodes.If,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Add,
    nodes.Sub,
    nodes.Mul,
    nodes.Div,
    nodes.FloorDiv,
    nodes.Mod,
    nodes.Neg,
    nodes.Pos,
    nodes.Concat,
    nodes.List,
    nodes.Tuple,
)

ALLOWED_TESTS: Final = frozenset({"defined", "undefined", "in", "number", "string"})


class Named:
    """What a template looks up by name: options, custom fields, metafields."""

    def __init__(self, kind: str, values: Mapping[str, str]) -> None:
        self.kind = kind
        self.values = values


class Missing(StrictUndefined):
    """What a product does not have: false in a condition, and an error where it would be shown."""

    def __bool__(self) -> bool:  # type: ignore[override]  # Jinja's own raises
        return False


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's environment as the templates of a merchant have it."""

    intercepted_binops = frozenset({"*", "%"})

    def __init__(self) -> None:
        super().__init__(undefined=Missing, optimized=False, cache_size=0)
        self.filters = _FILTERS.copy()
        self.tests = {name: self.tests[name] for name in ALLOWED_TESTS}
        self.globals = {}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A name of what the product has; never an attribute of a Python object."""
        if isinstance(obj, Named):
            found = obj.values.get(attribute, "")
            return found if found.strip() else self.undefined(name=f"{obj.kind} {attribute}")
        return self.undefined(name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """The same by its name in brackets, or a part of a text or list."""
        if isinstance(obj, Named):
            return self.getattr(obj, str(argument))
        if isinstance(obj, str | list) and isinstance(argument, int | slice):
            try:
                return obj[argument]
            except IndexError:
                return self.undefined(name=f"part {argument}")
        return self.undefined(name=str(argument))

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Texts are neither multiplied nor formatted: both can make a gigabyte of nothing."""
        if not all(isinstance(one, int | float | Decimal) for one in (left, right)):
            raise SecurityError(f"{operator} is for numbers alone")
        return super().call_binop(context, operator, left, right)


@cache
def sandbox() -> Sandbox:
    """The one environment of the process."""
    return Sandbox()


def _bounded(length: int) -> None:
    if length > MOST_CHARACTERS:
        raise SecurityError(f"it would make more than {MOST_CHARACTERS:,} characters")


def _replace(text: object, old: object, new: object) -> str:
    whole, before, after = str(text), str(old), str(new)
    _bounded(len(whole) + whole.count(before) * len(after))
    return whole.replace(before, after)


def _join(values: Sequence[object], separator: object = "") -> str:
    texts, between = [str(value) for value in values], str(separator)
    _bounded(sum(map(len, texts)) + len(texts) * len(between))
    return between.join(texts)


def _split(text: object, separator: object = " ") -> list[str]:
    parts = str(text).split(str(separator))
    return [part.strip() for part in parts if part.strip()]


def _number(value: object) -> Decimal:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        raise SecurityError("it is no number") from None
    _bounded(abs(number.adjusted()))
    return number


def _round(value: object, decimals: int = 0) -> Decimal:
    places = min(max(int(decimals), 0), _MOST_DECIMALS)
    return round(_number(value), places)


def _cut(text: object, length: int) -> str:
    return str(text)[: max(int(length), 0)]


_FILTERS: Final[dict[str, Callable[..., Any]]] = {
    **{
        name: filters.FILTERS[name]
        for name in ("lower", "upper", "capitalize", "title", "trim", "default", "first", "last")
    },
    "length": len,
    "replace": _replace,
    "join": _join,
    "split": _split,
    "number": _number,
    "round": _round,
    "cut": _cut,
}
