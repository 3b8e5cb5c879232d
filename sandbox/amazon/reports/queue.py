"""Reports that were asked for, and how far they have come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import count

from sandbox.amazon.agenda import Agenda
from sandbox.amazon.documents import DocumentStore
from sandbox.amazon.wire import BadRequest, Json, NotFound

QUEUE_SECONDS = 5.0
PROCESSING_SECONDS = 10.0

IN_QUEUE = "IN_QUEUE"
IN_PROGRESS = "IN_PROGRESS"
DONE = "DONE"
CANCELLED = "CANCELLED"
STATUSES = (IN_QUEUE, IN_PROGRESS, DONE, CANCELLED, "FATAL")


@dataclass
class Report:
    """A report and its state."""

    report_id: str
    report_type: str
    marketplace_ids: tuple[str, ...]
    created_at: datetime
    data_times: Json
    status: str = IN_QUEUE
    started_at: datetime | None = None
    ended_at: datetime | None = None
    document_id: str | None = None


class ReportQueue:
    """All reports; the agenda moves them on, and `write` makes their content at the end."""

    def __init__(
        self, agenda: Agenda, documents: DocumentStore, write: Callable[[Report], bytes]
    ) -> None:
        self._agenda = agenda
        self._documents = documents
        self._write = write
        self._reports: dict[str, Report] = {}
        self._numbers = count(70_001)

    def create(
        self,
        report_type: str,
        marketplace_ids: tuple[str, ...],
        data_times: Json,
        moment: datetime,
    ) -> Report:
        """Queue a report."""
        report_id = f"{next(self._numbers)}0{moment:%y%j}"
        report = Report(report_id, report_type, marketplace_ids, moment, data_times)
        self._reports[report_id] = report
        self._agenda.after(moment, QUEUE_SECONDS, partial(self._start, report))
        return report

    def get(self, report_id: str) -> Report:
        """The report, or 404."""
        try:
            return self._reports[report_id]
        except KeyError:
            raise NotFound from None

    def newest_first(self) -> list[Report]:
        """All reports."""
        return list(reversed(self._reports.values()))

    def cancel(self, report_id: str, moment: datetime) -> None:
        """Cancel a report that is still in the queue; 400 for any other."""
        report = self.get(report_id)
        if report.status != IN_QUEUE:
            raise BadRequest(f"Report {report_id} cannot be cancelled: it is {report.status}.")
        report.status = CANCELLED
        report.ended_at = moment

    def _start(self, report: Report, moment: datetime) -> None:
        if report.status == IN_QUEUE:
            report.status = IN_PROGRESS
            report.started_at = moment
            self._agenda.after(moment, PROCESSING_SECONDS, partial(self._finish, report))

    def _finish(self, report: Report, moment: datetime) -> None:
        document = self._documents.compressed(
            "text/tab-separated-values; charset=UTF-8", self._write(report)
        )
        report.document_id = document.document_id
        report.status = DONE
        report.ended_at = moment
