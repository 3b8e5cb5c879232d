"""Runs suites over a batch of rows and answers which row breaks which rule.

Great Expectations is the judge; this module brings it the rows and takes its verdict apart. Every
suite gets a frame of its own columns alone: each expectation copies the frame that it stands in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from typing import Any, Final

import pandas as pd
from great_expectations import ExpectationSuite
from great_expectations.execution_engine.pandas_execution_engine import PandasExecutionEngine
from great_expectations.validator.validator import Validator

from affluent.domain.errors import InvariantBroken
from affluent.domain.issue import Reason
from affluent.quality.context import quiet_context
from affluent.quality.row import Row

_POSITION: Final = "position"
_COLUMNS: Final = ("column", "column_A", "column_B")
#: Whole numbers, which Great Expectations compares one by one unless they are of a type of numpy's.
_COUNTS: Final = frozenset(("quantity", "fba_quantity", "name_bytes", "undecided_matches"))
_RESULT_FORMAT: Final[dict[str, Any]] = {
    "result_format": "COMPLETE",
    "unexpected_index_column_names": [_POSITION],
    "include_unexpected_rows": False,
}


def broken_rules(
    rows: Sequence[Row],
    suites: Iterable[ExpectationSuite],
    allowed: AbstractSet[Reason] = frozenset(),
) -> list[list[Reason]]:
    """For each row, the reasons to hold it that are not allowed, in the order of the suites."""
    reasons: list[list[Reason]] = [[] for _ in rows]
    for suite in suites:
        for reason, positions in failures(suite, columns_of(rows, suite), len(rows)):
            if reason not in allowed:
                for position in positions:
                    reasons[position].append(reason)
    return reasons


def columns_of(rows: Sequence[Row], suite: ExpectationSuite) -> dict[str, pd.Series[Any]]:
    """The columns that a suite judges."""
    names = {
        name
        for expectation in suite.expectations
        for key in _COLUMNS
        if (name := getattr(expectation, key, None))
    }
    return {
        name: pd.Series([row[name] for row in rows], dtype=float if name in _COUNTS else object)
        for name in sorted(names)
    }


def failures(
    suite: ExpectationSuite, columns: Mapping[str, pd.Series[Any]], size: int
) -> Iterator[tuple[Reason, list[int]]]:
    """For each expectation of a suite, its reason and the positions of the rows that break it."""
    frame = pd.DataFrame({**columns, _POSITION: range(size)})
    # An engine of its own takes the frame as it is; a data source would first hash all of it.
    engine = PandasExecutionEngine(batch_data_dict={suite.name: frame})
    verdicts = Validator(execution_engine=engine, data_context=_context()).graph_validate(
        [expectation.configuration for expectation in suite.expectations],
        runtime_configuration={"catch_exceptions": True, "result_format": _RESULT_FORMAT},
    )
    return map(_failure, verdicts)


@cache
def _context() -> Any:
    return quiet_context()


def _failure(outcome: Any) -> tuple[Reason, list[int]]:
    configuration = outcome.expectation_config
    if not outcome.success and not outcome.result:
        raise InvariantBroken(
            f"The expectation {configuration.type} could not be judged.",
            why=str(outcome.exception_info),
        )
    failed = outcome.result.get("unexpected_index_list") or []
    return Reason(configuration.meta["reason"]), [int(entry[_POSITION]) for entry in failed]
