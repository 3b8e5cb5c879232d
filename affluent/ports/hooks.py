"""What webhooks need of the outside: the calls that manage them, and a memory of what has come."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


class HookMemory(Protocol):
    """The calls that have come, by key; shared by every receiver on the same store of ours."""

    def remember(
        self, keys: Collection[str], at: datetime, forget_before: datetime
    ) -> frozenset[str]:
        """Keep these keys and answer those that were not known, in one atomic step: of several
        receivers that ask at once, one is told that a key is new. What came before
        `forget_before` is dropped."""
        ...


@dataclass(frozen=True, slots=True)
class StoreHook:
    """A webhook as the store has it. `headers`, which hold our secret, come with every call."""

    hook_id: int
    scope: str
    destination: str
    is_active: bool
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


class StoreHooksPort(Protocol):
    """Webhooks v3. The store shows and changes only those of the same API account."""

    def all(self) -> list[StoreHook]:
        """Every webhook of the API account."""
        ...

    def create(self, scope: str, destination: str, headers: Mapping[str, str]) -> None:
        """Make an active webhook. Raises Refused where the scope has this destination already."""
        ...

    def renew(self, hook: StoreHook, headers: Mapping[str, str]) -> None:
        """Make a webhook active again, with these headers."""
        ...

    def delete(self, hook: StoreHook) -> None:
        """Remove a webhook; one that is gone already is as good."""
        ...
