"""A real Prefect server and a process worker: a scheduled run does its work."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.behaviours.merchant import Merchant, opened_merchant
from tests.flows.deployment_file import full_name, read_prefect_file
from tests.flows.operator import Operator, prefect_operator
from tests.flows.processes import eventually
from tests.flows.test_deployments import SCHEDULES, WRITERS

ORDER = "701-2000001-3000001"
SAFFRON = {"sku": "FOOD-SAFFRON-LAST", "quantity": 1, "price": "28.00"}
IMPORT = "import-orders/main"
FEW_SECONDS = 5
AMAZON_SECRETS = ("client_id", "client_secret", "refresh_token")


@pytest.fixture
def merchant(tmp_path: Path) -> Iterator[Merchant]:
    with opened_merchant(tmp_path) as opened:
        yield opened


@pytest.fixture
def operator(tmp_path: Path) -> Iterator[Operator]:
    with prefect_operator(tmp_path) as started:
        yield started


@pytest.mark.behaviour("S57")
def test_a_scheduled_run_imports_an_order(
    merchant: Merchant, operator: Operator, tmp_path: Path
) -> None:
    merchant.buy(ORDER, SAFFRON, createdTime="2026-11-20T10:00:00Z")
    secrets = _keep_secrets_in_blocks(merchant)

    operator.register(merchant.config, secrets)
    operator.deploy(_importing_every(FEW_SECONDS, tmp_path))
    deployed = operator.deployment(IMPORT)
    with operator.worker(merchant.config.parent) as log:
        eventually(lambda: operator.runs(deployed, "COMPLETED"), 120, f"A run of {IMPORT}: {log}")

    assert len(merchant.orders_in_store(ORDER)) == 1
    [finished, *_] = operator.runs(deployed, "COMPLETED")
    assert finished["auto_scheduled"]
    assert not operator.runs(deployed, "FAILED")
    assert not any(secret in log.read_text() for secret in secrets.values())
    _check_limits(operator)


def _check_limits(operator: Operator) -> None:
    """Deploying once more has left the deployments of each tag under their one limit."""
    limits = {
        name: operator.deployment(name)["global_concurrency_limit"]["name"] for name in SCHEDULES
    }
    shared = {tag: {name for name, limit in limits.items() if limit == tag} for tag in WRITERS}
    assert shared == WRITERS


def _importing_every(seconds: int, folder: Path) -> Path:
    """A copy of prefect.yaml that imports orders at once and often."""
    content = read_prefect_file()
    for deployment in content["deployments"]:
        if full_name(deployment) == IMPORT:
            deployment["schedules"] = [{"interval": seconds}]
    copy = folder / "prefect.yaml"
    copy.write_text(yaml.safe_dump(content), "utf-8")
    return copy


def _keep_secrets_in_blocks(merchant: Merchant) -> dict[str, str]:
    """Let affluent.yaml name blocks, for the account `main`; answers the variables to fill them."""
    credentials = merchant.sandbox.ready["credentials"]
    settings = yaml.safe_load(merchant.config.read_text("utf-8"))
    [account] = settings["accounts"]
    account["name"] = "main"
    account |= {key: {"block": f"amazon-{key}".replace("_", "-")} for key in AMAZON_SECRETS}
    settings["store"]["access_token"] = {"block": "store-token"}
    merchant.config.write_text(yaml.safe_dump(settings | {"selling_lists": []}), "utf-8")
    amazon = {f"AMAZON_{key.upper()}": credentials["amazon"][key] for key in AMAZON_SECRETS}
    return amazon | {"STORE_TOKEN": credentials["bigcommerce"]["access_token"]}
