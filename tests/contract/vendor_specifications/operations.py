"""The operations of both vendors in one form, and the search for the one a request means.

Nothing here reads a specification file: `swagger` and `openapi` make operations of them.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal
from urllib.parse import unquote

from .exchanges import Vendor
from .schemas import Shape

METHODS = ("get", "put", "post", "delete", "patch")


@dataclass(frozen=True)
class Parameter:
    """One parameter; a list is written with its values separated by commas."""

    name: str
    location: Literal["path", "query", "header"]
    required: bool
    type: str
    item_type: str | None
    shape: Shape


@dataclass(frozen=True)
class Body:
    """The body of a request; without a shape (a form, a file) anything may stand in it."""

    required: bool
    shape: Shape | None


@dataclass(frozen=True)
class Operation:
    """One method on one path template.

    `answers` has the shape of the body by status, None where the specification shows no JSON.
    """

    vendor: Vendor
    identifier: str
    method: str
    base: str
    template: str
    parameters: tuple[Parameter, ...]
    body: Body | None
    answers: Mapping[str, Shape | None]

    @property
    def address(self) -> str:
        """Method and template, such as "GET /v2/orders/{order_id}"."""
        return f"{self.method} {self.template}"

    @property
    def name(self) -> str:
        """The vendor's name of the operation with its address."""
        return f"{self.identifier} ({self.address})"

    def arguments(self, path: str) -> dict[str, str] | None:
        """The decoded path arguments, or None where the path is another operation's."""
        found = self._pattern.fullmatch(path)
        if found is None:
            return None
        names = re.findall(r"{(\w+)}", self.template)
        return {name: unquote(value) for name, value in zip(names, found.groups(), strict=True)}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        parts = re.split(r"{\w+}", self.template)
        return re.compile(self.base + "([^/]+)".join(map(re.escape, parts)))


class OperationIndex:
    """Finds the operation that a request means."""

    def __init__(self, operations: Iterable[Operation]) -> None:
        self._by_method: dict[tuple[Vendor, str], list[Operation]] = defaultdict(list)
        for operation in sorted(operations, key=lambda each: each.template.count("{")):
            self._by_method[operation.vendor, operation.method].append(operation)

    def find(
        self, vendor: Vendor, method: str, path: str
    ) -> tuple[Operation, dict[str, str]] | None:
        """The operation with its path arguments; of several that match, the most literal."""
        for operation in self._by_method[vendor, method.upper()]:
            arguments = operation.arguments(path)
            if arguments is not None:
                return operation, arguments
        return None

    def all(self) -> Iterator[Operation]:
        """Every operation of both vendors."""
        for operations in self._by_method.values():
            yield from operations

    def at(self, vendor: Vendor, address: str) -> Operation:
        """The operation with this address."""
        method, template = address.split(" ", 1)
        for operation in self._by_method[vendor, method]:
            if operation.template == template:
                return operation
        raise KeyError(address)
