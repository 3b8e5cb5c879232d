"""Tell people what failed since they were last told: one digest a run, none without news.

Requires: the section notices of the settings; without a channel all is shown and nobody is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from prefect import flow

from affluent.domain.notice import Incident
from affluent.domain.report import RunReport
from affluent.notices.telling import Telling
from flows.parameters import ConfigPath, DryRun
from tasks.artifacts import publish_report, publish_rows
from tasks.notices import read_alarms, read_incidents, send_notices
from tasks.runtime import open_voyage

NAME = "send_digest"


@flow(name="send-digest")
def send_digest(dry_run: DryRun = False, config: ConfigPath = "affluent.yaml") -> RunReport:
    """Gather what is open, and send each channel what it was not told yet."""
    with open_voyage(NAME, config) as voyage:
        application = voyage.application
        incidents = read_incidents(application, read_alarms(application))
        publish_rows(NAME, "incidents", map(_row, incidents), "What is open")
        tellings = [] if dry_run else send_notices(application, incidents)
        return publish_report(_report(incidents, tellings))


def _report(incidents: Sequence[Incident], tellings: Sequence[Telling]) -> RunReport:
    counts = Counter(one.kind for one in incidents)
    failed = [one for one in tellings if one.problem]
    delivered = [one for one in tellings if one.new and not one.problem]
    return RunReport(
        flow=NAME,
        read=len(incidents),
        planned=len(failed) + len(delivered),
        sent=len(delivered),
        refused=len(failed),
        notes=(
            *(f"{count} {kind.value} open" for kind, count in counts.items()),
            *(f"Not told through {one.channel}: {one.problem}" for one in failed),
        ),
    )


def _row(incident: Incident) -> dict[str, str]:
    return {
        "kind": incident.kind.value,
        "account": incident.account,
        "key": incident.key,
        "title": incident.title,
        "since": incident.since.isoformat(),
        "fix": incident.fix,
    }
