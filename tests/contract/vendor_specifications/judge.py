"""An exchange held against the operation that it means, part by part."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from .contradictions import KNOWN, Contradiction, is_api_wide_answer
from .exchanges import Exchange, Vendor, Violation
from .faults import Fault
from .feed_documents import FeedDocuments
from .operations import Operation, OperationIndex
from .parameters import parameter_faults
from .specification_files import read_operations
from .spoken_rules import spoken_faults

# Served by the vendors, but by no operation: tokens, presigned documents, linked schemas.
OUTSIDE_THE_API: Mapping[Vendor, tuple[str, ...]] = {
    "amazon": (r"/auth/o2/token", r"/(sandbox-)?documents/.+", r"/product-type-schemas/.+"),
    "bigcommerce": (),
}
CREDENTIALS: Mapping[Vendor, str] = {
    "amazon": "x-amz-access-token",
    "bigcommerce": "x-auth-token",
}
NO_CONTENT = 204


class Judge:
    """Holds exchanges against the operations of both vendors."""

    def __init__(
        self,
        operations: OperationIndex,
        feed_documents: FeedDocuments,
        outside_the_api: Mapping[Vendor, Sequence[str]] = OUTSIDE_THE_API,
        known: Sequence[Contradiction] = KNOWN,
    ) -> None:
        self.operations = operations
        self.feed_documents = feed_documents
        self._outside = {
            vendor: [re.compile(pattern) for pattern in patterns]
            for vendor, patterns in outside_the_api.items()
        }
        self._known = known

    @classmethod
    def load(
        cls, shared: Path, outside_the_api: Mapping[Vendor, Sequence[str]] = OUTSIDE_THE_API
    ) -> "Judge":
        """A judge by the specifications in the folder `specs` of `shared`."""
        operations = OperationIndex(read_operations(shared / "specs"))
        feed_documents = FeedDocuments(shared / "specs/amazon/schemas/feeds")
        return cls(operations, feed_documents, outside_the_api)

    def violations(self, exchange: Exchange) -> list[Violation]:
        """Every violation of the exchange, but for the known contradictions."""
        if any(each.fullmatch(exchange.path) for each in self._outside[exchange.vendor]):
            return list(self.feed_documents.violations(exchange))
        found = self.operations.find(exchange.vendor, exchange.method, exchange.path)
        if found is None:
            address = f"{exchange.method.upper()} {exchange.path}"
            return [Violation(exchange.vendor, address, "path", "no operation is declared here")]
        operation, arguments = found
        violations = [
            Violation(exchange.vendor, operation.name, where, message)
            for where, message in _faults(operation, arguments, exchange)
        ]
        return [each for each in violations if not self._excused(each, operation)]

    def _excused(self, violation: Violation, operation: Operation) -> bool:
        return any(each.excuses(violation, operation.address) for each in self._known)


def _faults(
    operation: Operation, arguments: Mapping[str, str], exchange: Exchange
) -> Iterator[Fault]:
    yield from _header_faults(exchange)
    yield from parameter_faults(operation, arguments, exchange)
    yield from _request_body_faults(operation, exchange.request_body)
    yield from spoken_faults(operation.address, exchange)
    yield from _answer_faults(operation, exchange)


def _header_faults(exchange: Exchange) -> Iterator[Fault]:
    headers = {name.lower(): value for name, value in exchange.request_headers.items()}
    credential = CREDENTIALS[exchange.vendor]
    if credential not in headers:
        yield Fault(f"header {credential}", "required, but missing")
    is_json = isinstance(exchange.request_body, dict | list)
    if is_json and "json" not in headers.get("content-type", ""):
        yield Fault("header content-type", "a JSON body is sent under another type")


def _request_body_faults(operation: Operation, body: object | None) -> Iterator[Fault]:
    if operation.body is None:
        if body is not None:
            yield Fault("request body", "the operation takes none")
    elif body is None:
        if operation.body.required:
            yield Fault("request body", "required, but missing")
    elif operation.body.shape is not None:
        yield from _placed("request body", operation.body.shape.faults(body))


def _answer_faults(operation: Operation, exchange: Exchange) -> Iterator[Fault]:
    status = str(exchange.status)
    if status not in operation.answers:
        if not is_api_wide_answer(exchange):
            yield Fault(f"status {status}", "the operation declares no such answer")
        return
    shape = operation.answers[status]
    if exchange.status == NO_CONTENT:
        if exchange.response_body is not None:
            yield Fault("response body", f"{status} has none")
    elif shape is not None:
        yield from _placed("response body", shape.faults(exchange.response_body))


def _placed(body: str, faults: Iterable[Fault]) -> Iterator[Fault]:
    for pointer, message in faults:
        yield Fault(f"{body} {pointer}".rstrip(), message)
