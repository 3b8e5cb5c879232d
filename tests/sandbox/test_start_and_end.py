"""The sandbox as a process: how it is started, and how it ends."""

from __future__ import annotations

import signal
import ssl
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.sandbox.running import FREE_PORTS, PROJECT, running_sandbox

REAL_CATALOG = PROJECT / "../shared/data/catalog-real-5k.ndjson.gz"


def test_a_faster_clock_runs_faster() -> None:
    def now(admin: httpx.Client) -> datetime:
        return datetime.fromisoformat(admin.get("/summary").json()["time"])

    with running_sandbox("--speed", "1000") as sandbox, sandbox.admin() as admin:
        began = now(admin)
        time.sleep(0.1)
        assert now(admin) - began > timedelta(seconds=90)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_cleanly(number: signal.Signals) -> None:
    with running_sandbox("--seed", "2") as sandbox, sandbox.admin() as admin:
        admin.get("/summary").raise_for_status()
        sandbox.process.send_signal(number)

        assert sandbox.process.wait(timeout=30) == 0
        with pytest.raises(httpx.ConnectError):
            httpx.get(sandbox.ready["admin"] + "/summary")


def test_it_ends_by_itself_when_nobody_asks() -> None:
    with running_sandbox("--idle-exit", "1") as sandbox:
        assert sandbox.process.wait(timeout=30) == 0


def test_with_tls_the_vendors_are_reached_through_the_named_authority() -> None:
    with running_sandbox("--tls") as sandbox:
        ca_file = Path(sandbox.ready["ca_file"])
        context = ssl.create_default_context(cafile=str(ca_file))
        with sandbox.bigcommerce(verify=context) as store:
            assert sandbox.ready["bigcommerce"].startswith("https://127.0.0.1:")
            assert store.get("/v3/catalog/summary").status_code == 200
        with sandbox.amazon(verify=context) as amazon:
            assert amazon.get("/sellers/v1/marketplaceParticipations").status_code == 200
        with pytest.raises(httpx.ConnectError):
            httpx.get(sandbox.ready["amazon"])

        assert sandbox.end() == 0
        assert not ca_file.exists()


def test_the_same_seed_places_the_same_orders() -> None:
    def orders(seed: str) -> list[Any]:
        with running_sandbox("--orders", "6", "--seed", seed) as sandbox, sandbox.admin() as admin:
            return [
                [
                    (item["product"]["sellerSku"], item["quantityOrdered"])
                    for item in order["orderItems"]
                ]
                for order in admin.get("/amazon/orders").json()
            ]

    first = orders("11")
    assert len(first) == 6
    assert orders("11") == first
    assert orders("12") != first


@pytest.mark.skipif(not REAL_CATALOG.is_file(), reason="the folder ../shared is missing")
def test_five_thousand_real_products_are_taken_in() -> None:
    with running_sandbox("--catalog", str(REAL_CATALOG)) as sandbox, sandbox.admin() as admin:
        summary = admin.get("/summary").json()

    assert summary["bigcommerce"]["products"] == 5194
    assert summary["amazon"]["listings"] == 10


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--catalog", "no-such-file.ndjson"], "there is no file no-such-file.ndjson"),
        (["--catalog", "pyproject.toml"], "pyproject.toml, line 1: not JSON"),
        (["--faults", "pyproject.toml"], "pyproject.toml is not JSON"),
        (["--speed", "0"], "--speed"),
        (["--orders", "-1"], "--orders"),
        (["--amazon-port", "70000"], "--amazon-port"),
        (["--quotas", "perhaps"], "--quotas"),
    ],
)
def test_a_start_that_cannot_be_is_refused_in_a_line(arguments: list[str], said: str) -> None:
    refused = subprocess.run(
        [sys.executable, "-m", "sandbox", *FREE_PORTS, *arguments],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )

    assert refused.returncode != 0
    assert refused.stdout == ""
    assert said in refused.stderr
    assert "Traceback" not in refused.stderr
