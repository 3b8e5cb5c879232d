"""Sellers API v1: whether Amazon still knows the seller, and where it sells.

https://developer-docs.amazon.com/sp-api/docs/sellers-api-v1-reference
"""

from __future__ import annotations

from affluent.domain.account import AccountState
from affluent.domain.errors import CredentialsExpired
from connectors.amazon.wire import Json, path_to
from connectors.http.exchange import Request
from connectors.http.transport import HttpClient


class Sellers:
    """The port SellersPort for one seller."""

    def __init__(self, client: HttpClient) -> None:
        self._client = client

    def state(self) -> tuple[AccountState, tuple[str, ...]]:
        """getMarketplaceParticipations: Active with the marketplaces' ids, or Expired."""
        request = Request(
            "getMarketplaceParticipations",
            "GET",
            path_to("sellers", "v1", "marketplaceParticipations"),
        )
        try:
            answer = self._client.send(request)
        except CredentialsExpired:
            return AccountState.EXPIRED, ()
        return AccountState.ACTIVE, answer.read(_participations)


def _participations(body: Json) -> tuple[str, ...]:
    return tuple(
        str(entry["marketplace"]["id"])
        for entry in body["payload"]
        if entry["participation"]["isParticipating"]
    )
