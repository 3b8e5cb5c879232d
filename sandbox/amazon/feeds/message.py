"""One message of a listings feed, read as a submission."""

from __future__ import annotations

from typing import Any

from sandbox.amazon.listings.patches import OPERATIONS, PATH_PREFIX
from sandbox.amazon.listings.submission import Submission
from sandbox.amazon.product_types.schema import LISTING, REQUIREMENTS
from sandbox.amazon.wire import Json

MAX_MESSAGE_ID = 2**31 - 1

_FIELDS = {
    "UPDATE": frozenset({"productType", "attributes", "requirements"}),
    "PARTIAL_UPDATE": frozenset({"productType", "attributes"}),
    "PATCH": frozenset({"productType", "patches"}),
    "DELETE": frozenset[str](),
}
_OPTIONAL = frozenset({"requirements"})
_COMMON = frozenset({"messageId", "sku", "operationType"})


class MessageFault(Exception):
    """The message does not fit the feed's schema; the text says why."""


def submission_of(message: Any, marketplace_ids: tuple[str, ...], seen: set[int]) -> Submission:
    """The submission that a message asks for; `seen` gathers the message ids.

    A DELETE gives a submission that asks for no change. Raises MessageFault.
    """
    if not isinstance(message, dict):
        raise MessageFault("The message is not an object.")
    _check_identity(message, seen)
    operation = str(message.get("operationType"))
    _check_fields(message, operation)
    sku = message["sku"]
    if operation == "DELETE":
        return Submission(sku, marketplace_ids, "")
    product_type = message["productType"]
    if operation == "UPDATE":
        requirements = message.get("requirements", LISTING)
        if requirements not in REQUIREMENTS:
            raise MessageFault("'requirements' has an unknown value.")
        return Submission(sku, marketplace_ids, product_type, requirements, _attributes(message))
    patches = _patches(message) if operation == "PATCH" else _replacements(message)
    return Submission(sku, marketplace_ids, product_type, patches=patches)


def _check_identity(message: Json, seen: set[int]) -> None:
    message_id = message.get("messageId")
    if not isinstance(message_id, int) or not 1 <= message_id <= MAX_MESSAGE_ID:
        raise MessageFault("'messageId' must be a whole number from 1 to 2147483647.")
    if message_id in seen:
        raise MessageFault("'messageId' is not unique within the feed.")
    seen.add(message_id)
    if not isinstance(message.get("sku"), str) or not message["sku"]:
        raise MessageFault("'sku' is required.")


def _check_fields(message: Json, operation: str) -> None:
    fields = _FIELDS.get(operation)
    if fields is None:
        raise MessageFault("'operationType' has an unknown value.")
    missing = fields - _OPTIONAL - message.keys()
    if missing:
        raise MessageFault(f"{operation} requires {', '.join(sorted(missing))}.")
    foreign = message.keys() & set().union(*_FIELDS.values()) - fields - _COMMON
    if foreign:
        raise MessageFault(f"{operation} does not allow {', '.join(sorted(foreign))}.")
    if fields and not isinstance(message["productType"], str):
        raise MessageFault("'productType' must be a string.")


def _attributes(message: Json) -> Json:
    attributes = message["attributes"]
    if not isinstance(attributes, dict) or not attributes:
        raise MessageFault("'attributes' must be an object that is not empty.")
    return attributes


def _replacements(message: Json) -> tuple[Json, ...]:
    return tuple(
        {"op": "replace", "path": PATH_PREFIX + name, "value": value}
        for name, value in _attributes(message).items()
    )


def _patches(message: Json) -> tuple[Json, ...]:
    patches = message["patches"]
    if not isinstance(patches, list) or not patches:
        raise MessageFault("'patches' must be an array that is not empty.")
    for patch in patches:
        if not isinstance(patch, dict) or patch.get("op") not in OPERATIONS or "path" not in patch:
            raise MessageFault("A patch must have an 'op' and a 'path'.")
    return tuple(patches)
