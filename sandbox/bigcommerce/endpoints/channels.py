"""/v3/channels and their listings."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.bigcommerce.answers import v3_array, v3_item, v3_object, v3_page
from sandbox.bigcommerce.catalog.conditions import Filter, moment_reader, read_flag, read_text
from sandbox.bigcommerce.endpoints.pages import filtered, page_of
from sandbox.bigcommerce.refusals import V3Refusal
from sandbox.bigcommerce.state import StoreState

Json = dict[str, Any]

LISTING_LIMIT = 1000
BOUNDS = ("", "min", "max")


class ChannelEndpoints:
    """Channels by page; listings by `after`, the last listing id."""

    def __init__(self, state: StoreState) -> None:
        self._state = state

    def routes(self) -> list[Route]:
        """Paths below /stores/{store_hash}."""
        one = "/v3/channels/{channel_id:int}"
        listings = f"{one}/listings"
        return [
            Route("/v3/channels", self.list, methods=["GET"]),
            Route("/v3/channels", self.create, methods=["POST"]),
            Route(one, self.get, methods=["GET"]),
            Route(one, self.change, methods=["PUT"]),
            Route(listings, self.list_listings, methods=["GET"]),
            Route(listings, self.add_listings, methods=["POST"]),
            Route(listings, self.change_listings, methods=["PUT"]),
            Route(f"{listings}/{{listing_id:int}}", self.get_listing, methods=["GET"]),
        ]

    async def list(self, request: Request) -> Response:
        """GET channels."""
        channels = list(self._state.channels.channels.values())
        rows = [{**channel, "available": channel["is_enabled"]} for channel in channels]
        found = filtered(rows, request.query_params, _channel_filters(self._state.clock.now()))
        return page_of(request, [self._state.channels.get(row["id"]) for row in found])

    async def create(self, request: Request) -> Response:
        """POST a channel."""
        return v3_item(self._state.channels.add(await v3_object(request)))

    async def get(self, request: Request) -> Response:
        """GET one channel."""
        return v3_item(self._state.channels.get(request.path_params["channel_id"]))

    async def change(self, request: Request) -> Response:
        """PUT one channel."""
        channel = self._state.channels.get(request.path_params["channel_id"])
        self._state.channels.change(channel, await v3_object(request))
        return v3_item(channel)

    async def list_listings(self, request: Request) -> Response:
        """GET a page of listings."""
        query = request.query_params
        after, limit = _number(request, "after", 0), _number(request, "limit", LISTING_LIMIT)
        listings = self._state.channels.listings(request.path_params["channel_id"])
        filters = _listing_filters(self._state.clock.now())
        rest = [
            listing
            for listing in filtered(listings, query, filters)
            if listing["listing_id"] > after
        ]
        return v3_page(rest[:limit], _listing_meta(rest, limit))

    async def add_listings(self, request: Request) -> Response:
        """POST listings."""
        channel_id = request.path_params["channel_id"]
        return _all(self._state.channels.add_listings(channel_id, await v3_array(request)))

    async def change_listings(self, request: Request) -> Response:
        """PUT listings."""
        channel_id = request.path_params["channel_id"]
        return _all(self._state.channels.change_listings(channel_id, await v3_array(request)))

    async def get_listing(self, request: Request) -> Response:
        """GET one listing."""
        params = request.path_params
        return v3_item(self._state.channels.listing(params["channel_id"], params["listing_id"]))


def _all(listings: list[Json]) -> Response:
    return v3_page(listings, _listing_meta(listings, LISTING_LIMIT))


def _listing_meta(rest: list[Json], limit: int) -> Json:
    links = {"current": f"?limit={limit}"}
    if len(rest) > limit:
        links["next"] = f"?limit={limit}&after={rest[limit - 1]['listing_id']}"
    count = min(len(rest), limit)
    pages = -(-len(rest) // limit)
    pagination = {"count": count, "total": len(rest), "links": links, "total_pages": pages}
    return {"pagination": pagination}


def _number(request: Request, name: str, default: int) -> int:
    text = request.query_params.get(name, str(default))
    if not text.isdigit():
        raise V3Refusal(
            422,
            f'Query parameter "{name}" value must be integer. For input string: "{text}".',
            {},
        )
    return int(text)


def _channel_filters(now: datetime) -> dict[str, Filter]:
    moment = moment_reader(now)
    return {
        "available": Filter(read_flag),
        "status": Filter(read_text, ("in",)),
        "type": Filter(read_text, ("in",)),
        "platform": Filter(read_text, ("in",)),
        "date_created": Filter(moment, BOUNDS),
        "date_modified": Filter(moment, BOUNDS),
    }


def _listing_filters(now: datetime) -> dict[str, Filter]:
    moment = moment_reader(now)
    return {
        "product_id": Filter(int, ("in",)),
        "date_created": Filter(moment, BOUNDS),
        "date_modified": Filter(moment, BOUNDS),
    }
