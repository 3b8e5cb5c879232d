"""What BigCommerce says when it refuses: an array of errors in V2, one error object in V3."""

from __future__ import annotations

from typing import Any

STATUS_CODES_PAGE = "https://developer.bigcommerce.com/api-docs/getting-started/api-status-codes"
PROBLEM = "application/problem+json"
JSON = "application/json"


class Refusal(Exception):
    """A request that ends with an error answer; `body` is its JSON."""

    status: int
    body: Any
    media_type: str = JSON


class V2Refusal(Refusal):
    """`[{"status", "message", "details"?}]`."""

    def __init__(self, status: int, message: str, details: dict[str, Any] | None = None) -> None:
        super().__init__(message)
        self.status = status
        error: dict[str, Any] = {"status": status, "message": message}
        if details is not None:
            error["details"] = details
        self.body = [error]


class V3Refusal(Refusal):
    """`{"status", "title", "type", "errors"?}`."""

    def __init__(
        self,
        status: int,
        title: str,
        errors: dict[str, Any] | None = None,
        *,
        media_type: str = JSON,
        **more: Any,
    ) -> None:
        super().__init__(title)
        self.status = status
        self.media_type = media_type
        self.body = {"status": status, "title": title, "type": STATUS_CODES_PAGE, **more}
        if errors is not None:
            self.body["errors"] = errors


def invalid_field(name: str, reason: str | None = None) -> V2Refusal:
    """V2's answer to a value that it cannot take."""
    details = None if reason is None else {"invalid_reason": reason}
    return V2Refusal(400, f"The field '{name}' is invalid.", details)


def missing_field(name: str) -> V2Refusal:
    """V2's answer to a required field that is not there."""
    return V2Refusal(400, f"The required field '{name}' was not supplied.")


def read_only_field(name: str) -> V2Refusal:
    """V2's answer to a field that only BigCommerce writes."""
    return V2Refusal(
        400,
        f"The field '{name}' cannot be written to. "
        "Please remove it from your request before trying again.",
    )


def unsupported_field(name: str) -> V2Refusal:
    """V2's answer to a field that the resource does not have."""
    return V2Refusal(400, f"The field '{name}' is not supported by this resource.")


def resource_not_found() -> V2Refusal:
    """V2's 404."""
    return V2Refusal(404, "The requested resource was not found.")


def malformed_json(detail: str = "Syntax error") -> V3Refusal:
    """V3's answer to a body that it cannot read."""
    return V3Refusal(400, "Input is invalid", detail=detail)


def unprocessable(errors: dict[str, str]) -> V3Refusal:
    """V3's answer to fields that are missing or wrong, each named with its reason."""
    return V3Refusal(422, "JSON data is missing or invalid", errors)


def unknown_filters(names: list[str]) -> V3Refusal:
    """V3's answer to query parameters that are no filters of the resource."""
    return V3Refusal(
        422, f"The filter(s): {', '.join(names)} are not valid filter parameter(s).", {}
    )
