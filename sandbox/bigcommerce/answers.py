"""Answers as both versions of the API form them, and the bodies of requests."""

from __future__ import annotations

from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from sandbox.bigcommerce.refusals import JSON, V2Refusal, malformed_json

Json = dict[str, Any]


def json_answer(body: Any, status: int = 200, media_type: str = JSON) -> Response:
    """Any JSON body."""
    return Response(orjson.dumps(body), status_code=status, media_type=media_type)


def v3_item(data: Any, status: int = 200) -> Response:
    """One V3 resource: `{"data": ..., "meta": {}}`."""
    return json_answer({"data": data, "meta": {}}, status)


def v3_page(data: list[Json], meta: Json) -> Response:
    """A page of V3 resources with the meta that tells of its place."""
    return json_answer({"data": data, "meta": meta})


def v2_list(items: list[Json]) -> Response:
    """A V2 list; an empty one, as past the last page, is 204 without a body."""
    return json_answer(items) if items else no_content()


def no_content() -> Response:
    """204."""
    return Response(status_code=204)


async def v3_body(request: Request) -> Any:
    """The JSON of a V3 request.

    Raises:
        V3Refusal: the body is no JSON.
    """
    try:
        return orjson.loads(await request.body())
    except orjson.JSONDecodeError as error:
        raise malformed_json() from error


async def v3_object(request: Request) -> Json:
    """The JSON object of a V3 request."""
    body = await v3_body(request)
    if not isinstance(body, dict):
        raise malformed_json("An object was expected")
    return body


async def v3_array(request: Request) -> list[Json]:
    """The JSON array of objects of a V3 request."""
    body = await v3_body(request)
    if not isinstance(body, list) or not all(isinstance(item, dict) for item in body):
        raise malformed_json("An array of objects was expected")
    return body


async def v2_object(request: Request) -> Json:
    """The JSON object of a V2 request.

    Raises:
        V2Refusal: the body is no JSON object.
    """
    try:
        body = orjson.loads(await request.body())
    except orjson.JSONDecodeError as error:
        raise V2Refusal(400, "The request body is not valid JSON.") from error
    if not isinstance(body, dict):
        raise V2Refusal(400, "The request body must be a JSON object.")
    return body
