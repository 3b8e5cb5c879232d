"""Telling a flow run that waits in Prefect what was decided."""

from __future__ import annotations

from uuid import UUID

from affluent.cli.prefect_environment import prepare_prefect
from affluent.domain.kept_plan import Decision


def wake(run_id: str, decision: Decision) -> bool:
    """Resume the run with the answer, as the form of the Prefect UI would; whether it waited.

    Without a Prefect server that outlives its runs, none can wait.
    """
    prepare_prefect()
    from prefect.client.orchestration import get_client
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
        client.resume_flow_run(run.id, run_input=answer)
    return True
