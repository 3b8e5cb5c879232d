"""Look for what nobody would notice because nothing happens: silence, age, credentials that end.

Requires: a database. No vendor is asked; send_digest tells people what is found.
"""

from __future__ import annotations

from dataclasses import asdict

from prefect import flow

from affluent.domain.report import RunReport
from flows.parameters import ConfigPath
from tasks.artifacts import publish_report, publish_rows
from tasks.notices import read_alarms
from tasks.runtime import open_voyage

NAME = "watch_silence"


@flow(name="watch-silence")
def watch_silence(config: ConfigPath = "affluent.yaml") -> RunReport:
    """Show every alarm of this moment."""
    with open_voyage(NAME, config) as voyage:
        alarms = read_alarms(voyage.application)
        rows = [asdict(alarm) | {"since": alarm.since.isoformat()} for alarm in alarms]
        publish_rows(NAME, "alarms", rows, "What is silent, stands still, or runs out")
        return publish_report(
            RunReport(
                flow=NAME,
                waiting=len(alarms),
                notes=tuple(f"{one.account} {one.what}".strip() for one in alarms),
            )
        )
