"""A request's path, query and header parameters held against those that an operation declares."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from urllib.parse import parse_qsl

from .exchanges import Exchange
from .faults import Fault
from .operations import Operation, Parameter

BOOLEANS = {"true": True, "false": False}
# Both vendors answer without Accept, and the body's own rule reads Content-Type.
NEGOTIATED = ("accept", "content-type")


def parameter_faults(
    operation: Operation, arguments: Mapping[str, str], exchange: Exchange
) -> Iterator[Fault]:
    """Faults with a place such as "query limit" or "path sku"."""
    declared: dict[str, dict[str, Parameter]] = defaultdict(dict)
    for parameter in operation.parameters:
        declared[parameter.location][parameter.name] = parameter
    for name, text in arguments.items():
        if name in declared["path"]:
            yield from _value_faults(declared["path"][name], text)
    yield from _query_faults(declared["query"], exchange.query)
    yield from _header_faults(declared["header"], exchange.request_headers)


def _query_faults(declared: Mapping[str, Parameter], query: str) -> Iterator[Fault]:
    given: dict[str, str] = {}
    for name, text in parse_qsl(query, keep_blank_values=True):
        if name not in declared:
            yield Fault(f"query {name}", "the operation has no such parameter")
        elif name in given:
            yield Fault(f"query {name}", "given more than once")
        else:
            given[name] = text
            yield from _value_faults(declared[name], text)
    for name, parameter in declared.items():
        if parameter.required and name not in given:
            yield Fault(f"query {name}", "required, but missing")


def _header_faults(
    declared: Mapping[str, Parameter], headers: Mapping[str, str]
) -> Iterator[Fault]:
    given = {name.lower() for name in headers}
    for name, parameter in declared.items():
        if parameter.required and name.lower() not in given and name.lower() not in NEGOTIATED:
            yield Fault(f"header {name}", "required, but missing")


def _value_faults(parameter: Parameter, text: str) -> Iterator[Fault]:
    value: object
    if parameter.type == "array":
        value = [_read(parameter.item_type, each) for each in text.split(",")] if text else []
    else:
        value = _read(parameter.type, text)
    for pointer, message in parameter.shape.faults(value):
        yield Fault(f"{parameter.location} {parameter.name}{pointer}", message)


def _read(type_name: str | None, text: str) -> object:
    """The value that the text stands for; text that stands for none stays text."""
    try:
        match type_name:
            case "integer":
                return int(text)
            case "number":
                return float(text)
            case "boolean":
                return BOOLEANS.get(text.lower(), text)
    except ValueError:
        return text
    return text
