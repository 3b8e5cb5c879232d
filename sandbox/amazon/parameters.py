"""Reading query parameters and bodies; what does not fit the model is a 400."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from datetime import datetime

from starlette.requests import Request

from sandbox.amazon.seller import SellerIdentity
from sandbox.amazon.wire import BadRequest, Json, parse_timestamp

MAX_BODY_MARKETPLACES = 25


def invalid(name: str) -> BadRequest:
    """The 400 for a parameter that is missing or has a wrong value."""
    return BadRequest(f"Invalid '{name}' provided.")


def csv_values(
    request: Request,
    name: str,
    *,
    allowed: Collection[str] | None = None,
    default: tuple[str, ...] = (),
    at_most: int | None = None,
) -> list[str]:
    """A comma-separated list; every value must be allowed, and not more than `at_most`."""
    text = request.query_params.get(name)
    if text is None:
        return list(default)
    values = [value for value in text.split(",") if value]
    too_many = at_most is not None and len(values) > at_most
    if not values or too_many or (allowed is not None and not set(values) <= set(allowed)):
        raise invalid(name)
    return values


def choice(
    request: Request, name: str, allowed: Collection[str], default: str | None = None
) -> str | None:
    """One value out of an enumeration."""
    value = request.query_params.get(name, default)
    if value is not None and value not in allowed:
        raise invalid(name)
    return value


def flag(request: Request, name: str) -> bool:
    """A boolean, false unless given; Amazon's own SDK for Python writes True and False."""
    text = request.query_params.get(name, "false").lower()
    if text not in ("true", "false"):
        raise invalid(name)
    return text == "true"


def whole_number(request: Request, name: str, *, default: int, low: int, high: int) -> int:
    """A whole number within its bounds."""
    text = request.query_params.get(name)
    if text is None:
        return default
    if not text.isdecimal() or not low <= int(text) <= high:
        raise invalid(name)
    return int(text)


def moment(request: Request, name: str) -> datetime | None:
    """An ISO 8601 time."""
    text = request.query_params.get(name)
    if text is None:
        return None
    try:
        return parse_timestamp(text.replace(" ", "+"))
    except ValueError as malformed:
        raise invalid(name) from malformed


def query_without(request: Request, *names: str) -> str:
    """The other parameters in a fixed order: what must not change from page to page."""
    return repr(sorted(item for item in request.query_params.items() if item[0] not in names))


def marketplaces(
    request: Request, seller: SellerIdentity, *, at_most: int | None = None
) -> list[str]:
    """The required marketplaceIds, all of them the seller's own."""
    values = csv_values(request, "marketplaceIds", at_most=at_most)
    if not values or not set(values) <= set(seller.marketplace_ids):
        raise invalid("marketplaceIds")
    return values


def created_window(request: Request) -> Callable[[datetime], bool]:
    """Whether a time lies from createdSince to createdUntil, as far as they are given."""
    since = moment(request, "createdSince")
    until = moment(request, "createdUntil")
    return lambda created: (
        (since is None or created >= since) and (until is None or created <= until)
    )


def body_marketplaces(body: Json, seller: SellerIdentity) -> tuple[str, ...]:
    """The required marketplaceIds of a feed or report: 1 to 25, all of them the seller's own."""
    values = body.get("marketplaceIds")
    if not isinstance(values, list) or not 0 < len(values) <= MAX_BODY_MARKETPLACES:
        raise invalid("marketplaceIds")
    if any(value not in seller.marketplace_ids for value in values):
        raise invalid("marketplaceIds")
    return tuple(values)


async def json_body(request: Request) -> Json:
    """The body, which must be a JSON object."""
    try:
        body = json.loads(await request.body())
    except ValueError as malformed:
        raise BadRequest("Request body is not valid JSON.") from malformed
    if not isinstance(body, dict):
        raise BadRequest("Request body must be a JSON object.")
    return body
