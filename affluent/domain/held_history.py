"""What was held in one run after the other, drawn in text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from affluent.domain.run_figures import RunFigures

_NONE: Final = "·"
_BARS: Final = "▁▂▃▄▅▆▇█"


def held_history(runs: Sequence[RunFigures]) -> str:
    """A table in Markdown: for each reason a bar a run, oldest first, scaled to its own largest;
    what is held most now comes first. Empty where none of these runs held anything."""
    now = Counter(runs[-1].held) if runs else Counter()
    reasons = {reason for run in runs for reason in run.held}
    if not reasons:
        return ""
    rows = [
        f"| {reason} | `{_bars([run.held.get(reason, 0) for run in runs])}` | "
        f"{max(run.held.get(reason, 0) for run in runs)} | {now[reason]} |"
        for reason in sorted(reasons, key=lambda one: (-now[one], one))
    ]
    head = f"| held as | in the last {len(runs)} runs | most | now |\n|---|---|---|---|\n"
    return head + "\n".join(rows) + "\n"


def _bars(counts: Sequence[int]) -> str:
    most = max(counts)
    return "".join(_BARS[(count * len(_BARS) - 1) // most] if count else _NONE for count in counts)
