"""Which behaviours the passed tests prove, and which are open: `pytest --behaviours FILE`.

A test proves the rows that stand in its marks, `@pytest.mark.behaviour("S40")`. A row is proven
when at least one of its tests passed and none of them failed.
"""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pytest

from tests.behaviours.rows import MERCHANT_ROWS, ROWS, UNIQUE_ROWS

_MARK: Final = "behaviour"

_PREFACE: Final = """\
# Behaviours

What Affluent must be able to do, and the tests that prove it. `make behaviours` runs every test
and writes this page; a row counts as proven when one of its tests passed and none failed.
"""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--behaviours",
        metavar="FILE",
        type=Path,
        default=None,
        help="print which behaviours the passed tests prove, and write them to this file",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(BehaviourLedger(config.getoption("--behaviours")))


class BehaviourLedger:
    """Watches one run of pytest. `page` is the file to write, if any."""

    def __init__(self, page: Path | None) -> None:
        self._page = page
        self._proofs: dict[str, list[str]] = defaultdict(list)
        self._failures: dict[str, list[str]] = defaultdict(list)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Learn what each test is about; a row that does not exist stops the run."""
        for item in items:
            named = {row for mark in item.iter_markers(_MARK) for row in mark.args}
            unknown = named - ROWS.keys()
            if unknown:
                raise pytest.UsageError(f"{item.nodeid}: no behaviour {', '.join(sorted(unknown))}")
            # A property of the item, since its report may come from another process.
            item.user_properties.append((_MARK, sorted(named)))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note what a test proved or failed to prove."""
        test = report.nodeid.partition("[")[0]
        for row in dict(report.user_properties).get(_MARK, ()):
            if report.failed:
                self._failures[row].append(test)
            elif report.passed and report.when == "call":
                self._proofs[row].append(test)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print proven and open rows, and write the page."""
        if self._page is None:
            return
        proven = [row for row in ROWS if self._is_proven(row)]
        still_open = [row for row in ROWS if not self._is_proven(row)]
        terminalreporter.section("behaviours")
        terminalreporter.line(
            textwrap.fill(f"{len(proven)} proven: {' '.join(proven)}", 100, subsequent_indent="  ")
        )
        terminalreporter.line(f"{len(still_open)} open:")
        for row in still_open:
            failed = ", ".join(dict.fromkeys(self._failures[row]))
            terminalreporter.line(f"  {row}  {ROWS[row]}{f'  FAILED: {failed}' if failed else ''}")
        self._page.parent.mkdir(parents=True, exist_ok=True)
        self._page.write_text(self._written(), encoding="utf-8")
        terminalreporter.line(f"written to {self._page}")

    def _is_proven(self, row: str) -> bool:
        return bool(self._proofs[row]) and not self._failures[row]

    def _written(self) -> str:
        return "\n".join(
            [
                _PREFACE,
                *self._table("What a merchant can do", MERCHANT_ROWS),
                *self._table("What sets it apart", UNIQUE_ROWS),
            ]
        )

    def _table(self, title: str, rows: Iterable[str]) -> list[str]:
        listed = list(rows)
        proven = sum(map(self._is_proven, listed))
        return [
            f"## {title}: {proven} of {len(listed)}\n",
            "| Row | Behaviour | Proven by |",
            "|---|---|---|",
            *(f"| {row} | {_cell(ROWS[row])} | {self._proven_by(row)} |" for row in listed),
            "",
        ]

    def _proven_by(self, row: str) -> str:
        if not self._is_proven(row):
            return "open"
        return "<br>".join(f"`{test}`" for test in sorted(set(self._proofs[row])))


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
