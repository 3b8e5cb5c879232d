"""One run at a time for each thing that is written to, across all the deployments that write to it.

prefect.yaml gives a deployment a limit of its own. The tag `writes:NAME` puts it under a limit that
it shares with every other deployment of that tag. The server counts the slots itself, so the limit
holds for any number of workers, and it takes a dead run's slot back when its lease expires.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.responses import DeploymentResponse
from prefect.client.schemas.sorting import DeploymentSort

_TAG: Final = "writes:"
#: As in prefect.yaml: at another number there, `prefect deploy` would change the shared limit.
_AT_ONCE: Final = 1
_PAGE: Final = 200


def share_limits(client: SyncPrefectClient) -> Mapping[str, int]:
    """Put every deployment under its tag's limit; answers how many share each."""
    groups: dict[str, list[DeploymentResponse]] = defaultdict(list)
    for deployment in _all_deployments(client):
        for tag in deployment.tags:
            if tag.startswith(_TAG):
                groups[tag].append(deployment)
    for tag, deployments in groups.items():
        limit = _ensure_limit(client, tag)
        for deployment in deployments:
            shared = deployment.global_concurrency_limit
            if shared is None or shared.id != limit:
                _bind(client, deployment.id, limit)
    return {tag: len(deployments) for tag, deployments in groups.items()}


def _all_deployments(client: SyncPrefectClient) -> Iterable[DeploymentResponse]:
    offset = 0
    by_name = DeploymentSort.NAME_ASC
    while page := client.read_deployments(limit=_PAGE, offset=offset, sort=by_name):
        yield from page
        offset += len(page)


def _ensure_limit(client: SyncPrefectClient, name: str) -> UUID:
    client.upsert_global_concurrency_limit_by_name(name, _AT_ONCE)
    return client.read_global_concurrency_limit_by_name(name).id


def _bind(client: SyncPrefectClient, deployment: UUID, limit: UUID) -> None:
    # Prefect's own model of an update lacks the field that its server takes.
    client.request(
        "PATCH",
        "/deployments/{id}",
        path_params={"id": deployment},
        json={"global_concurrency_limit_id": str(limit)},
    ).raise_for_status()
