"""The demo's affluent.yaml: the sandbox's endpoints, two ways to send, four creation profiles."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any, Final

import yaml

from affluent.cli.demo.sandbox_process import Sandbox

ACCOUNT: Final = "demo"
MARKETPLACE: Final = "US"

_SECRETS: Final = {
    "client_id": "AFFLUENT_DEMO_CLIENT_ID",
    "client_secret": "AFFLUENT_DEMO_CLIENT_SECRET",
    "refresh_token": "AFFLUENT_DEMO_REFRESH_TOKEN",
}
_STORE_TOKEN: Final = "AFFLUENT_DEMO_STORE_TOKEN"


def secrets_of(sandbox: Sandbox) -> dict[str, str]:
    """The environment variables that the demo's settings name."""
    credentials = sandbox.ready["credentials"]
    amazon = {variable: credentials["amazon"][key] for key, variable in _SECRETS.items()}
    return amazon | {_STORE_TOKEN: credentials["bigcommerce"]["access_token"]}


def write_settings(work: Path, sandbox: Sandbox, speed: float, catalog: Path | None) -> Path:
    """Write the settings of the demo's run; answers their path."""
    ready = sandbox.ready
    settings = {
        "database": f"sqlite:///{work.resolve() / 'affluent.db'}",
        "store": {
            "hash": ready["credentials"]["bigcommerce"]["store_hash"],
            "endpoint": ready["bigcommerce"],
            "access_token": {"env": _STORE_TOKEN},
            "clock_speed": speed,
        },
        "accounts": [
            {
                "name": ACCOUNT,
                "seller_id": ready["credentials"]["amazon"]["seller_id"],
                "endpoint": ready["amazon"],
                "lwa_endpoint": ready["lwa"],
                **{key: {"env": variable} for key, variable in _SECRETS.items()},
                "marketplaces": [MARKETPLACE],
                "clock_speed": speed,
            }
        ],
        **_profiles(),
        **(_lists_of_any_catalog(catalog) if catalog else _lists_of_our_catalog()),
    }
    path = work / "affluent.yaml"
    path.write_text(yaml.safe_dump(settings, sort_keys=False), encoding="utf-8")
    return path


def _profiles() -> Mapping[str, Any]:
    text = resources.files("affluent.cli.demo").joinpath("profiles.yaml").read_text("utf-8")
    profiles: Mapping[str, Any] = yaml.safe_load(text)
    return profiles


def _lists_of_our_catalog() -> Mapping[str, Any]:
    """Kitchen, luggage and food go out as one feed; the few others one by one."""
    creation = {1: "kitchen", 2: "luggage", 3: "grocery"}
    return {
        "selling_lists": [
            _list("Kitchen, luggage and food", "feed", creation, categories=[1, 2, 3]),
            _list("Offers only", "single", {}, categories=[5]),
            _list("Supplements", "single", {6: "supplement"}, categories=[6]),
        ],
        "sku_mapping": {"OLD-DRIPPER": "AMZ-DRIPPER-01"},
    }


def _lists_of_any_catalog(catalog: Path) -> Mapping[str, Any]:
    """The smallest category goes out one by one, everything else as one feed."""
    opened = gzip.open if catalog.suffix == ".gz" else open
    with opened(catalog, "rt", encoding="utf-8") as lines:
        counts = Counter(category for line in lines for category in json.loads(line)["categories"])
    smallest = min(counts, key=lambda category: (counts[category], category))
    creation = {0: "grocery"}
    return {
        # Open catalogs are full of numbers that shops gave themselves, and of loud names.
        "quality": {"allow": ["restricted_barcode", "title_characters"]},
        "selling_lists": [
            _list("One by one", "single", creation, categories=[smallest]),
            _list("Everything else", "feed", creation, exclude_categories=[smallest]),
        ],
    }


def _list(name: str, send: str, creation: dict[int, str], **rules: list[int]) -> dict[str, Any]:
    return {
        "name": name,
        "account": ACCOUNT,
        "marketplace": MARKETPLACE,
        "send": send,
        "creation_profiles": creation,
        **rules,
    }
