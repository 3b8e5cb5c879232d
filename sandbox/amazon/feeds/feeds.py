"""Feeds API 2021-06-30."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from sandbox.amazon import parameters
from sandbox.amazon.feeds.queue import STATUSES, Feed
from sandbox.amazon.state import AmazonState
from sandbox.amazon.usage_plans import USAGE_PLANS
from sandbox.amazon.wire import ApiError, BadRequest, Json, json_response, timestamp
from sandbox.clock import SandboxClock


class FeedsApi:
    """Creates feeds and tells how they fare."""

    def __init__(
        self, state: AmazonState, clock: SandboxClock, base_url: Callable[[], str]
    ) -> None:
        self._state = state
        self._clock = clock
        self._base_url = base_url

    async def create_feed_document(self, request: Request) -> Response:
        """POST /feeds/2021-06-30/documents."""
        content_type = (await parameters.json_body(request)).get("contentType")
        if not isinstance(content_type, str) or not content_type:
            raise parameters.invalid("contentType")
        document = self._state.documents.awaiting_upload(content_type)
        url = self._base_url() + self._state.documents.upload_path(document)
        return json_response({"feedDocumentId": document.document_id, "url": url}, 201)

    async def create_feed(self, request: Request) -> Response:
        """POST /feeds/2021-06-30/feeds."""
        body = await parameters.json_body(request)
        feed_type = body.get("feedType")
        if not isinstance(feed_type, str) or not feed_type:
            raise parameters.invalid("feedType")
        marketplace_ids = parameters.body_marketplaces(body, self._state.seller)
        document = self._state.documents.get(str(body.get("inputFeedDocumentId")))
        feed = self._state.feeds.create(
            feed_type,
            marketplace_ids,
            document,
            self._clock.now(),
            request.scope.get("sandbox.fault"),
        )
        return json_response({"feedId": feed.feed_id}, 202)

    async def get_feed(self, request: Request) -> Response:
        """GET /feeds/2021-06-30/feeds/{feedId}."""
        return json_response(_feed_json(self._state.feeds.get(request.path_params["feed_id"])))

    async def cancel_feed(self, request: Request) -> Response:
        """DELETE /feeds/2021-06-30/feeds/{feedId}, while it is in the queue."""
        self._state.feeds.cancel(request.path_params["feed_id"], self._clock.now())
        return Response()

    async def get_feeds(self, request: Request) -> Response:
        """GET /feeds/2021-06-30/feeds: by type and so on, or by nextToken alone."""
        token = request.query_params.get("nextToken")
        if token is not None and len(request.query_params) > 1:
            raise BadRequest("'nextToken' must be the only parameter.")
        size = parameters.whole_number(request, "pageSize", default=10, low=1, high=100)
        page = self._state.pages.feeds.page(
            token, "", None if token else size, lambda: self._found(request)
        )
        body: Json = {"feeds": [_feed_json(self._state.feeds.get(key)) for key in page.keys]}
        if page.next_token:
            body["nextToken"] = page.next_token
        return json_response(body)

    async def get_feed_document(self, request: Request) -> Response:
        """GET /feeds/2021-06-30/documents/{feedDocumentId}."""
        document = self._state.documents.get(request.path_params["document_id"])
        unpacks = parameters.flag(request, "enableContentEncodingUrlHeader")
        path = self._state.documents.download_path(document, unpacks=unpacks)
        body = {"feedDocumentId": document.document_id, "url": self._base_url() + path}
        if document.is_compressed:
            body["compressionAlgorithm"] = "GZIP"
        return json_response(body)

    def _found(self, request: Request) -> list[str]:
        feed_types = parameters.csv_values(request, "feedTypes", at_most=10)
        if not feed_types:
            raise BadRequest("Either 'feedTypes' or 'nextToken' must be provided.")
        marketplace_ids = parameters.csv_values(request, "marketplaceIds", at_most=10)
        statuses = parameters.csv_values(request, "processingStatuses", allowed=STATUSES)
        is_in_window = parameters.created_window(request)
        return [
            feed.feed_id
            for feed in self._state.feeds.newest_first()
            if feed.feed_type in feed_types
            and (not marketplace_ids or set(marketplace_ids) & set(feed.marketplace_ids))
            and (not statuses or feed.status in statuses)
            and is_in_window(feed.created_at)
        ]


async def create_feed_plan(request: Request) -> str:
    """The usage plan of a createFeed: some feed types have one of their own."""
    try:
        plan = f"createFeed:{(await parameters.json_body(request)).get('feedType')}"
    except ApiError:
        return "createFeed"
    return plan if plan in USAGE_PLANS else "createFeed"


def _feed_json(feed: Feed) -> Json:
    body: Json = {
        "feedId": feed.feed_id,
        "feedType": feed.feed_type,
        "marketplaceIds": list(feed.marketplace_ids),
        "createdTime": timestamp(feed.created_at),
        "processingStatus": feed.status,
    }
    if feed.started_at:
        body["processingStartTime"] = timestamp(feed.started_at)
    if feed.ended_at:
        body["processingEndTime"] = timestamp(feed.ended_at)
    if feed.result_document_id:
        body["resultFeedDocumentId"] = feed.result_document_id
    return body
