"""A short campaign, made up for by its intensity: `make chaos` runs the long ones."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.chaos.campaign import Campaign, run_campaign
from tests.chaos.matrix import render

_ORDERS = 30
_INTENSITY = 3.0
_SEED = int(os.environ.get("SEED") or 20261124)

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="the sandbox finds the process of a connection on Linux only"
)


@pytest.mark.behaviour("N2", "N8")
def test_after_the_storm_every_order_is_there_once_and_told(tmp_path: Path) -> None:
    campaign = Campaign(_ORDERS, _SEED, "postgresql", _INTENSITY)

    outcome = run_campaign(campaign, tmp_path, lambda words: sys.stdout.write(f"{words}\n"))

    matrix = "\n".join(render(outcome))
    assert outcome.is_clean, matrix
    assert outcome.kills, matrix
    assert sum(outcome.struck.values()) > outcome.kills, matrix
