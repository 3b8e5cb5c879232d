"""Bring the snapshot of the store's catalog up to date.

Requires: store credentials with read access to products and inventory.
"""

from __future__ import annotations

from typing import Annotated

from prefect import flow

from affluent.domain.report import RunReport
from flows.parameters import ConfigPath, described
from tasks.artifacts import publish_report
from tasks.catalog import read_catalog
from tasks.runtime import open_voyage


@flow(name="extract-catalog")
def extract_catalog(
    full: Annotated[
        bool, described("Read everything, and notice what is gone; else what changed.")
    ] = True,
    may_shrink: Annotated[
        bool, described("Believe the store when it answers less than half of the catalog.")
    ] = False,
    config: ConfigPath = "affluent.yaml",
) -> RunReport:
    """Read the store's variants, page by page, into the snapshot."""
    with open_voyage("extract_catalog", config) as voyage:
        found = read_catalog(voyage.application, full, may_shrink)
        return publish_report(
            RunReport(
                flow="extract_catalog",
                read=found.read,
                planned=found.changed,
                notes=(f"{found.changed} variants changed, {found.gone} are gone.",),
            )
        )
