"""Amazon's Swagger 2.0 models read as operations."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .operations import METHODS, Body, Operation, Parameter
from .schemas import Document, Shape


def read_model(path: Path) -> list[Operation]:
    """Every operation of one model file."""
    document = Document("amazon", json.loads(path.read_text(encoding="utf-8")))
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
    declared = [
        document.resolve(each)
        for each in (*item.get("parameters", ()), *node.get("parameters", ()))
    ]
    return Operation(
        vendor="amazon",
        identifier=node["operationId"],
        method=method.upper(),
        base="",
        template=template,
        parameters=tuple(_parameter(document, each) for each in declared if each["in"] != "body"),
        body=next((_body(document, each) for each in declared if each["in"] == "body"), None),
        answers={
            status: _answer(document, document.resolve(answer))
            for status, answer in node["responses"].items()
        },
    )


def _parameter(document: Document, declared: Mapping[str, Any]) -> Parameter:
    return Parameter(
        name=declared["name"],
        location=declared["in"],
        required=declared.get("required", False),
        type=declared["type"],
        item_type=declared.get("items", {}).get("type"),
        shape=Shape(document, {**declared, "required": []}, "request"),
    )


def _body(document: Document, declared: Mapping[str, Any]) -> Body:
    return Body(declared.get("required", False), Shape(document, declared["schema"], "request"))


def _answer(document: Document, answer: Mapping[str, Any]) -> Shape | None:
    return Shape(document, answer["schema"], "response") if "schema" in answer else None
