"""One worker: round after round until it is told to end, or is killed."""

from __future__ import annotations

import json
import logging
import random
import time
from typing import Final

from sqlalchemy.exc import DBAPIError

from affluent.domain.errors import ConfigurationError, VendorError
from tests.chaos.deaths import Deaths
from tests.chaos.rounds import ROUNDS, Round
from tests.chaos.surroundings import Camp, ChaosApplication, note

#: What a flow run may fail with while the storm lasts; the next one goes on where it ended.
_EXPECTED: Final = (VendorError, ConfigurationError, DBAPIError)
_PAUSE_SECONDS: Final = 0.3


def work(camp: Camp, kind: str, life: int, rounds: int | None = None) -> None:
    """Work so many rounds, or until the camp is told to halt. `life` tells its lives apart."""
    logging.disable(logging.WARNING)
    application = ChaosApplication(camp)
    if camp.death_chance:
        deaths = Deaths(
            camp.death_chance,
            f"{camp.seed}/{life}",
            lambda point: note(camp.diary("deaths"), point),
        )
        deaths.watch(application.engine)
    chance = random.Random(f"pause {camp.seed}/{life}")
    done = 0
    while not camp.halt.exists() and done != rounds:
        for step in ROUNDS[kind]:
            _attempt(step, application, camp)
        done += 1
        time.sleep(chance.uniform(0, _PAUSE_SECONDS))
    application.close()


def _attempt(step: Round, application: ChaosApplication, camp: Camp) -> None:
    try:
        step(application)
    except Exception as error:  # noqa: BLE001  # a flow run fails, and the next one begins
        failure = {
            "step": step.__name__,
            "error": type(error).__name__,
            "words": str(error).splitlines()[0][:300] if str(error) else "",
            "expected": isinstance(error, _EXPECTED),
        }
        note(camp.diary("failures"), json.dumps(failure))
