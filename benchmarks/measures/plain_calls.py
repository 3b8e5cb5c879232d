"""What the connector costs beside bare httpx: the same calls to the same server, in one thread."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final
from urllib.parse import quote

import httpx

from affluent.storage.buckets import SqlBuckets
from affluent.storage.engine import open_engine
from affluent.storage.migrate import upgrade
from benchmarks.measures.sandbox import MARKETPLACE, Ready, open_account, patch_of

_CALLS: Final = 300
_ROUNDS: Final = 5
#: So fast that the connector's own buckets, which are drawn from all the same, never run dry.
UNLIMITED_SPEED: Final = 10_000.0


def calls_against_httpx(ready: Ready, folder: Path) -> tuple[float, float]:
    """Calls per second through the connector and through bare httpx, each the best of its rounds.

    They take turns, so that what else the machine does meets both alike.
    """
    database = f"sqlite:///{folder / 'plain.db'}"
    upgrade(database)
    account = open_account(ready, SqlBuckets(open_engine(database)), UNLIMITED_SPEED)
    with httpx.Client(base_url=ready["amazon"], headers=authorised(ready)) as bare:
        seller_id = ready["credentials"]["amazon"]["seller_id"]

        def patch_bare(number: int) -> None:
            sku = quote(f"plain-{number}", safe="")
            bare.patch(
                f"/listings/2021-08-01/items/{seller_id}/{sku}",
                params={"marketplaceIds": MARKETPLACE, "issueLocale": "en_US"},
                json=dict(patch_of(sku, 7).payload),
            ).raise_for_status().json()

        def patch_ours(number: int) -> None:
            account.listings.patch(patch_of(f"plain-{number}", 7))

        rounds = [(_rate(patch_ours), _rate(patch_bare)) for _ in range(_ROUNDS)]
    account.close()
    ours, plain = zip(*rounds, strict=True)
    return max(ours), max(plain)


def _rate(call: Callable[[int], None]) -> float:
    started = time.perf_counter()
    for number in range(_CALLS):
        call(number)
    return _CALLS / (time.perf_counter() - started)


def authorised(ready: Ready) -> dict[str, str]:
    """The headers of a seller who has logged in."""
    secrets = ready["credentials"]["amazon"]
    names = ("client_id", "client_secret", "refresh_token")
    form = {"grant_type": "refresh_token", **{name: secrets[name] for name in names}}
    granted = httpx.post(ready["lwa"], data=form).raise_for_status().json()
    return {"x-amz-access-token": str(granted["access_token"])}
