"""The application as a worker under fire opens it: the product's own, on a clock of the sandbox.

All time runs `speed` times as fast, the longest life of a request with it, so that a lease is as
much longer than a request as it is outside. Quotas are off, as they are in the sandbox.
"""

from __future__ import annotations

import os
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import httpx

from affluent.bootstrap.application import Application
from affluent.domain.account import Account
from affluent.ports.amazon import AmazonPorts
from affluent.ports.bigcommerce import StorePorts
from affluent.ports.buckets import BucketState
from affluent.ports.notifications import NotificationQueue
from affluent.ports.progress import NoProgress
from affluent.settings.document import read_settings
from affluent.settings.secrets import SecretReference
from connectors.amazon.account import AmazonAccount
from connectors.amazon.auth import AmazonCredentials
from connectors.bigcommerce.store import BigCommerceStore
from connectors.http.quota import InMemoryWindows
from tests.chaos.letterbox import Letterbox

#: Real seconds that a request may live, at any speed.
REQUEST_SECONDS: Final = 2.0


@dataclass(frozen=True)
class Camp:
    """Where the workers of one campaign live; `began` is the moment from which time runs fast."""

    folder: str
    began: float
    speed: float
    seed: int
    death_chance: float
    workers: tuple[str, ...]

    @property
    def config(self) -> Path:
        """The settings file."""
        return Path(self.folder) / "affluent.yaml"

    @property
    def letterbox(self) -> Letterbox:
        """Amazon's notifications."""
        return Letterbox(Path(self.folder) / "letterbox.db", self.speed)

    @property
    def halt(self) -> Path:
        """A file whose being there tells the workers to end after their round."""
        return Path(self.folder) / "halt"

    def diary(self, name: str) -> Path:
        """A file of lines that several processes append to."""
        return Path(self.folder) / f"{name}.log"

    def fields(self) -> dict[str, Any]:
        """What a process is told of it."""
        return asdict(self)


class SpedClock:
    """The port Clock, the same in every process of a campaign."""

    def __init__(self, began: float, speed: float) -> None:
        self._began = began
        self._speed = speed

    def now(self) -> datetime:
        """The campaign's present."""
        return datetime.fromtimestamp(self._began + (time.time() - self._began) * self._speed, UTC)

    def sleep(self, seconds: float) -> None:
        """Wait so many of its seconds."""
        time.sleep(seconds / self._speed)


class HurriedTransport(httpx.HTTPTransport):
    """The network, on which no request lives longer than it may."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send it with less patience."""
        given = request.extensions["timeout"]
        request.extensions["timeout"] = {
            name: min(seconds, REQUEST_SECONDS) for name, seconds in given.items()
        }
        return super().handle_request(request)


class BottomlessBuckets:
    """The BucketStore of an account that nobody throttles."""

    def look(self, bucket: str) -> BucketState:
        """Always full."""
        return BucketState()

    def draw(self, bucket: str, seconds: float, now: float, latest: float) -> float | None:
        """Always granted."""
        return now

    def drain(self, bucket: str, full_at: float) -> None:
        """Never empty."""

    def believe(
        self, bucket: str, rate: float, until: float, now: float, *, instead_of: float
    ) -> None:
        """Never slower."""


class ChaosApplication(Application):
    """The application of a campaign's settings, hurried."""

    def __init__(self, camp: Camp) -> None:
        settings = read_settings(camp.config)
        super().__init__(settings, camp.config.parent, _no_block, NoProgress())
        self.clock = SpedClock(camp.began, camp.speed)
        self._camp = camp
        self._opened: dict[str, AmazonAccount] = {}

    @property
    def engine(self) -> Any:
        """The database, for who watches its statements."""
        return self._engine

    @cached_property
    def store(self) -> StorePorts:
        """The BigCommerce store."""
        store = self.settings.store
        return BigCommerceStore(
            store_hash=store.hash,
            access_token=lambda: store.access_token.read(_no_block),
            endpoint=store.endpoint,
            window_store=InMemoryWindows(),
            clock_speed=self._camp.speed,
            transport=HurriedTransport(verify=False),
        )

    def amazon(self, name: str) -> AmazonPorts:
        """The ports of the account."""
        if name not in self._opened:
            self._opened[name] = self._account(self.account(name))
        return self._opened[name]

    @cached_property
    def notification_queue(self) -> NotificationQueue | None:
        """Amazon's notifications."""
        return self._camp.letterbox

    def close(self) -> None:
        """Let go of every connection."""
        for account in self._opened.values():
            account.close()
        super().close()

    def _account(self, account: Account) -> AmazonAccount:
        settings = self.account_settings(account.name)

        def secret(reference: SecretReference) -> str:
            return reference.read(_no_block)

        opened = AmazonAccount(
            account=account,
            credentials=AmazonCredentials(
                client_id=lambda: secret(settings.client_id),
                client_secret=lambda: secret(settings.client_secret),
                refresh_token=lambda: secret(settings.refresh_token),
            ),
            endpoint=settings.endpoint,
            lwa_endpoint=settings.lwa_endpoint,
            bucket_store=BottomlessBuckets(),
            clock_speed=self._camp.speed,
            transport=HurriedTransport(verify=False),
        )
        opened.clock = self.clock
        return opened


def note(diary: Path, line: str) -> None:
    """Append a line, whole, however many processes do so and however soon they die."""
    descriptor = os.open(diary, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    os.write(descriptor, f"{line}\n".encode())
    os.close(descriptor)


def _no_block(name: str) -> str:
    raise LookupError(name)
