"""A stricter schema that tells in one native pass that an item is certainly without fault.

Amazon's five keywords and the rule on blank texts cannot be said in JSON Schema, but what surely
keeps them can: an array no longer than maxUniqueItems holds no combination more often than that.
Nearly every item passes; one that does not is judged in full, and may still be found valid.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

_PARTS: Final = ("properties", "$defs")
_NO_BLANKS: Final = "affluent_no_blanks"
#: What Python strips is blank to us; JSON Schema's \s does not know all of it.
_NOT_BLANK: Final = r"[^\s\x1c-\x1f\x85]"
_ASCII: Final = r"^[\x00-\x7f]*$"
_LONGEST_CHARACTER_BYTES: Final = 4

_WITHOUT_TEXT: Final = ("boolean", "integer", "number", "null")
_EVERYWHERE: Final = {"$ref": f"#/$defs/{_NO_BLANKS}"}

Schema = dict[str, Any]


def certain_schema(schema: Mapping[str, Any]) -> Schema:
    """The stricter form of a product-type schema."""
    strict = _strict(schema)
    no_blanks = {
        "pattern": _NOT_BLANK,
        "items": _EVERYWHERE,
        "additionalProperties": _EVERYWHERE,
    }
    return strict | {"$defs": {**strict.get("$defs", {}), _NO_BLANKS: no_blanks}}


def _strict(part: Mapping[str, Any]) -> Schema:
    strict = dict(part)
    for name in _PARTS:
        if name in part:
            strict[name] = {
                key: _strict(value) if isinstance(value, Mapping) else value
                for key, value in part[name].items()
            }
    if isinstance(part.get("items"), Mapping):
        strict["items"] = _strict(part["items"])
    rules = [rule(part) for name, rule in _RULES.items() if name in part]
    rules += _blankness(part)
    if rules:
        strict["allOf"] = [*part.get("allOf", ()), *rules]
    return strict


def _blankness(part: Mapping[str, Any]) -> list[Schema]:
    """What must hold beside the part's own rules so that no text in it is blank."""
    if "$ref" in part or isinstance(part.get("items"), Mapping):
        return []
    if "properties" in part:
        if part.get("additionalProperties") is False:
            return []
        others = {"properties": dict.fromkeys(part["properties"], True)}
        return [{**others, "additionalProperties": _EVERYWHERE}]
    if part.get("type") in _WITHOUT_TEXT or _names_no_blank(part):
        return []
    return [{"pattern": _NOT_BLANK} if part.get("type") == "string" else _EVERYWHERE]


def _names_no_blank(part: Mapping[str, Any]) -> bool:
    options = part.get("enum", ())
    return bool(options) and all(str(option).strip() for option in options)


def _at_most_bytes(part: Mapping[str, Any]) -> Schema:
    most = part["maxUtf8ByteLength"]
    short = {"maxLength": most // _LONGEST_CHARACTER_BYTES}
    return {"anyOf": [short, {"maxLength": most, "pattern": _ASCII}]}


def _each_often_enough(part: Mapping[str, Any]) -> Schema:
    least = part["minUniqueItems"]
    return {"minItems": least} if least <= 1 else {"maxItems": 0, "minItems": 1}


_RULES: Final[Mapping[str, Callable[[Mapping[str, Any]], Schema]]] = {
    "maxUniqueItems": lambda part: {"maxItems": part["maxUniqueItems"]},
    "minUniqueItems": _each_often_enough,
    "maxUtf8ByteLength": _at_most_bytes,
    "minUtf8ByteLength": lambda part: {"minLength": part["minUtf8ByteLength"]},
}
