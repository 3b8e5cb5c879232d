"""Safes with keys of their own."""

from __future__ import annotations

from affluent.domain.safekeeping import SafekeepingRules
from affluent.privacy.safe import Safe
from affluent.sealing.fernet import FernetSealer, new_key


def sealer(*keys: str) -> FernetSealer:
    """Seals with the first of these keys, or with a fresh one."""
    return FernetSealer({f"key {number}": key for number, key in enumerate(keys or (new_key(),))})


def safe(*keys: str, rules: SafekeepingRules | None = None) -> Safe:
    """A safe that these keys open, or a fresh one."""
    return Safe(sealer(*keys), rules or SafekeepingRules())
