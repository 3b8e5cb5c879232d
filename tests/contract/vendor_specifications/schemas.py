"""The vendors' schema dialects, Swagger 2.0 and OpenAPI 3.0, read as JSON Schema 2020-12.

The dialects differ from JSON Schema in `nullable`, in boolean exclusive bounds, in what stands
beside a `$ref`, and in `readOnly`, which depends on the direction of the body. Which schema
belongs to which body is decided in `swagger` and `openapi`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from jsonschema_rs import Draft202012Validator

from .exchanges import Vendor
from .faults import Fault, faults_of
from .formats import FORMATS

Direction = Literal["request", "response"]
Schema = Mapping[str, Any]

KEPT_AS_THEY_ARE = (
    "type", "enum", "format", "pattern", "minLength", "maxLength", "minimum", "maximum",
    "multipleOf", "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties",
)  # fmt: skip
INTEGER_RANGES = {"int32": 2**31, "int64": 2**63}
# BigCommerce's alternatives overlap: an empty list is a list of either kind of order line, so
# "exactly one" would refuse what is right.
COMPOSITIONS = {"allOf": "allOf", "anyOf": "anyOf", "oneOf": "anyOf"}
ALTERNATIVES = ("anyOf", "oneOf")


@dataclass(frozen=True)
class Document:
    """One specification file."""

    vendor: Vendor
    tree: Mapping[str, Any]

    def resolve(self, node: Mapping[str, Any]) -> Mapping[str, Any]:
        """Follow local references until a node that is none."""
        while "$ref" in node:
            target: Any = self.tree
            for step in node["$ref"].removeprefix("#/").split("/"):
                target = target[step.replace("~1", "/").replace("~0", "~")]
            node = target
        return node


@dataclass
class Shape:
    """A schema of a document, compiled when a body is first held against it."""

    document: Document
    schema: Schema
    direction: Direction

    def faults(self, instance: object) -> list[Fault]:
        """Every place where the instance does not fit, by JSON pointer."""
        return faults_of(self._validator, instance)

    @cached_property
    def _validator(self) -> Draft202012Validator:
        translation = Translation(self.document, self.direction)
        root = translation.value(self.schema)
        return Draft202012Validator(
            {"$defs": translation.definitions, "allOf": [root]},
            formats=FORMATS[self.document.vendor],
            validate_formats=True,
        )


@dataclass
class Translation:
    """Translates one schema and gathers the definitions that it refers to."""

    document: Document
    direction: Direction
    definitions: dict[str, Any] = field(default_factory=dict)
    _keys: dict[str, str] = field(default_factory=dict)

    def value(self, schema: Schema) -> dict[str, Any]:
        """The schema of a whole value: a request's object is closed, unless it says otherwise.

        A vendor answers an unknown property with an error, while both announce that answers may
        gain properties at any time.
        """
        if self.direction == "response":
            return self._member(schema)
        resolved = self.document.resolve(schema)
        if not {"properties", "allOf"} & resolved.keys() and set(ALTERNATIVES) & resolved.keys():
            return self._member(resolved, alternative=self.value)
        members = list(self._members(resolved))
        names = {name: True for member in members for name in member.get("properties", ())}
        translated = self._member(schema)
        if names and not any(member.get("additionalProperties") for member in members):
            translated["properties"] = names | translated.get("properties", {})
            translated["additionalProperties"] = False
        return translated

    def _member(
        self, schema: Schema, alternative: Callable[[Schema], dict[str, Any]] | None = None
    ) -> dict[str, Any]:
        if "$ref" in schema:
            return {"$ref": f"#/$defs/{self._definition(schema)}"}
        if schema.get("type") == "file":
            return {}
        translated = {name: schema[name] for name in KEPT_AS_THEY_ARE if name in schema}
        translated |= _bounds(schema) | _money(schema) | self._children(schema)
        if compositions := self._compositions(schema, alternative or self._member):
            translated["allOf"] = compositions
        if required := self._required(schema):
            translated["required"] = required
        return _with_null(translated) if _nullable(schema) else translated

    def _children(self, schema: Schema) -> dict[str, Any]:
        children: dict[str, Any] = {}
        if "properties" in schema:
            children["properties"] = {
                name: self.value(child) for name, child in schema["properties"].items()
            }
        if "items" in schema:
            children["items"] = self.value(schema["items"])
        if isinstance(schema.get("additionalProperties"), Mapping):
            children["additionalProperties"] = self.value(schema["additionalProperties"])
        elif schema.get("additionalProperties") is False:
            children["additionalProperties"] = False
        return children

    def _compositions(
        self, schema: Schema, alternative: Callable[[Schema], dict[str, Any]]
    ) -> list[dict[str, Any]]:
        return [
            {COMPOSITIONS[name]: [alternative(member) for member in schema[name]]}
            for name in COMPOSITIONS
            if name in schema
        ]

    def _required(self, schema: Schema) -> list[str]:
        properties = schema.get("properties", {})
        return [
            name
            for name in schema.get("required", ())
            if self.direction == "response" or not properties.get(name, {}).get("readOnly")
        ]

    def _members(self, schema: Schema) -> Iterator[Schema]:
        resolved = self.document.resolve(schema)
        yield resolved
        for name in COMPOSITIONS:
            for member in resolved.get(name, ()):
                yield from self._members(member)

    def _definition(self, reference: Schema) -> str:
        pointer = reference["$ref"]
        if pointer not in self._keys:
            key = self._keys[pointer] = f"{len(self._keys)}"
            self.definitions[key] = self._member(self.document.resolve(reference))
        return self._keys[pointer]


def _bounds(schema: Schema) -> dict[str, Any]:
    bounds: dict[str, Any] = {}
    if schema.get("type") == "integer" and schema.get("format") in INTEGER_RANGES:
        limit = INTEGER_RANGES[schema["format"]]
        bounds = {
            "minimum": schema.get("minimum", -limit),
            "maximum": schema.get("maximum", limit - 1),
        }
    for plain, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        flag = schema.get(exclusive, False)
        if flag is not False:
            bounds[exclusive] = schema[plain] if flag is True else flag
    return bounds


def _money(schema: Schema) -> dict[str, Any]:
    """BigCommerce types money as a string and says "(Float, Float-As-String, Integer)" of it."""
    described = "Float-As-String" in (schema.get("description") or "")
    return {"type": ["string", "number"]} if described and "type" in schema else {}


def _nullable(schema: Schema) -> bool:
    return bool(schema.get("nullable") or schema.get("x-nullable"))


def _with_null(translated: dict[str, Any]) -> dict[str, Any]:
    if "allOf" in translated:
        return {"anyOf": [{"type": "null"}, translated]}
    if "type" in translated:
        types = translated["type"]
        translated["type"] = [*([types] if isinstance(types, str) else types), "null"]
    if "enum" in translated:
        translated["enum"] = [*translated["enum"], None]
    return translated
