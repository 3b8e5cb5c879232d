"""The bars of the demo, on stderr, so that stdout holds the result alone."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn


class StepBars:
    """One bar for each step of the story; the long ones count what they have done."""

    def __init__(self, console: Console) -> None:
        self._bars = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(bar_width=6),
            TextColumn("{task.fields[figures]}"),
            TimeElapsedColumn(),
            console=console,
        )
        self._step: TaskID | None = None

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._bars.stop()

    def begin(self, title: str) -> None:
        """Begin a step."""
        self._bars.console.print(f"step: {title}", style="dim")
        self._step = self._bars.add_task(title, total=None, figures="")

    def end(self, summary: str) -> None:
        """End the step with what it came to."""
        if self._step is not None:
            self._bars.update(self._step, total=1, completed=1, figures=summary)

    def show(self, step: str, done: int, total: int | None = None) -> None:
        """The port Progress: figures of the step under way."""
        if self._step is not None:
            of = f"/{total}" if total else ""
            self._bars.update(
                self._step, completed=done, total=total, figures=f"{step}: {done}{of}"
            )
