"""Bring the snapshot of the store's catalog up to date.

Requires: store credentials with read access to products and inventory.
"""

from __future__ import annotations

from typing import Annotated

from prefect import flow

from affluent.domain.issue import Reason
from affluent.domain.report import RunReport
from flows.parameters import ConfigPath, described
from tasks.artifacts import publish_report, publish_rows
from tasks.catalog import (
    held_rows,
    judge_quality,
    quality_note,
    quality_rows,
    read_catalog,
    read_price_lists,
)
from tasks.runtime import open_voyage


@flow(name="extract-catalog")
def extract_catalog(
    full: Annotated[
        bool, described("Read everything, and notice what is gone; else what changed.")
    ] = True,
    may_shrink: Annotated[
        bool, described("Believe the store when it answers less than half of the catalog.")
    ] = False,
    judge: Annotated[
        bool, described("Judge the catalog's quality after a whole reading; it holds nothing.")
    ] = True,
    config: ConfigPath = "affluent.yaml",
) -> RunReport:
    """Read the store's variants, categories and price lists, page by page, into the snapshot."""
    with open_voyage("extract_catalog", config) as voyage:
        found = read_catalog(voyage.application, full, may_shrink)
        prices = read_price_lists(voyage.application, full, may_shrink)
        notes = [f"{found.changed} variants changed, {found.gone} are gone."]
        if voyage.application.price_lists:
            notes.append(f"{prices.changed} prices of price lists changed, {prices.gone} are gone.")
        if judge and full:
            verdict = judge_quality(voyage.application)
            of = f"{verdict.judged} of {verdict.total} variants"
            publish_rows("extract_catalog", "quality", quality_rows(verdict), f"Quality of {of}")
            notes.append(quality_note(verdict))
        publish_rows("extract_catalog", "held", held_rows(found.held), "What was not understood")
        return publish_report(
            RunReport(
                flow="extract_catalog",
                read=found.read,
                planned=found.changed,
                held={Reason.UNREADABLE.value: len(found.held)} if found.held else {},
                notes=tuple(notes),
            )
        )
