"""The shared windows count as one would, whoever takes, and whoever dies."""

import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import Engine

from affluent.domain.lane import Lane
from affluent.ports.windows import WindowState
from affluent.storage.windows import SqlWindows
from connectors.http.shared_window import SharedWindow, Told

NOW = 1_795_521_600.25
TOLD = Told(quota=150, left=150, length=30.0, ends_at=NOW + 30.0)
FOR_US = 147


def test_a_window_that_nobody_knows_has_no_quota(engine: Engine) -> None:
    assert SqlWindows(engine).look("never") == WindowState()


def test_what_was_put_is_seen_and_replaced_by_who_saw_it_last(engine: Engine) -> None:
    windows = SqlWindows(engine)
    first = WindowState(150, 30.0, 140, NOW + 12.5, True, 3, True, NOW + 1.5)
    assert windows.swap("store", WindowState(), first)
    seen = windows.look("store")
    assert seen == WindowState(150, 30.0, 140, NOW + 12.5, True, 3, True, NOW + 1.5, turn=1)

    assert not windows.swap("store", WindowState(), first)
    assert windows.swap("store", seen, WindowState(450, 30.0, 449, NOW + 30))
    assert not windows.swap("store", seen, first)
    assert windows.look("store") == WindowState(450, 30.0, 449, NOW + 30, turn=2)
    assert windows.look("another") == WindowState()


def test_many_workers_never_take_the_same_request(engine: Engine) -> None:
    windows = SqlWindows(engine)
    workers = [SharedWindow("store", windows, now=lambda: NOW) for _ in range(4)]
    workers[0].learn(TOLD)
    with ThreadPoolExecutor(4) as threads:
        grants = list(threads.map(lambda n: workers[n % 4].reserve(1, Lane.SAFETY), range(200)))
    assert sum(grant.tokens for grant in grants) == FOR_US
    assert windows.look("store").on_way == FOR_US


def test_two_first_answers_at_once_make_one_window(engine: Engine) -> None:
    windows = SqlWindows(engine)
    workers = [SharedWindow("store", windows, now=lambda: NOW) for _ in range(8)]
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda worker: worker.learn(TOLD), workers))
    assert (windows.look("store").left, windows.look("store").quota) == (150, 150)


_DYING_WORKER = """
import sys, time
from affluent.domain.lane import Lane
from affluent.storage.engine import open_engine
from affluent.storage.windows import SqlWindows
from connectors.http.shared_window import SharedWindow

now = float(sys.argv[2])
window = SharedWindow("store", SqlWindows(open_engine(sys.argv[1])), now=lambda: now)
print(window.reserve(100, Lane.SAFETY).tokens, flush=True)
time.sleep(600)
"""


def test_what_a_killed_worker_had_in_hand_is_lost_with_its_window_only(
    engine: Engine, database_url: str
) -> None:
    windows = SqlWindows(engine)
    SharedWindow("store", windows, now=lambda: NOW).learn(TOLD)
    worker = subprocess.Popen(
        [sys.executable, "-c", _DYING_WORKER, database_url, str(NOW)], stdout=subprocess.PIPE
    )
    with worker:
        assert worker.stdout is not None
        assert int(worker.stdout.readline()) == 100
        worker.kill()
    assert worker.returncode == -signal.SIGKILL

    now = NOW + 1
    survivor = SharedWindow("store", windows, now=lambda: now)
    assert survivor.reserve(200, Lane.SAFETY).tokens == FOR_US - 100
    grant = survivor.reserve(1, Lane.SAFETY)
    assert (grant.tokens, grant.seconds) == (0, 29.0)
    now += grant.seconds
    assert survivor.reserve(200, Lane.SAFETY).tokens == FOR_US
    assert windows.look("store").on_way == FOR_US
