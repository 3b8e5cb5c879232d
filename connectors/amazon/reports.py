"""Reports API 2021-06-30: asked for once, waited for, streamed.

https://developer-docs.amazon.com/sp-api/docs/reports-api-v2021-06-30-reference
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from affluent.domain.errors import Retryable
from affluent.domain.inventory import ReportRow
from affluent.domain.marketplace import find_marketplace
from affluent.ports.clock import Clock
from connectors.amazon.documents import Documents
from connectors.amazon.report_rows import rows_from
from connectors.amazon.wire import (
    ISSUE_LOCALE,
    Json,
    moment_from,
    moment_text,
    pages_by_token_alone,
    path_to,
)
from connectors.http.exchange import Request, malformed
from connectors.http.transport import HttpClient

logger = logging.getLogger(__name__)

_API: Final = ("reports", "2021-06-30")
_ALL_LISTINGS: Final = "GET_MERCHANT_LISTINGS_ALL_DATA"
_IN_QUEUE: Final = "IN_QUEUE"
_DONE: Final = "DONE"
_CANCELLED: Final = "CANCELLED"
_FATAL: Final = "FATAL"
_REPORTS_A_PAGE: Final = 100
_FIRST_PAUSE_SECONDS: Final = 5.0
_LONGEST_PAUSE_SECONDS: Final = 60.0
_PATIENCE_SECONDS: Final = 2 * 3600.0
_JAPAN: Final = "JP"


@dataclass(frozen=True, slots=True)
class Report:
    """A report's present state. `marketplace_id` is the first it names, and all it covers."""

    report_id: str
    status: str
    document_id: str
    marketplace_id: str
    created_at: datetime | None

    @property
    def has_ended(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.status in (_DONE, _CANCELLED, _FATAL)


class Reports:
    """The port ReportsPort for one seller."""

    def __init__(self, client: HttpClient, documents: Documents, clock: Clock) -> None:
        self._client = client
        self._documents = documents
        self._clock = clock
        self._one_asks = threading.Lock()

    def all_listings(
        self, marketplace_id: str, *, max_age_seconds: float = 0.0
    ) -> Iterator[ReportRow]:
        """GET_MERCHANT_LISTINGS_ALL_DATA, the only full enumeration of a seller's listings.

        A report that somebody waits for already is shared, and one that is done if it was asked
        for within `max_age_seconds`. No rows where Amazon cancels the report, which it does when
        there is nothing to report. Retryable where the report fails, takes more than two hours, or
        breaks on the way.
        """
        with self._one_asks:
            shared = self._shared(marketplace_id, max_age_seconds)
            asked = shared or self._create(marketplace_id)
        report = self._wait_for(asked)
        if shared and report.status != _DONE:
            report = self._wait_for(self._create(marketplace_id))
        if report.status == _FATAL:
            raise self._failed(report)
        if report.status == _CANCELLED:
            logger.info("Amazon cancelled report %s: there is nothing to report", report.report_id)
            return
        yield from self._rows(report.document_id, marketplace_id)

    def cancel(self, report_id: str) -> None:
        """cancelReport, which Amazon allows while the report is in its queue; Refused later."""
        path = path_to(*_API, "reports", report_id)
        self._client.send(Request("cancelReport", "DELETE", path, parse=False))

    def search(self, created_since: datetime) -> Iterator[Report]:
        """getReports of all listings; the next pages are asked for by their token alone."""
        query: dict[str, str | int] = {
            "reportTypes": _ALL_LISTINGS,
            "createdSince": moment_text(created_since),
            "pageSize": _REPORTS_A_PAGE,
        }
        first = Request("getReports", "GET", path_to(*_API, "reports"), query=query)
        for answer in pages_by_token_alone(self._client, first):
            yield from answer.read(lambda body: [_report(one) for one in body["reports"]])

    def _shared(self, marketplace_id: str, max_age_seconds: float) -> Report | None:
        """The newest report that serves as well as a new one.

        Its options are not told, but they only choose the language of its header.
        """
        now = self._clock.now()
        span = timedelta(seconds=max(max_age_seconds, _PATIENCE_SECONDS))
        fit = [
            report
            for report in self.search(now - span)
            if report.marketplace_id == marketplace_id
            and (not report.has_ended or _is_fresh(report, now, max_age_seconds))
        ]
        return max(fit, key=lambda report: report.created_at or now, default=None)

    def _create(self, marketplace_id: str) -> Report:
        answer = self._client.send(
            Request(
                "createReport",
                "POST",
                path_to(*_API, "reports"),
                body={
                    "reportType": _ALL_LISTINGS,
                    "marketplaceIds": [marketplace_id],
                    "reportOptions": {"preferredReportDocumentLocale": ISSUE_LOCALE},
                },
                safe=True,
            )
        )
        report_id = answer.read(lambda body: str(body["reportId"]))
        return Report(report_id, _IN_QUEUE, "", marketplace_id, None)

    def _wait_for(self, report: Report) -> Report:
        pause, waited = _FIRST_PAUSE_SECONDS, 0.0
        while not report.has_ended:
            report = self._status(report.report_id)
            if report.has_ended:
                break
            if waited >= _PATIENCE_SECONDS:
                raise self._failed(report)
            self._clock.sleep(pause)
            pause, waited = min(pause * 1.5, _LONGEST_PAUSE_SECONDS), waited + pause
        return report

    def _status(self, report_id: str) -> Report:
        request = Request("getReport", "GET", path_to(*_API, "reports", report_id))
        return self._client.send(request).read(_report)

    def _failed(self, report: Report) -> Retryable:
        call = self._client.call(Request("getReport", "GET", ""))
        return Retryable(
            f"{call.vendor} report {report.report_id} of {call.account} is {report.status}.",
            vendor=call.vendor,
            operation=call.operation,
            account=call.account,
            why="Amazon ends a report so when it fails, or when the same one is asked for too"
            " often.",
            fix="It is asked for again later; nothing has to be done.",
        )

    def _rows(self, document_id: str, marketplace_id: str) -> Iterator[ReportRow]:
        answer = self._client.send(
            Request("getReportDocument", "GET", path_to(*_API, "documents", document_id))
        )
        url = answer.read(lambda body: str(body["url"]))
        with self._documents.download(url) as document:
            try:
                yield from rows_from(
                    document.chunks,
                    content_type=document.headers.get("content-type", ""),
                    fallback_encoding=_fallback_encoding(marketplace_id),
                )
            except KeyError as error:
                raise malformed(answer.call, answer.status, answer.request_id, error) from error


def _report(body: Json) -> Report:
    created = body.get("createdTime")
    return Report(
        report_id=str(body["reportId"]),
        status=str(body["processingStatus"]),
        document_id=str(body.get("reportDocumentId") or ""),
        marketplace_id=next(iter(body.get("marketplaceIds") or ()), ""),
        created_at=moment_from(created) if created else None,
    )


def _is_fresh(report: Report, now: datetime, max_age_seconds: float) -> bool:
    """Whether a report is done and not too old; a time that is still to come tells no age."""
    if report.status != _DONE or report.created_at is None or max_age_seconds <= 0:
        return False
    return timedelta() <= now - report.created_at <= timedelta(seconds=max_age_seconds)


def _fallback_encoding(marketplace_id: str) -> str:
    marketplace = find_marketplace(marketplace_id)
    return "cp932" if marketplace and marketplace.country == _JAPAN else "cp1252"
