"""Keeps the workers of a camp alive: forks each again as soon as it has died, and kills some.

A process of its own without threads, so that forking it is harmless: a new worker is there within
milliseconds, with everything imported. `python -m tests.chaos.nursery CAMP KILL_SECONDS ROUNDS`
"""

from __future__ import annotations

import gc
import json
import os
import random
import signal
import sys
import time
import traceback

from tests.chaos.surroundings import Camp, note
from tests.chaos.worker import work

_LOOKS_EVERY_SECONDS = 0.02


class Nursery:
    """Workers by the place that they hold. `kill_seconds` is the mean between random kills."""

    def __init__(self, camp: Camp, kill_seconds: float, rounds: int | None) -> None:
        self._camp = camp
        self._kill_seconds = kill_seconds
        self._rounds = rounds
        self._chance = random.Random(camp.seed)
        self._lives = 0
        self._places: dict[int, str] = {}

    def run(self) -> None:
        """Until every worker has ended by itself."""
        for kind in self._camp.workers:
            self._bear(kind)
        next_kill = self._next_kill()
        parent = os.getppid()
        while self._places:
            if os.getppid() != parent:
                self._abandon()
            self._bury()
            if time.monotonic() > next_kill and not self._camp.halt.exists():
                self._kill_one()
                next_kill = self._next_kill()
            time.sleep(_LOOKS_EVERY_SECONDS)

    def _abandon(self) -> None:
        """Whoever asked for the workers is gone: end them, and so leave the loop."""
        for process_id in self._places:
            os.kill(process_id, signal.SIGKILL)
        sys.exit(1)

    def _bear(self, kind: str) -> None:
        self._lives += 1
        process_id = os.fork()
        if process_id:
            self._places[process_id] = kind
            return
        status = 1
        try:
            work(self._camp, kind, self._lives, self._rounds)
            status = 0
        except BaseException:  # noqa: BLE001  # the forked half must not go on as the nursery
            note(self._camp.diary("crashes"), traceback.format_exc())
        os._exit(status)

    def _bury(self) -> None:
        process_id, status = os.waitpid(-1, os.WNOHANG)
        if not process_id:
            return
        kind = self._places.pop(process_id)
        if os.WIFSIGNALED(status):
            note(self._camp.diary("kills"), f"{kind} {os.WTERMSIG(status)}")
        if os.WIFSIGNALED(status) or os.WEXITSTATUS(status):
            self._bear(kind)

    def _kill_one(self) -> None:
        os.kill(self._chance.choice(sorted(self._places)), signal.SIGKILL)
        note(self._camp.diary("deaths"), "at any moment")

    def _next_kill(self) -> float:
        if not self._kill_seconds:
            return float("inf")
        return time.monotonic() + self._chance.expovariate(1 / self._kill_seconds)


def main(fields: str, kill_seconds: str, rounds: str) -> None:
    """Live until the workers have ended."""
    told = json.loads(fields)
    camp = Camp(**{**told, "workers": tuple(told["workers"])})
    gc.freeze()
    Nursery(camp, float(kill_seconds), int(rounds) or None).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
