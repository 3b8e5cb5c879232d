"""Where a call is examined: its proof first, then its content, then whether it has come before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from affluent.hooks.event import HookEvent, read_event
from affluent.hooks.memory import is_new
from affluent.hooks.refusal import CallRefused
from affluent.hooks.signature import Attempt, is_same_secret, verify_signature
from affluent.ports.clock import Clock
from affluent.ports.hooks import HookMemory

_UNAUTHORISED: Final = 401

Secret = Callable[[], str]


@dataclass(frozen=True, slots=True)
class HookProof:
    """How a call proves to be the store's: its signature, a secret header, or both.

    Secrets are asked for at each call; one that is None is not demanded.
    """

    client_secret: Secret | None
    header_name: str
    header_value: Secret | None

    def headers(self) -> dict[str, str]:
        """What the store is asked to send along with every call."""
        return {} if self.header_value is None else {self.header_name: self.header_value()}

    def require_secrets(self) -> None:
        """Raise ConfigurationError where a secret that is demanded is stored nowhere."""
        for secret in (self.client_secret, self.header_value):
            if secret is not None:
                secret()


@dataclass(frozen=True, slots=True)
class Reception:
    """Examines the calls for one store. Thread-safe."""

    store_hash: str
    proof: HookProof
    memory: HookMemory
    clock: Clock

    def examine(self, headers: Mapping[str, str], body: bytes) -> tuple[HookEvent, bool]:
        """The event of a genuine call, and whether it is new; `headers` are looked up in lower
        case. Raises CallRefused."""
        attempt = self._verify(headers, body)
        event = read_event(body, self.store_hash)
        return event, is_new(event, attempt, self.memory, self.clock.now())

    def _verify(self, headers: Mapping[str, str], body: bytes) -> Attempt | None:
        for name, value in self.proof.headers().items():
            if not is_same_secret(value, headers.get(name.lower(), "")):
                raise CallRefused(_UNAUTHORISED, "The secret header does not match.")
        if self.proof.client_secret is None:
            return None
        return verify_signature(headers, body, self.proof.client_secret(), self.clock.now())
