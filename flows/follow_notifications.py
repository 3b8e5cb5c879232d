"""Import orders within seconds, as Amazon's notifications tell of them.

Requires: the section notifications of the settings, and the extra aws; without the section there is
nothing to follow, and import_orders polls.
"""

from __future__ import annotations

import time
from typing import Annotated

from prefect import flow
from pydantic import Field

from affluent.domain.report import RunReport
from flows.creation import create_recorded
from flows.parameters import ConfigPath, DryRun
from tasks.artifacts import publish_report
from tasks.notifications import note_empty_queue, receive, record_changed_orders, remove
from tasks.runtime import Voyage, open_voyage

NAME = "follow_notifications"
_NO_QUEUE = "No queue is set up: orders are polled. docs/orders.md tells how to set one up."

Seconds = Annotated[
    int,
    Field(
        ge=0,
        le=3600,
        json_schema_extra={
            "description": "How long to follow; 0 takes what waits, and ends with the first pause."
        },
    ),
]


@flow(name="follow-notifications")
def follow_notifications(
    seconds: Seconds = 280, dry_run: DryRun = False, config: ConfigPath = "affluent.yaml"
) -> RunReport:
    """Receive, record, create, and remove what is recorded; a dry run shows the first batch."""
    with open_voyage(NAME, config) as voyage:
        report = RunReport(NAME)
        if voyage.application.notification_queue is None:
            return publish_report(report.noting(_NO_QUEUE))
        ends_at = time.monotonic() + seconds
        while True:
            left = max(0.0, ends_at - time.monotonic())
            batch, is_empty = _follow_batch(voyage, round(left), dry_run)
            report = report.joined(batch)
            if dry_run or (is_empty and time.monotonic() >= ends_at):
                return publish_report(report)


def _follow_batch(voyage: Voyage, wait_seconds: int, dry_run: bool) -> tuple[RunReport, bool]:
    """The report of one batch, and whether the queue had nothing."""
    application = voyage.application
    messages = receive(application, wait_seconds)
    if not messages:
        note_empty_queue(voyage)
        return RunReport(NAME), True
    taken = record_changed_orders(voyage, messages)
    if not dry_run:
        remove(application, taken.removable)
    report = RunReport(NAME, notes=tuple(taken.notes), unchanged=taken.duplicates)
    for account, recorded in taken.recorded.items():
        report = report.joined(create_recorded(NAME, voyage, account, recorded, dry_run))
    return report, False
