"""An Amazon order as a text to be sealed, and back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields, is_dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from types import UnionType
from typing import Any, Final, get_args, get_origin, get_type_hints

from affluent.domain.order import AmazonOrder

_READ: Final[Mapping[type, Callable[[Any], Any]]] = {
    Decimal: Decimal,
    datetime: datetime.fromisoformat,
}


def text_of(order: AmazonOrder) -> str:
    """The whole order, buyer's data included."""
    return json.dumps(asdict(order), ensure_ascii=False, default=_plain, separators=(",", ":"))


def order_of(text: str) -> AmazonOrder | None:
    """The order of a text; None where another version wrote it in a form that is not ours."""
    try:
        order: AmazonOrder = _read(AmazonOrder, json.loads(text))
    except (KeyError, TypeError, ValueError, ArithmeticError):
        return None
    return order


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in a sealed order")


def _read(kind: Any, value: Any) -> Any:
    if is_dataclass(kind) and isinstance(kind, type):
        return _read_fields(kind, value)
    if isinstance(kind, UnionType):
        [inner] = [one for one in get_args(kind) if one is not type(None)]
        return None if value is None else _read(inner, value)
    if get_origin(kind) is tuple:
        return _read_tuple(get_args(kind), value)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(value)
    return _READ.get(kind, lambda plain: plain)(value)


def _read_fields(kind: type[Any], value: Mapping[str, Any]) -> Any:
    hints = get_type_hints(kind)
    known = [one.name for one in fields(kind) if one.name in value]
    return kind(**{name: _read(hints[name], value[name]) for name in known})


def _read_tuple(kinds: tuple[Any, ...], value: list[Any]) -> tuple[Any, ...]:
    if kinds[-1] is Ellipsis:
        return tuple(_read(kinds[0], one) for one in value)
    return tuple(_read(kind, one) for kind, one in zip(kinds, value, strict=True))
