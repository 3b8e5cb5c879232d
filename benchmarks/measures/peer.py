"""python-amazon-sp-api, as its README tells: one client, and its own decorator against throttling.

The library is not ours to change: the sandbox's addresses come in through a subclass of its login
and through the marketplace's endpoint. Its pause after a 429, 5 seconds, runs on the sandbox's fast
clock like everything else.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final
from urllib.parse import urlsplit

from benchmarks.measures.sandbox import MARKETPLACE, SPEED, Ready, patch_of

IS_INSTALLED: Final = find_spec("sp_api") is not None
_PAUSE_SECONDS: Final = 5.0


@dataclass(frozen=True)
class PeerUse:
    """How many calls it made in so many seconds, and how many of them were throttled."""

    calls: int
    throttled: int
    seconds: float


def measure_peer(ready: Ready, seconds: float) -> PeerUse:
    """Let it patch for so long."""
    library, util = import_module("sp_api.base"), import_module("sp_api.util")
    client = _client(ready)
    seller_id = ready["credentials"]["amazon"]["seller_id"]
    calls = throttled = 0

    @util.throttle_retry(delay=_PAUSE_SECONDS / SPEED)  # type: ignore[untyped-decorator]
    def patch(sku: str) -> None:
        nonlocal calls, throttled
        calls += 1
        body = dict(patch_of(sku, 7).payload)
        try:
            client.patch_listings_item(seller_id, sku, marketplaceIds=[MARKETPLACE], body=body)
        except library.SellingApiRequestThrottledException:
            throttled += 1
            raise

    started = time.monotonic()
    while time.monotonic() < started + seconds:
        patch(f"peer-{calls}")
    return PeerUse(calls, throttled, time.monotonic() - started)


def _client(ready: Ready) -> Any:
    api, auth = import_module("sp_api.api"), import_module("sp_api.auth")
    market = import_module("sp_api.base").Marketplaces.US
    secrets = ready["credentials"]["amazon"]
    login = urlsplit(ready["lwa"])

    class SandboxLogin(auth.AccessTokenClient):  # type: ignore[misc,name-defined]
        scheme, host, path = f"{login.scheme}://", login.netloc, login.path

    market.endpoint = ready["amazon"]
    credentials = {
        "lwa_app_id": secrets["client_id"],
        "lwa_client_secret": secrets["client_secret"],
        "refresh_token": secrets["refresh_token"],
    }
    return api.ListingsItemsV20210801(
        market, credentials=credentials, auth_token_client_class=SandboxLogin
    )
