"""The main job, whole: as a user runs it, killed at every step, and on real products."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.demo.running_demo import end_sandbox_of, kill_demo_in_step, moments, run_demo

_SHARED = Path(__file__).resolve().parents[2].parent / "shared"
_CATALOG = _SHARED / "data" / "catalog-real-5k.ndjson.gz"

HELD = {
    "bad_check_digit": 1,
    "duplicate_gtin": 1,
    "huge_price": 1,
    "invalid_attributes": 3,
    "long_name": 1,
    "malformed_barcode": 1,
    "no_identifier": 1,
    "not_in_catalog": 1,
    "restricted": 1,
    "zero_price": 1,
}


@pytest.mark.behaviour("N2")
def test_a_demo_killed_at_every_step_ends_as_one_that_was_not(tmp_path: Path) -> None:
    work = tmp_path / "demo"
    seed = 20261124
    delays = moments(seed)
    kills = sum(kill_demo_in_step(work, step, next(delays)) for step in range(1, 8))
    try:
        ended = run_demo(work)
    finally:
        end_sandbox_of(work)

    assert kills >= 6, f"only {kills} kills met a running demo (seed {seed})"
    assert ended.status == 0, ended.stderr
    assert ended.figures["held"] == HELD
    assert (ended.figures["sent"], ended.figures["effective"]) == (72, 71)
    assert (ended.figures["orders_imported"], ended.figures["orders_waiting"]) == (5, 2)


@pytest.mark.skipif(not _CATALOG.exists(), reason=f"the real catalogue is not at {_CATALOG}")
def test_of_real_products_the_flawed_are_held_and_the_clean_are_live(tmp_path: Path) -> None:
    ended = run_demo(tmp_path / "demo", "--catalog", str(_CATALOG))

    truth = json.loads(_CATALOG.with_name("catalog-real-5k.truth.json").read_text())
    flaws = {name: len(skus) for name, skus in truth["skus"].items()}
    assert ended.status == 0, ended.stderr
    assert ended.figures["products"] == truth["products"]
    assert ended.figures["held"] == flaws
    assert ended.figures["effective"] == truth["clean"]
    assert ended.figures["sent"] == truth["clean"]


def test_a_folder_that_no_demo_made_is_never_emptied(tmp_path: Path) -> None:
    (tmp_path / "affluent.yaml").write_text("precious")

    ended = run_demo(tmp_path)

    assert ended.status == 2
    assert (tmp_path / "affluent.yaml").read_text() == "precious"
