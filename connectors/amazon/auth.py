"""Login with Amazon: one access token per account, however many threads ask for it.

Most calls act for the seller; a few are grantless, made for the application alone.
https://developer-docs.amazon.com/sp-api/docs/connecting-to-the-selling-partner-api and
https://developer-docs.amazon.com/sp-api/docs/grantless-operations
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode

import httpx

from connectors.amazon.refusals import speaks_of_the_access_token
from connectors.http.exchange import Request
from connectors.http.transport import HttpClient

LWA_ENDPOINT: Final = "https://api.amazon.com/auth/o2/token"
#: The scope of the grantless operations of the Notifications API.
NOTIFICATIONS_SCOPE: Final = "sellingpartnerapi::notifications"

_HEADER: Final = "x-amz-access-token"
_FORM: Final = {"content-type": "application/x-www-form-urlencoded;charset=UTF-8"}
#: A token is renewed so long before it ends, for a request may wait for its quota.
_MARGIN_SECONDS: Final = 120.0


@dataclass(frozen=True, slots=True)
class AmazonCredentials:
    """Where the secrets come from, asked at every login: a swapped one takes effect at the next."""

    client_id: Callable[[], str] = field(repr=False)
    client_secret: Callable[[], str] = field(repr=False)
    refresh_token: Callable[[], str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class AccessToken:
    """A token and the moment of the monotonic clock until which it is used."""

    value: str = field(repr=False)
    good_until: float


class AccessTokens:
    """The account's present access token. Thread-safe.

    With a `scope` the token is grantless; without one it acts for the seller.
    """

    def __init__(
        self,
        credentials: AmazonCredentials,
        client: HttpClient,
        endpoint: str = LWA_ENDPOINT,
        *,
        scope: str = "",
        speed: float = 1.0,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._credentials = credentials
        self._client = client
        self._endpoint = endpoint
        self._scope = scope
        self._speed = speed
        self._monotonic = monotonic
        self._token: AccessToken | None = None
        self._lock = threading.Lock()

    def current(self) -> str:
        """A token that is good now.

        Raises CredentialsExpired where the seller must authorise again, ConfigurationError where
        the client id or secret is wrong.
        """
        with self._lock:
            if self._token is None or self._monotonic() >= self._token.good_until:
                self._token = self._login()
            return self._token.value

    def forget(self, value: str) -> None:
        """Drop a token that Amazon refused, unless another thread has already renewed it."""
        with self._lock:
            if self._token is not None and self._token.value == value:
                self._token = None

    def _login(self) -> AccessToken:
        asked_at = self._monotonic()
        form = {
            **self._grant(),
            "client_id": self._credentials.client_id(),
            "client_secret": self._credentials.client_secret(),
        }
        answer = self._client.send(
            Request(
                "login",
                "POST",
                self._endpoint,
                content=urlencode(form).encode(),
                headers=_FORM,
                safe=True,
            )
        )
        value, lifetime = answer.read(_token_and_lifetime)
        return AccessToken(value, asked_at + max(lifetime - _MARGIN_SECONDS, 0.0) / self._speed)

    def _grant(self) -> dict[str, str]:
        if self._scope:
            return {"grant_type": "client_credentials", "scope": self._scope}
        return {"grant_type": "refresh_token", "refresh_token": self._credentials.refresh_token()}


class AccessTokenAuth(httpx.Auth):
    """Puts the token on every request; a token that is refused is renewed once."""

    def __init__(self, tokens: AccessTokens) -> None:
        self._tokens = tokens

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """See httpx.Auth."""
        token = self._tokens.current()
        request.headers[_HEADER] = token
        response = yield request
        if response.status_code in (401, 403) and speaks_of_the_access_token(response.read()):
            self._tokens.forget(token)
            request.headers[_HEADER] = self._tokens.current()
            yield request


def _token_and_lifetime(body: Any) -> tuple[str, float]:
    return str(body["access_token"]), float(body.get("expires_in", 3600))
