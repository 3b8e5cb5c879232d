"""Reports API 2021-06-30: asked for, waited for, streamed.

https://developer-docs.amazon.com/sp-api/docs/reports-api-v2021-06-30-reference
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Final

from affluent.domain.errors import Retryable
from affluent.domain.listing import ReportRow
from affluent.domain.marketplace import find_marketplace
from affluent.ports.clock import Clock
from connectors.amazon.documents import Documents
from connectors.amazon.report_rows import rows_from
from connectors.amazon.wire import ISSUE_LOCALE, Json, path_to
from connectors.http.exchange import Answer, Request, malformed
from connectors.http.transport import HttpClient

logger = logging.getLogger(__name__)

_API: Final = ("reports", "2021-06-30")
_ALL_LISTINGS: Final = "GET_MERCHANT_LISTINGS_ALL_DATA"
_FIRST_PAUSE_SECONDS: Final = 5.0
_LONGEST_PAUSE_SECONDS: Final = 60.0
_PATIENCE_SECONDS: Final = 2 * 3600.0
_JAPAN: Final = "JP"


class Reports:
    """The port ReportsPort for one seller."""

    def __init__(self, client: HttpClient, documents: Documents, clock: Clock) -> None:
        self._client = client
        self._documents = documents
        self._clock = clock

    def all_listings(self, marketplace_id: str) -> Iterator[ReportRow]:
        """GET_MERCHANT_LISTINGS_ALL_DATA, the only full enumeration of a seller's listings.

        No rows where Amazon cancels the report, which it does when there is nothing to report.
        Retryable where the report fails, takes more than two hours, or breaks on the way.
        """
        document_id = self._wait_for(self._create(marketplace_id))
        if document_id:
            yield from self._rows(document_id, marketplace_id)

    def _create(self, marketplace_id: str) -> str:
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
        return answer.read(lambda body: str(body["reportId"]))

    def _wait_for(self, report_id: str) -> str:
        pause, waited = _FIRST_PAUSE_SECONDS, 0.0
        while True:
            answer = self._client.send(
                Request("getReport", "GET", path_to(*_API, "reports", report_id))
            )
            status, document_id = answer.read(_status_and_document)
            if status == "DONE":
                return document_id
            if status == "CANCELLED":
                logger.info("Amazon cancelled report %s: there is nothing to report", report_id)
                return ""
            if status == "FATAL" or waited >= _PATIENCE_SECONDS:
                raise _failed(answer, report_id, status)
            self._clock.sleep(pause)
            pause, waited = min(pause * 1.5, _LONGEST_PAUSE_SECONDS), waited + pause

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


def _status_and_document(body: Json) -> tuple[str, str]:
    return str(body["processingStatus"]), str(body.get("reportDocumentId") or "")


def _failed(answer: Answer, report_id: str, status: str) -> Retryable:
    call = answer.call
    return Retryable(
        f"{call.vendor} report {report_id} of {call.account} is {status}.",
        vendor=call.vendor,
        operation=call.operation,
        account=call.account,
        status=answer.status,
        request_id=answer.request_id,
        why="Amazon ends a report so when it fails, or when the same one is asked for too often.",
        fix="It is asked for again later; nothing has to be done.",
    )


def _fallback_encoding(marketplace_id: str) -> str:
    marketplace = find_marketplace(marketplace_id)
    return "cp932" if marketplace and marketplace.country == _JAPAN else "cp1252"
