"""A worker dies at each point of a run in turn, and another one goes on where it ended."""

from __future__ import annotations

from collections.abc import Callable

from tests.fakes.wire import WorkerDied
from tests.fakes.world import World


def die_everywhere(
    make: Callable[[str], World],
    run: Callable[[World], object],
    check: Callable[[World], None],
    again: Callable[[World], object] | None = None,
) -> list[str]:
    """Answers the points at which a worker died, in their order, after a whole run without a death.

    Each death has a world of its own, made for an account's name. `run` is what dies, `again` the
    run after it, where that is another one; `check` then finds in `wire.died_at` the number of the
    deadly point, counted from the beginning of the run.
    """
    died: list[str] = []
    while True:
        world = make(f"account-{len(died)}")
        world.wire.points.clear()
        world.wire.die_at = len(died)
        try:
            run(world)
        except WorkerDied as death:
            died.append(str(death))
        else:
            return died
        world.revive()
        (again or run)(world)
        check(world)
