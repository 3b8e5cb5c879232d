"""What was held over time, as a person sees it."""

from __future__ import annotations

from datetime import UTC, datetime

from affluent.domain.held_history import held_history
from affluent.domain.run_figures import RunFigures


def run(**held: int) -> RunFigures:
    return RunFigures(
        run_id="run",
        flow="publish_listings",
        account="us",
        marketplace="US",
        ended_at=datetime(2026, 11, 24, tzinfo=UTC),
        read=0,
        planned=0,
        unchanged=0,
        held=held,
        stopped=(),
        sent=0,
        effective=0,
        refused=0,
        waiting=0,
        plan_hash="",
    )


def test_every_reason_has_a_bar_a_run_and_the_most_held_comes_first() -> None:
    drawn = held_history(
        [run(no_name=8), run(no_name=4, zero_price=1), run(no_name=1, long_name=2)]
    )

    assert drawn == (
        "| held as | in the last 3 runs | most | now |\n"
        "|---|---|---|---|\n"
        "| long_name | `··█` | 2 | 2 |\n"
        "| no_name | `█▄▁` | 8 | 1 |\n"
        "| zero_price | `·█·` | 1 | 0 |\n"
    )


def test_the_smallest_share_of_many_is_still_seen() -> None:
    assert "`▁█`" in held_history([run(no_name=1), run(no_name=100_000)])


def test_nothing_is_drawn_where_nothing_was_held() -> None:
    assert held_history([]) == ""
    assert held_history([run(), run()]) == ""
