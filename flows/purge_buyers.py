"""Remove the buyers' data whose time is over, and have the database overwrite it.

Requires: nothing but the settings; no vendor is asked, and no key is needed.
"""

from __future__ import annotations

from prefect import flow

from affluent.domain.report import RunReport
from flows.parameters import ConfigPath, DryRun
from tasks.artifacts import publish_report
from tasks.privacy import purge_kept, read_overdue
from tasks.runtime import open_voyage

NAME = "purge_buyers"


@flow(name="purge-buyers")
def purge_buyers(dry_run: DryRun = False, config: ConfigPath = "affluent.yaml") -> RunReport:
    """Count what is overdue, remove it, and say what remains; a dry run ends with the count."""
    with open_voyage(NAME, config) as voyage:
        overdue = read_overdue(voyage.application)
        report = RunReport(NAME, planned=overdue)
        if dry_run:
            return publish_report(report)
        done = purge_kept(voyage.application)
        return publish_report(report.noting(done.told()))
