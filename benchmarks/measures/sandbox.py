"""A sandbox in a process of its own, and our connector's account of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

import httpx

from affluent.domain.account import Account
from affluent.domain.marketplace import Marketplace, find_marketplace
from affluent.domain.plan import Change, Operation
from affluent.ports.buckets import BucketStore
from affluent.ports.windows import WindowStore
from connectors.amazon.account import AmazonAccount
from connectors.amazon.auth import AmazonCredentials
from connectors.bigcommerce.store import BigCommerceStore

SPEED: Final = 20.0
MARKETPLACE: Final = "ATVPDKIKX0DER"

#: What a started sandbox says of itself: addresses and credentials.
Ready = dict[str, Any]


@contextmanager
def running_sandbox(*, quotas: bool, speed: float, catalog: Path | None = None) -> Iterator[Ready]:
    """Both vendors on free ports, until the end of the block; the demo's catalog by default."""
    free_ports = ("--amazon-port", "0", "--bigcommerce-port", "0", "--admin-port", "0")
    options = ("--quotas", "on" if quotas else "off", "--speed", str(speed), "--idle-exit", "300")
    chosen = ("--catalog", str(catalog)) if catalog else ()
    command = [sys.executable, "-m", "sandbox", *free_ports, *options, *chosen]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            # Amazon does not share our cores: where we may, what runs here is not to slow it down.
            with suppress(PermissionError):
                os.setpriority(os.PRIO_PROCESS, process.pid, -10)
            yield json.loads(process.stdout.readline())
        finally:
            process.terminate()


def open_store(ready: Ready, store: WindowStore, speed: float) -> BigCommerceStore:
    """The connector's account of the sandbox's store."""
    secrets = ready["credentials"]["bigcommerce"]
    return BigCommerceStore(
        store_hash=secrets["store_hash"],
        access_token=lambda: secrets["access_token"],
        endpoint=ready["bigcommerce"],
        window_store=store,
        clock_speed=speed,
    )


def open_account(
    ready: Ready, store: BucketStore, speed: float, transport: httpx.BaseTransport | None = None
) -> AmazonAccount:
    """The connector's account of the sandbox's seller."""
    secrets = ready["credentials"]["amazon"]
    return AmazonAccount(
        account=Account("bench", secrets["seller_id"], (marketplace(),)),
        credentials=AmazonCredentials(
            client_id=lambda: secrets["client_id"],
            client_secret=lambda: secrets["client_secret"],
            refresh_token=lambda: secrets["refresh_token"],
        ),
        endpoint=ready["amazon"],
        lwa_endpoint=ready["lwa"],
        bucket_store=store,
        clock_speed=speed,
        transport=transport,
    )


def marketplace() -> Marketplace:
    """The marketplace that everything is measured on."""
    found = find_marketplace(MARKETPLACE)
    assert found is not None
    return found


def patch_of(sku: str, quantity: int) -> Change:
    """A patch that sets a quantity; one of zero is a safety write."""
    availability = [{"fulfillment_channel_code": "DEFAULT", "quantity": quantity}]
    patch = {"op": "merge", "path": "/attributes/fulfillment_availability", "value": availability}
    return Change(
        Operation.PATCH_OFFER,
        "bench",
        MARKETPLACE,
        sku,
        after={"quantity": quantity},
        why="measured",
        payload={"productType": "PRODUCT", "patches": [patch]},
    )
