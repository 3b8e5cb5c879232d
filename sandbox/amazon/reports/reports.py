"""Reports API 2021-06-30."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from sandbox.amazon import parameters
from sandbox.amazon.reports.merchant_listings import MERCHANT_LISTINGS_ALL_DATA
from sandbox.amazon.reports.queue import STATUSES, Report
from sandbox.amazon.state import AmazonState
from sandbox.amazon.wire import BadRequest, Json, json_response, parse_timestamp, timestamp
from sandbox.clock import SandboxClock


class ReportsApi:
    """Creates reports and hands them out."""

    def __init__(
        self, state: AmazonState, clock: SandboxClock, base_url: Callable[[], str]
    ) -> None:
        self._state = state
        self._clock = clock
        self._base_url = base_url

    async def create_report(self, request: Request) -> Response:
        """POST /reports/2021-06-30/reports; a listings report covers the first store only."""
        body = await parameters.json_body(request)
        if body.get("reportType") != MERCHANT_LISTINGS_ALL_DATA:
            raise parameters.invalid("reportType")
        marketplace_ids = parameters.body_marketplaces(body, self._state.seller)
        options = body.get("reportOptions", {})
        if not isinstance(options, dict) or not all(
            isinstance(value, str) for value in options.values()
        ):
            raise parameters.invalid("reportOptions")
        report = self._state.reports.create(
            MERCHANT_LISTINGS_ALL_DATA,
            marketplace_ids,
            _data_times(body),
            self._clock.now(),
        )
        return json_response({"reportId": report.report_id}, 202)

    async def get_report(self, request: Request) -> Response:
        """GET /reports/2021-06-30/reports/{reportId}."""
        report = self._state.reports.get(request.path_params["report_id"])
        return json_response(_report_json(report))

    async def cancel_report(self, request: Request) -> Response:
        """DELETE /reports/2021-06-30/reports/{reportId}, while it is in the queue."""
        self._state.reports.cancel(request.path_params["report_id"], self._clock.now())
        return Response()

    async def get_reports(self, request: Request) -> Response:
        """GET /reports/2021-06-30/reports: by type and so on, or by nextToken alone."""
        token = request.query_params.get("nextToken")
        if token is not None and len(request.query_params) > 1:
            raise BadRequest("'nextToken' must be the only parameter.")
        size = parameters.whole_number(request, "pageSize", default=10, low=1, high=100)
        page = self._state.pages.reports.page(
            token, "", None if token else size, lambda: self._found(request)
        )
        reports = [_report_json(self._state.reports.get(key)) for key in page.keys]
        body: Json = {"reports": reports}
        if page.next_token:
            body["nextToken"] = page.next_token
        return json_response(body)

    async def get_report_document(self, request: Request) -> Response:
        """GET /reports/2021-06-30/documents/{reportDocumentId}."""
        document = self._state.documents.get(request.path_params["document_id"])
        unpacks = parameters.flag(request, "enableContentEncodingUrlHeader")
        path = self._state.documents.download_path(document, unpacks=unpacks)
        return json_response(
            {
                "reportDocumentId": document.document_id,
                "url": self._base_url() + path,
                "compressionAlgorithm": "GZIP",
            }
        )

    def _found(self, request: Request) -> list[str]:
        report_types = parameters.csv_values(request, "reportTypes", at_most=10)
        if not report_types:
            raise BadRequest("Either 'reportTypes' or 'nextToken' must be provided.")
        statuses = parameters.csv_values(request, "processingStatuses", allowed=STATUSES)
        marketplace_ids = parameters.csv_values(request, "marketplaceIds", at_most=10)
        is_in_window = parameters.created_window(request)
        return [
            report.report_id
            for report in self._state.reports.newest_first()
            if report.report_type in report_types
            and (not marketplace_ids or set(marketplace_ids) & set(report.marketplace_ids))
            and (not statuses or report.status in statuses)
            and is_in_window(report.created_at)
        ]


def _data_times(body: Json) -> Json:
    times: Json = {}
    for name in ("dataStartTime", "dataEndTime"):
        if name in body:
            try:
                times[name] = timestamp(parse_timestamp(str(body[name])))
            except ValueError as malformed:
                raise parameters.invalid(name) from malformed
    return times


def _report_json(report: Report) -> Json:
    body: Json = {
        "reportId": report.report_id,
        "reportType": report.report_type,
        "marketplaceIds": list(report.marketplace_ids),
        "createdTime": timestamp(report.created_at),
        "processingStatus": report.status,
        **report.data_times,
    }
    if report.started_at:
        body["processingStartTime"] = timestamp(report.started_at)
    if report.ended_at:
        body["processingEndTime"] = timestamp(report.ended_at)
    if report.document_id:
        body["reportDocumentId"] = report.document_id
    return body
