"""Telling a flow run that waits in Prefect what was decided."""

from __future__ import annotations

from time import sleep
from typing import Final
from uuid import UUID

from affluent.cli.prefect_environment import prepare_prefect
from affluent.domain.kept_plan import Decision

_TRIES: Final = 5
_SECONDS_BETWEEN_TRIES: Final = 1.0


def wake(run_id: str, decision: Decision) -> bool:
    """Resume the run with the answer, as the form of the Prefect UI would; whether it waited.

    Without a Prefect server that outlives its runs, none can wait. For a moment after the pause
    the form is not there yet, and Prefect takes no answer.
    """
    prepare_prefect()
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.responses import SetStateStatus
    from prefect.exceptions import ObjectNotFound
    from prefect.settings import PREFECT_API_URL

    if PREFECT_API_URL.value() is None:
        return False
    answer = {
        "decision": "approve" if decision.approves else "refuse",
        "decided_by": decision.decided_by,
        "comment": decision.comment,
    }
    with get_client(sync_client=True) as client:
        try:
            run = client.read_flow_run(UUID(run_id))
        except ObjectNotFound:
            return False
        if run.state is None or not run.state.is_paused():
            return False
        for _ in range(_TRIES):
            told = client.resume_flow_run(run.id, run_input=answer)
            if told.status is SetStateStatus.ACCEPT:
                return True
            sleep(_SECONDS_BETWEEN_TRIES)
    return False
