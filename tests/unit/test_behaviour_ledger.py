"""The ledger of behaviours: what the tests of a run prove, and what it leaves open."""

from __future__ import annotations

import pytest

pytest_plugins = ["pytester"]

TESTS = """
import pytest

@pytest.mark.behaviour("S1", "S2")
def test_holds():
    pass

@pytest.mark.behaviour("S2", "S3")
def test_fails():
    raise AssertionError

@pytest.mark.behaviour("S4")
def test_is_skipped():
    pytest.skip("not here")

@pytest.mark.behaviour("S5")
@pytest.mark.parametrize("number", [1, 2])
def test_holds_in_part(number):
    assert number == 1

@pytest.fixture
def broken():
    raise AssertionError

@pytest.mark.behaviour("S6")
def test_never_begins(broken):
    pass
"""


def run(pytester: pytest.Pytester) -> pytest.RunResult:
    return pytester.runpytest_inprocess("-p", "tests.behaviour_ledger", "--behaviours", "page.md")


def test_only_what_passed_and_failed_nowhere_is_proven(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_it=TESTS)

    result = run(pytester)

    result.stdout.fnmatch_lines(
        ["1 proven: S1", "97 open:", "  S2 *FAILED: test_it.py::test_fails"]
    )
    rows = (pytester.path / "page.md").read_text("utf-8").splitlines()
    assert next(row for row in rows if row.startswith("| S1 |")).endswith(
        "| `test_it.py::test_holds` |"
    )
    still_open = [row for row in rows if row.endswith("| open |")]
    assert [row.split()[1] for row in still_open[:5]] == ["S2", "S3", "S4", "S5", "S6"]


def test_a_row_that_does_not_exist_stops_the_run(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("import pytest\n@pytest.mark.behaviour('S99')\ndef test_it(): pass\n")

    result = run(pytester)

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*no behaviour S99*"])


def test_without_the_option_nothing_is_told(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_it=TESTS)

    result = pytester.runpytest_inprocess("-p", "tests.behaviour_ledger")

    assert "proven" not in result.stdout.str()
    assert list(pytester.path.glob("*.md")) == []
