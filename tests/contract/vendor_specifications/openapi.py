"""BigCommerce's OpenAPI 3.0 files read as operations."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from .operations import METHODS, Body, Operation, Parameter
from .schemas import Direction, Document, Shape

LISTED = re.compile(r":(not_)?in$")


def read_description(path: Path) -> list[Operation]:
    """Every operation of one file."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    document = Document("bigcommerce", yaml.load(path.read_text(encoding="utf-8"), loader))
    return [
        _operation(document, template, method, item)
        for template, item in document.tree["paths"].items()
        for method in METHODS
        if method in item
    ]


def _operation(
    document: Document, template: str, method: str, item: Mapping[str, Any]
) -> Operation:
    node = item[method]
    version = document.tree["servers"][0]["url"].rpartition("/")[2]
    declared = [
        document.resolve(each)
        for each in (*item.get("parameters", ()), *node.get("parameters", ()))
    ]
    return Operation(
        vendor="bigcommerce",
        identifier=node.get("operationId", node.get("summary", "")),
        method=method.upper(),
        base="/stores/[^/]+",
        template=f"/{version}{template}",
        parameters=tuple(_parameter(document, each) for each in declared),
        body=_request_body(document, node),
        answers={
            str(status): _json_shape(document, document.resolve(answer), "response")
            for status, answer in node["responses"].items()
        },
    )


def _parameter(document: Document, declared: Mapping[str, Any]) -> Parameter:
    schema = document.resolve(declared["schema"])
    # inventory.v3 declares `variant_id:in` a single integer and describes a list: every filter
    # that ends in :in takes several values.
    if LISTED.search(declared["name"]) and schema.get("type") != "array":
        schema = {"type": "array", "items": schema}
    return Parameter(
        name=declared["name"],
        location=declared["in"],
        required=declared.get("required", False),
        type=schema.get("type", "string"),
        item_type=document.resolve(schema.get("items", {})).get("type"),
        shape=Shape(document, schema, "request"),
    )


def _request_body(document: Document, node: Mapping[str, Any]) -> Body | None:
    if "requestBody" not in node:
        return None
    declared = document.resolve(node["requestBody"])
    return Body(declared.get("required", False), _json_shape(document, declared, "request"))


def _json_shape(
    document: Document, declared: Mapping[str, Any], direction: Direction
) -> Shape | None:
    for media_type, content in declared.get("content", {}).items():
        if media_type.endswith("json") and "schema" in content:
            return Shape(document, content["schema"], direction)
    return None
