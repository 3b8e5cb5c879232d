"""One campaign: sandbox, database, buyers and workers; the storm, the calm, the verdict."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final
from unittest import mock

import yaml

from affluent.cli.demo.sandbox_process import Sandbox
from affluent.cli.demo.settings import secrets_of, write_settings
from affluent.storage.engine import open_engine
from affluent.storage.unit_of_work import SqlUnitsOfWork
from connectors.sandbox_admin import SandboxAdmin
from tests.chaos.buyers import SCARCE, SOLD, Buyers, Placed
from tests.chaos.faults import FAULTS, faults_of
from tests.chaos.surroundings import Camp
from tests.chaos.trouble import open_database, troubled
from tests.chaos.verdict import Verdict, judge, stock_of
from tests.sandbox.running import PROJECT, RunningSandbox, running_sandbox

SPEED: Final = 20.0
WORKERS: Final = ("orders", "notified", "offers")
#: Real seconds between kills at any moment, and between blows to the database.
_KILL_SECONDS: Final = 3.0
_BLOW_SECONDS: Final = 25.0
_DEATH_CHANCE: Final = 0.001
#: Real seconds after which no lease is open, no order hidden, and no value rests any more.
_SETTLED_SECONDS: Final = 36.0
_CALM_ROUNDS: Final = 6
#: Real seconds without a new order in the store after which the storm may end.
_STILL_SECONDS: Final = 12.0
#: Real seconds within which the first worker is there, and has brought an order in.
_FIRST_SECONDS: Final = 90.0
_LOOKS_EVERY_SECONDS: Final = 0.5
_TOLD_EVERY_SECONDS: Final = 15.0

_PLENTY: Final = 30_000
_FEW: Final = 2

Say = Callable[[str], None]


@dataclass(frozen=True)
class Campaign:
    """What is asked for. A short one makes up for it by being so many times as intense."""

    orders: int
    seed: int
    database: str
    intensity: float = 1.0


@dataclass(frozen=True)
class Outcome:
    """What came of it; `seconds` are those of the storm."""

    campaign: Campaign
    verdict: Verdict
    placed: Placed
    struck: dict[str, int]
    deaths: Counter[str]
    kills: int
    failures: Counter[str]
    unexpected: list[str] = field(default_factory=list)
    calm_rounds: int = 0
    seconds: float = 0.0

    @property
    def is_clean(self) -> bool:
        """Whether every invariant holds, and no worker failed in a way that nobody foresaw."""
        return self.verdict.is_clean and not self.unexpected


def run_campaign(campaign: Campaign, folder: Path, say: Say) -> Outcome:
    """Storm, calm, verdict."""
    with (
        running_sandbox(
            "--speed", str(SPEED), "--quotas", "off", "--seed", str(campaign.seed)
        ) as sandbox,
        SandboxAdmin(sandbox.ready["admin"]) as admin,
        open_database(campaign.database, folder) as (url, trouble, blow),
        _camp(campaign, sandbox, folder, url) as camp,
    ):
        before = _stock_up(admin)
        _run(replace(camp, workers=("beginning",)), rounds=1)
        buyers = Buyers(admin, campaign.seed, campaign.orders)
        began = time.monotonic()
        admin.add_faults(faults_of(campaign.intensity))
        with (
            troubled(blow, _BLOW_SECONDS / campaign.intensity, campaign.seed) as blows,
            _storm(camp, campaign.intensity),
        ):
            _sell(buyers, camp, admin, say)
        struck = dict(zip(FAULTS, (one["struck"] for one in admin.faults()), strict=True))
        seconds = time.monotonic() - began
        admin.clear_faults()
        _refill(admin, before)
        time.sleep(max(0.0, buyers.placed.last_at + _SETTLED_SECONDS - time.time()))
        engine = open_engine(url)
        verdict, rounds = _calm_down(
            camp, lambda: judge(buyers.placed, before, admin, SqlUnitsOfWork(engine)), say
        )
        engine.dispose()
        return Outcome(
            campaign,
            verdict,
            buyers.placed,
            {**struck, trouble: len(blows)},
            Counter(_lines(camp.diary("deaths"))),
            len(_lines(camp.diary("kills"))),
            *_failures(camp),
            rounds,
            seconds,
        )


@contextmanager
def _camp(campaign: Campaign, sandbox: RunningSandbox, folder: Path, url: str) -> Iterator[Camp]:
    described = Sandbox(sandbox.process.pid, sandbox.ready)
    config = write_settings(folder, described, SPEED, None)
    settings = yaml.safe_load(config.read_text("utf-8"))
    config.write_text(yaml.safe_dump(settings | {"database": url}), "utf-8")
    with mock.patch.dict(os.environ, secrets_of(described)):
        yield Camp(str(folder), time.time(), SPEED, campaign.seed, 0.0, ())


@contextmanager
def _storm(camp: Camp, intensity: float) -> Iterator[None]:
    stormy = replace(camp, workers=WORKERS, death_chance=_DEATH_CHANCE * intensity)
    with _nursery(stormy, _KILL_SECONDS, rounds=0) as nursery:
        yield
        camp.halt.touch()
        nursery.wait()
    camp.halt.unlink()


def _sell(buyers: Buyers, camp: Camp, admin: SandboxAdmin, say: Say) -> None:
    """Until all is ordered, and the storm lets no more of it in."""
    delivered, told_at = 0, 0.0
    for number in buyers.order_all():
        sent = admin.amazon_notifications(after=delivered)
        camp.letterbox.put(sent)
        delivered += len(sent)
        if time.monotonic() > told_at:
            say(f"{number} ordered, {buyers.in_store()} in the store")
            told_at = time.monotonic() + _TOLD_EVERY_SECONDS
    camp.letterbox.put(admin.amazon_notifications(after=delivered))
    known, progress_at = 0, time.monotonic()
    while time.monotonic() < progress_at + (_STILL_SECONDS if known else _FIRST_SECONDS):
        if (count := buyers.in_store()) != known:
            known, progress_at = count, time.monotonic()
        time.sleep(_LOOKS_EVERY_SECONDS)


def _calm_down(camp: Camp, look: Callable[[], Verdict], say: Say) -> tuple[Verdict, int]:
    for number in range(1, _CALM_ROUNDS + 1):
        _run(replace(camp, workers=("calm",)), rounds=1)
        verdict = look()
        wrong = {name: len(found) for name, found in verdict.wrongs().items()}
        say(f"calm run {number}: {wrong}")
        if verdict.is_clean:
            break
    return verdict, number


def _run(camp: Camp, rounds: int) -> None:
    with _nursery(camp, 0.0, rounds) as nursery:
        assert nursery.wait() == 0


@contextmanager
def _nursery(camp: Camp, kill_seconds: float, rounds: int) -> Iterator[subprocess.Popen[bytes]]:
    fields = json.dumps(camp.fields())
    command = (sys.executable, "-m", "tests.chaos.nursery", fields, str(kill_seconds), str(rounds))
    with subprocess.Popen(command, cwd=PROJECT, start_new_session=True) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, 9)


def _stock_up(admin: SandboxAdmin) -> dict[str, int]:
    wanted = {**dict.fromkeys(SOLD, _PLENTY), SCARCE: _FEW}
    for sku, level in wanted.items():
        admin.patch_variant(_variant_id(admin, sku), {"inventory_level": level})
    return stock_of(admin)


def _refill(admin: SandboxAdmin, before: dict[str, int]) -> None:
    """Let the store have what it was short of."""
    level = stock_of(admin)[SCARCE] + _PLENTY
    admin.patch_variant(_variant_id(admin, SCARCE), {"inventory_level": level})
    before[SCARCE] += _PLENTY


def _variant_id(admin: SandboxAdmin, sku: str) -> int:
    [found] = [
        variant["id"]
        for product in admin.bigcommerce_products()
        for variant in product["variants"]
        if variant["sku"] == sku
    ]
    return int(found)


def _failures(camp: Camp) -> tuple[Counter[str], list[str]]:
    told = [json.loads(line) for line in _lines(camp.diary("failures"))]
    expected = Counter(one["error"] for one in told if one["expected"])
    unexpected = [
        f"{one['step']}: {one['error']}: {one['words']}" for one in told if not one["expected"]
    ]
    return expected, unexpected + list(_lines(camp.diary("crashes")))


def _lines(diary: Path) -> Sequence[str]:
    return diary.read_text("utf-8").splitlines() if diary.exists() else ()
