"""The gate as a whole: what it costs to have one, and that several threads may share it."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from affluent.ports.gate import Gate
from affluent.quality.gate import QualityGate
from tests.unit.quality.builders import BARCODES, listing, plan_of, profiles_of


def held_by(gate: Gate, run: int) -> list[str]:
    """The SKUs held of a batch in which the first `run` listings cost nothing."""
    plan = plan_of(
        *(
            listing(f"RUN{run}-{at}", barcode=BARCODES[at], price="0" if at < run else "3.00")
            for at in range(20)
        )
    )
    return [finding.key for finding in gate.check_listings(plan, profiles_of(plan), {})]


def test_a_gate_is_made_without_loading_great_expectations() -> None:
    program = (
        "import sys; from affluent.quality.gate import QualityGate; QualityGate(); "
        "print({'great_expectations', 'pandas'} & set(sys.modules))"
    )

    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)

    assert answer.stdout.strip() == "set()"


def test_threads_that_share_a_gate_do_not_mix_their_batches() -> None:
    gate = QualityGate()

    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda run: held_by(gate, run), range(12)))

    assert answers == [[f"RUN{run}-{at}" for at in range(run)] for run in range(12)]
