"""Webhook registrations; the sandbox keeps them and delivers nothing."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from sandbox.bigcommerce.numbering import Numbering
from sandbox.bigcommerce.refusals import V3Refusal, unprocessable
from sandbox.clock import SandboxClock

Json = dict[str, Any]

HTTPS_PORT = 443
MAXIMUM_PER_SCOPE = 10


class Hooks:
    """The webhooks of one API account."""

    def __init__(
        self, clock: SandboxClock, numbering: Numbering, client_id: str, store_hash: str
    ) -> None:
        self._clock = clock
        self._numbering = numbering
        self._client_id = client_id
        self._store_hash = store_hash
        self.hooks: dict[int, Json] = {}

    def add(self, given: Json) -> Json:
        """A new webhook.

        Raises:
            V3Refusal: 422 for missing fields, a destination that is not https on port 443, one
                that the scope has already, or an eleventh of a scope.
        """
        missing = [name for name in ("scope", "destination") if not given.get(name)]
        if missing:
            raise unprocessable(dict.fromkeys(missing, "error.path.missing."))
        _refuse_unsafe(given["destination"])
        same = [hook for hook in self.hooks.values() if hook["scope"] == given["scope"]]
        if any(hook["destination"] == given["destination"] for hook in same):
            raise V3Refusal(422, "This scope has this destination already.", {})
        if len(same) >= MAXIMUM_PER_SCOPE:
            raise V3Refusal(422, f"A scope has at most {MAXIMUM_PER_SCOPE} webhooks.", {})
        now = int(self._clock.now().timestamp())
        hook = {
            "id": self._numbering.next("hook"),
            "client_id": self._client_id,
            "store_hash": self._store_hash,
            "scope": given["scope"],
            "destination": given["destination"],
            "is_active": given.get("is_active", True),
            "headers": given.get("headers"),
            "created_at": now,
            "updated_at": now,
        }
        self.hooks[hook["id"]] = hook
        return hook

    def get(self, hook_id: int) -> Json:
        """The webhook of that id.

        Raises:
            V3Refusal: 404.
        """
        if hook_id not in self.hooks:
            raise V3Refusal(404, f"Webhook with id [{hook_id}] not found")
        return self.hooks[hook_id]

    def change(self, hook: Json, given: Json) -> None:
        """Change scope, destination, headers or activity."""
        if "destination" in given:
            _refuse_unsafe(given["destination"])
        names = ("scope", "destination", "is_active", "headers")
        hook.update({name: given[name] for name in names if name in given})
        hook["updated_at"] = int(self._clock.now().timestamp())

    def delete(self, hook: Json) -> None:
        """Take a webhook away."""
        del self.hooks[hook["id"]]


def _refuse_unsafe(destination: Any) -> None:
    if not isinstance(destination, str):
        raise unprocessable({"destination": "error.expected.jsstring"})
    address = urlsplit(destination)
    if address.scheme != "https" or (address.port or HTTPS_PORT) != HTTPS_PORT:
        raise unprocessable({"destination": "error.destination.https"})
