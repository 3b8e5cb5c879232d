"""`make chaos`: one campaign, by SEED, ORDERS and DATABASE; the last line is one JSON object."""

from __future__ import annotations

import logging
import os
import random
import sys
import tempfile
from pathlib import Path

from tests.chaos.campaign import Campaign, run_campaign
from tests.chaos.matrix import render


def main() -> int:
    """Run it; the exit status says whether every invariant held."""
    seed = int(os.environ.get("SEED") or random.SystemRandom().randrange(10**6))
    orders = int(os.environ.get("ORDERS") or 10_000)
    campaign = Campaign(orders, seed, os.environ.get("DATABASE") or "postgresql")
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(message)s")
    logger = logging.getLogger("chaos")
    logger.setLevel(logging.INFO)
    say = logger.info
    say("seed %d", seed)
    with tempfile.TemporaryDirectory(prefix="affluent-chaos-") as folder:
        outcome = run_campaign(campaign, Path(folder), say)
    sys.stdout.writelines(f"{line}\n" for line in render(outcome))
    return 0 if outcome.is_clean else 1


if __name__ == "__main__":
    sys.exit(main())
