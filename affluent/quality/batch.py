"""Runs suites over a batch of rows and answers which row breaks which rule.

Great Expectations is the judge; this module brings it the rows and takes its verdict apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import great_expectations as gx
import pandas as pd
from great_expectations import ExpectationSuite
from great_expectations.data_context.types.base import ProgressBarsConfig
from great_expectations.datasource.fluent.interfaces import Batch

from affluent.domain.errors import InvariantBroken
from affluent.domain.issue import Reason
from affluent.quality.listing_rows import Row

_POSITION = "position"


def broken_rules(rows: Sequence[Row], suites: Iterable[ExpectationSuite]) -> list[list[Reason]]:
    """For each row, the reasons to hold it, in the order of the suites."""
    reasons: list[list[Reason]] = [[] for _ in rows]
    batch = _batch(rows)
    for suite in suites:
        verdict = batch.validate(
            suite,
            result_format={
                "result_format": "COMPLETE",
                "unexpected_index_column_names": [_POSITION],
            },
        )
        for outcome in verdict.results:
            reason, positions = _failures(outcome)
            for position in positions:
                reasons[position].append(reason)
    return reasons


def _batch(rows: Sequence[Row]) -> Batch:
    # A context of its own for each batch: a shared one would keep every batch it has ever seen.
    context = gx.get_context(mode="ephemeral")
    context.enable_analytics(enable=False)
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    frame = pd.DataFrame(rows, dtype=object)
    frame[_POSITION] = range(len(rows))
    asset = context.data_sources.add_pandas("plan").add_dataframe_asset("changes")
    return asset.add_batch_definition_whole_dataframe("batch").get_batch({"dataframe": frame})


def _failures(outcome: Any) -> tuple[Reason, list[int]]:
    configuration = outcome.expectation_config
    if not outcome.success and not outcome.result:
        raise InvariantBroken(
            f"The expectation {configuration.type} could not be judged.",
            why=str(outcome.exception_info),
        )
    failed = outcome.result.get("unexpected_index_list") or []
    return Reason(configuration.meta["reason"]), [int(entry[_POSITION]) for entry in failed]
