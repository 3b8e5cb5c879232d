"""The image, the compose file and the page of the operator name what there is."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import yaml
from prefect.settings.base import PrefectBaseSettings
from prefect.settings.models.root import Settings

from deployments.work_pool import WORK_POOL
from tests.flows.deployment_file import full_name, read_deployments
from tests.flows.processes import PROJECT

COMPOSE: dict[str, Any] = yaml.safe_load((PROJECT / "deployments/compose.yaml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
DOCKERFILE = (PROJECT / "deployments/Dockerfile").read_text("utf-8")
PAGE = (PROJECT / "docs/deployment.md").read_text("utf-8")


def test_services_depend_on_services_that_there_are() -> None:
    for service in SERVICES.values():
        assert set(service.get("depends_on", {})) <= set(SERVICES)


def test_every_prefect_variable_is_a_setting() -> None:
    in_compose = {name for one in SERVICES.values() for name in one.get("environment", {})}
    in_texts = set(re.findall(r"PREFECT_\w+", DOCKERFILE + PAGE))
    named = {name for name in in_compose | in_texts if name.startswith("PREFECT_")}
    ours_or_redis = {"PREFECT_AUTH", "PREFECT_REDIS_MESSAGING_URL"}

    assert named - ours_or_redis <= _setting_names(Settings)


def test_slots_outlive_a_restart_of_the_server() -> None:
    for name in ("server", "services"):
        storage = SERVICES[name]["environment"]["PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE"]
        assert storage == "prefect_redis.lease_storage"


def test_the_image_holds_every_package() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
    packages = project["tool"]["setuptools"]["packages"]["find"]["include"]
    copied = re.findall(r"^COPY (.+) \S+$", DOCKERFILE, re.MULTILINE)
    sources = {source for line in copied for source in line.split()}

    assert {package.rstrip("*") for package in packages} <= sources
    assert all((PROJECT / source).exists() for source in sources)


def test_the_images_worker_polls_the_pool_of_the_deployments() -> None:
    assert f'"--pool", "{WORK_POOL}"' in DOCKERFILE


def test_the_page_names_every_deployment_and_file() -> None:
    for deployment in read_deployments():
        assert f"`{full_name(deployment)}`" in PAGE
    for link in re.findall(r"\]\((\.\./[^)#]+)\)", PAGE):
        assert (PROJECT / "docs" / link).exists()


def _setting_names(model: type[PrefectBaseSettings]) -> set[str]:
    """The environment variables of a part of Prefect's settings, and of the parts within."""
    prefix = model.model_config["env_prefix"]
    names = set()
    for name, field in model.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, PrefectBaseSettings):
            names |= _setting_names(field.annotation)
        else:
            names.add(f"{prefix}{name}".upper())
    return names
