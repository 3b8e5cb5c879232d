"""Runs suites over a batch of rows and answers which row breaks which rule.

Great Expectations is the judge; this module brings it the rows and takes its verdict apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from threading import Lock
from typing import Any, Final

import pandas as pd
from great_expectations import ExpectationSuite
from great_expectations.core.batch_definition import BatchDefinition

from affluent.domain.errors import InvariantBroken
from affluent.domain.issue import Reason
from affluent.quality.context import quiet_context
from affluent.quality.listing_rows import Row

_POSITION: Final = "position"
_RESULT_FORMAT: Final[dict[str, Any]] = {
    "result_format": "COMPLETE",
    "unexpected_index_column_names": [_POSITION],
}

# Great Expectations knows a batch by its name, and all of ours have the same.
_one_at_a_time: Final = Lock()


def broken_rules(rows: Sequence[Row], suites: Iterable[ExpectationSuite]) -> list[list[Reason]]:
    """For each row, the reasons to hold it, in the order of the suites."""
    frame = pd.DataFrame(rows, dtype=object)
    frame[_POSITION] = range(len(rows))
    reasons: list[list[Reason]] = [[] for _ in rows]
    with _one_at_a_time:
        batch = _batches().get_batch({"dataframe": frame})
        verdicts = [batch.validate(suite, result_format=_RESULT_FORMAT) for suite in suites]
    for outcome in (outcome for verdict in verdicts for outcome in verdict.results):
        reason, positions = _failures(outcome)
        for position in positions:
            reasons[position].append(reason)
    return reasons


@cache
def _batches() -> BatchDefinition[Any]:
    """Where Great Expectations takes its batches from: in memory, and made once a process."""
    asset = quiet_context().data_sources.add_pandas("plan").add_dataframe_asset("changes")
    batches: BatchDefinition[Any] = asset.add_batch_definition_whole_dataframe("batch")
    return batches


def _failures(outcome: Any) -> tuple[Reason, list[int]]:
    configuration = outcome.expectation_config
    if not outcome.success and not outcome.result:
        raise InvariantBroken(
            f"The expectation {configuration.type} could not be judged.",
            why=str(outcome.exception_info),
        )
    failed = outcome.result.get("unexpected_index_list") or []
    return Reason(configuration.meta["reason"]), [int(entry[_POSITION]) for entry in failed]
