"""Every request of a whole demo run, and every answer of the sandbox, by the vendors' own specs."""

from __future__ import annotations

from pathlib import Path

import pytest
from vendor_specifications import Judge, read_exchanges

from tests.demo.running_demo import run_demo


@pytest.mark.behaviour("N7")
def test_a_whole_demo_run_breaks_no_vendor_specification(judge: Judge, tmp_path: Path) -> None:
    recorded = tmp_path / "exchanges.ndjson"

    ended = run_demo(tmp_path / "demo", "--record", str(recorded))

    assert ended.status == 0, ended.stderr
    exchanges = list(read_exchanges(recorded))
    violations = [str(one) for exchange in exchanges for one in judge.violations(exchange)]
    assert violations == []
    assert len(exchanges) > 100
    assert {exchange.vendor for exchange in exchanges} == {"amazon", "bigcommerce"}
