"""The import contracts hold, and each bites: a planted import breaks the contracts it should."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture.project import PRODUCT, PROJECT, ROOMS, Source, sources

CONTRACTS = {
    contract["id"]: contract
    for contract in tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["tool"][
        "importlinter"
    ]["contracts"]
}

# The contracts that break, the module that breaks them, and what it imports.
PLANTED = [
    ({"rooms"}, "affluent/bootstrap/application.py", "flows.sync_offers"),
    ({"rooms"}, "tasks/inventory.py", "flows.sync_offers"),
    ({"rooms"}, "affluent/links/plan.py", "affluent.listings.plan"),
    ({"rooms"}, "affluent/storage/engine.py", "affluent.quality.gate"),
    ({"rooms"}, "affluent/submissions/path.py", "affluent.catalog.extract"),
    ({"rooms", "cycles"}, "affluent/ports/clock.py", "affluent.storage.engine"),
    ({"adapters"}, "affluent/quality/gate.py", "affluent.offers.plan"),
    ({"vendors"}, "connectors/amazon/orders.py", "connectors.bigcommerce.orders"),
    ({"vendors", "cycles"}, "connectors/http/retry.py", "connectors.amazon.orders"),
    ({"vendors"}, "connectors/another_vendor.py", "connectors.http.retry"),
    ({"product"}, "affluent/domain/money.py", "sandbox.clock"),
    ({"sandbox"}, "sandbox/clock.py", "affluent.domain.money"),
    ({"settings"}, "tasks/runtime.py", "affluent.settings.models"),
    ({"domain"}, "affluent/domain/money.py", "pydantic"),
    ({"prefect"}, "affluent/orders/apply.py", "prefect"),
    ({"http"}, "affluent/orders/apply.py", "httpx"),
    ({"sql"}, "affluent/offers/plan.py", "sqlalchemy"),
    ({"driver"}, "affluent/storage/engine.py", "psycopg"),
    ({"queue"}, "affluent/orders/notifications.py", "boto3"),
    ({"keys"}, "affluent/privacy/safe.py", "cryptography"),
    ({"gate"}, "affluent/offers/gate.py", "great_expectations"),
    ({"cycles"}, "affluent/domain/plan.py", "affluent.domain.report"),
]


@pytest.fixture(scope="session")
def copied_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rooms and their contracts, in a folder where imports can be planted."""
    folder = tmp_path_factory.mktemp("planted")
    shutil.copy(PROJECT / "pyproject.toml", folder)
    for room in ROOMS:
        only_modules = shutil.ignore_patterns("__pycache__", "data")
        shutil.copytree(PROJECT / room, folder / room, ignore=only_modules)
    return folder


def broken_contracts(folder: Path) -> set[str]:
    """The ids of the contracts that the linter finds broken in this folder."""
    linter = Path(sys.executable).with_name("lint-imports")
    linted = subprocess.run(
        [linter, "--no-logo"],
        cwd=folder,
        env=os.environ | {"COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    verdicts = dict(re.findall(r"^(.+) (KEPT|BROKEN)$", linted.stdout, re.MULTILINE))
    assert len(verdicts) == len(CONTRACTS), linted.stdout + linted.stderr
    return {name for name, contract in CONTRACTS.items() if verdicts[contract["name"]] == "BROKEN"}


def test_every_contract_is_kept(copied_project: Path) -> None:
    assert broken_contracts(copied_project) == set()


@pytest.mark.parametrize(
    ("broken", "module", "imported"),
    PLANTED,
    ids=[f"{module} imports {imported}" for _, module, imported in PLANTED],
)
def test_a_planted_import_breaks_the_contracts_it_should(
    copied_project: Path, broken: set[str], module: str, imported: str
) -> None:
    planted = copied_project / module
    before = planted.read_text("utf-8") if planted.exists() else None
    planted.write_text(f"{before or ''}\nimport {imported}\n", "utf-8")
    try:
        assert broken_contracts(copied_project) == broken
    finally:
        planted.unlink() if before is None else planted.write_text(before, "utf-8")


def test_each_contract_is_broken_by_some_planted_import() -> None:
    assert set().union(*(broken for broken, _, _ in PLANTED)) == CONTRACTS.keys()


def test_every_room_of_the_product_has_its_floor() -> None:
    floors = " ".join(CONTRACTS["rooms"]["layers"]).replace("|", " ").split()
    packages = {f"affluent.{path.parent.name}" for path in PROJECT.glob("affluent/*/__init__.py")}

    assert packages - set(floors) == set()


def test_the_domain_may_use_none_of_the_packages_that_the_rest_uses() -> None:
    foreign = set().union(*(foreign_packages(source) for source in sources(*PRODUCT)))

    assert foreign - set(CONTRACTS["domain"]["forbidden_modules"]) == set()


def foreign_packages(source: Source) -> set[str]:
    """The packages that a module imports and that are neither ours nor Python's own."""
    modules = set()
    for node in source.nodes:
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            modules.add(node.module)
    return {name.split(".")[0] for name in modules} - set(ROOMS) - sys.stdlib_module_names
