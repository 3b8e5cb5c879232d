"""python-amazon-sp-api, pointed at the sandbox: its marketplace names the endpoint."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlsplit

from sp_api.auth import AccessTokenClient
from sp_api.auth.access_token_client import cache
from sp_api.base import Client

from tests.sandbox.running import RunningSandbox

US = "ATVPDKIKX0DER"
AnyClient = TypeVar("AnyClient", bound=Client)


@dataclass(frozen=True)
class SandboxMarketplace:
    """What the clients read of a member of `Marketplaces`, whose endpoints are fixed."""

    endpoint: str
    marketplace_id: str = US
    region: str = "us-east-1"


@dataclass(frozen=True)
class Saleweaver:
    """Makes the clients of one sandbox, which log in there and not at api.amazon.com."""

    sandbox: RunningSandbox

    @property
    def seller_id(self) -> str:
        return str(self.sandbox.ready["credentials"]["amazon"]["seller_id"])

    def client(self, kind: type[AnyClient], **options: str) -> AnyClient:
        """A client with a fresh token: the library keeps one for longer than our fast clock."""
        cache.clear()
        credentials = self.sandbox.ready["credentials"]["amazon"]
        lwa = urlsplit(self.sandbox.ready["lwa"])

        class SandboxLogin(AccessTokenClient):
            host = lwa.netloc
            path = lwa.path

        return kind(
            marketplace=SandboxMarketplace(self.sandbox.ready["amazon"]),
            credentials={
                "lwa_app_id": credentials["client_id"],
                "lwa_client_secret": credentials["client_secret"],
                "refresh_token": credentials["refresh_token"],
            },
            auth_token_client_class=SandboxLogin,
            **options,
        )
