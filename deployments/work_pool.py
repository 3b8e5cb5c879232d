"""The work pool that every deployment of prefect.yaml runs in."""

from __future__ import annotations

from typing import Final

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.exceptions import ObjectAlreadyExists

WORK_POOL: Final = "affluent"
_DESCRIPTION: Final = "Affluent's flows, each run a process of its own on a worker's machine."


def ensure_work_pool(client: SyncPrefectClient) -> bool:
    """Make the pool where it is missing; answers whether it was. One that exists stays as it is."""
    pool = WorkPoolCreate(name=WORK_POOL, type="process", description=_DESCRIPTION)
    try:
        client.create_work_pool(pool)
    except ObjectAlreadyExists:
        return False
    return True
