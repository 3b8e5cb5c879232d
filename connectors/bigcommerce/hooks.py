"""Webhooks v3: the hooks that our API account has made in the store.

https://docs.bigcommerce.com/docs/rest-management/webhooks
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from affluent.domain.errors import NotFound
from affluent.ports.hooks import StoreHook
from connectors.bigcommerce.api import StoreApi
from connectors.bigcommerce.fields import Record, child, text, whole

_PATH = "/v3/hooks"


class StoreHooks:
    """Implements StoreHooksPort. Thread-safe."""

    def __init__(self, api: StoreApi) -> None:
        self._api = api

    def all(self) -> list[StoreHook]:
        """Every webhook of the API account."""
        pages = self._api.v3_pages("getWebhooks", _PATH, {})
        return [_map_hook(record) for page in pages for record in page]

    def create(self, scope: str, destination: str, headers: Mapping[str, str]) -> None:
        """Make an active webhook. Raises Refused where the scope has this destination already."""
        self._api.post_once(
            "createWebhooks",
            _PATH,
            {
                "scope": scope,
                "destination": destination,
                "is_active": True,
                "headers": dict(headers),
            },
        )

    def renew(self, hook: StoreHook, headers: Mapping[str, str]) -> None:
        """Make a webhook active again, with these headers."""
        body = {
            "scope": hook.scope,
            "destination": hook.destination,
            "is_active": True,
            "headers": dict(headers),
        }
        self._api.put("updateWebhook", f"{_PATH}/{hook.hook_id}", body)

    def delete(self, hook: StoreHook) -> None:
        """Remove a webhook; one that is gone already is as good."""
        with suppress(NotFound):
            self._api.delete("deleteWebhook", f"{_PATH}/{hook.hook_id}")


def _map_hook(record: Record) -> StoreHook:
    headers = child(record, "headers")
    return StoreHook(
        hook_id=whole(record, "id") or 0,
        scope=text(record, "scope"),
        destination=text(record, "destination"),
        is_active=record.get("is_active") is True,
        headers={name: text(headers, name) for name in headers},
    )
