"""Login with Amazon: access tokens from refresh tokens and from client credentials.

https://developer-docs.amazon.com/sp-api/docs/connecting-to-the-selling-partner-api
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response

from sandbox.amazon.seller import SellerIdentity
from sandbox.amazon.wire import ApiError, json_response
from sandbox.clock import SandboxClock

TOKEN_LIFETIME_SECONDS = 3600
NOTIFICATIONS_SCOPE = "sellingpartnerapi::notifications"
GRANTLESS_SCOPES = frozenset(
    {
        NOTIFICATIONS_SCOPE,
        "sellingpartnerapi::client_credential:rotation",
        "sellingpartnerapi::shipments:track",
    }
)


@dataclass(frozen=True)
class AccessToken:
    """A token that was handed out; `scope` is None where it acts for the seller."""

    expires_at: float
    scope: str | None


class LoginError(Exception):
    """A refusal in OAuth's own form."""

    def __init__(self, status: int, error: str, description: str) -> None:
        super().__init__(error)
        self.status = status
        self.error = error
        self.description = description


class LoginWithAmazon:
    """Hands out access tokens and knows which are still good."""

    def __init__(self, clock: SandboxClock, seller: SellerIdentity) -> None:
        self._clock = clock
        self._seller = seller
        self._tokens: dict[str, AccessToken] = {}

    async def token(self, request: Request) -> Response:
        """POST /auth/o2/token, as a form or as JSON."""
        try:
            return json_response(self._grant(_fields(request, await request.body())))
        except LoginError as refusal:
            body = {"error": refusal.error, "error_description": refusal.description}
            return json_response(body, refusal.status)

    def check_token(self, token: str | None, scope: str | None = None) -> None:
        """Raise 403 with Amazon's words unless the token is good and of the right kind.

        With a `scope` a grantless token of it is asked for, else one that acts for the seller.
        """
        if not token:
            raise _denied("Access token is missing in the request header.")
        known = self._tokens.get(token)
        if known is None:
            raise _denied("The access token you provided is revoked, malformed or invalid.")
        if known.expires_at <= self._clock.seconds():
            raise _denied("The access token you provided has expired.")
        if scope is not None and known.scope != scope:
            raise _denied(f"The access token has not the scope {scope}.")
        if scope is None and known.scope is not None:
            raise _denied("The access token is grantless and does not act for a selling partner.")

    def _grant(self, fields: dict[str, str]) -> dict[str, str | int]:
        grant_type = fields.get("grant_type", "")
        if not grant_type:
            raise LoginError(400, "invalid_request", "The request is missing: grant_type")
        self._check_client(fields)
        if grant_type == "refresh_token":
            return self._refresh_token_grant(fields.get("refresh_token", ""))
        if grant_type == "client_credentials":
            return self._client_credentials_grant(fields.get("scope", ""))
        raise LoginError(
            400, "unsupported_grant_type", "The authorization grant type is not supported"
        )

    def _check_client(self, fields: dict[str, str]) -> None:
        expected = (self._seller.client_id, self._seller.client_secret)
        if (fields.get("client_id"), fields.get("client_secret")) != expected:
            raise LoginError(401, "invalid_client", "Client authentication failed")

    def _refresh_token_grant(self, refresh_token: str) -> dict[str, str | int]:
        if refresh_token != self._seller.refresh_token:
            raise LoginError(
                400,
                "invalid_grant",
                "The request has an invalid grant parameter : refresh_token. User may have "
                "revoked or didn't grant the permission.",
            )
        return {**self._new_token(scope=None), "refresh_token": refresh_token}

    def _client_credentials_grant(self, scope: str) -> dict[str, str | int]:
        if scope not in GRANTLESS_SCOPES:
            raise LoginError(400, "invalid_scope", "The request has an invalid scope")
        return self._new_token(scope=scope)

    def _new_token(self, *, scope: str | None) -> dict[str, str | int]:
        token = f"Atza|{secrets.token_urlsafe(48)}"
        expires_at = self._clock.seconds() + TOKEN_LIFETIME_SECONDS
        self._tokens[token] = AccessToken(expires_at, scope)
        return {
            "access_token": token,
            "token_type": "bearer",
            "expires_in": TOKEN_LIFETIME_SECONDS,
        }


def _fields(request: Request, body: bytes) -> dict[str, str]:
    if not request.headers.get("content-type", "").startswith("application/json"):
        return dict(parse_qsl(body.decode()))
    try:
        document = json.loads(body)
    except ValueError as malformed:
        raise LoginError(400, "invalid_request", "The request is malformed") from malformed
    return document if isinstance(document, dict) else {}


def _denied(details: str) -> ApiError:
    return ApiError(
        403, "Access to requested resource is denied.", code="Unauthorized", details=details
    )
