"""Sealing with Fernet: AES-128 in CBC mode, and an HMAC with SHA-256 over all of it."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping
from typing import Final

from cryptography.fernet import Fernet, InvalidToken

from affluent.domain.errors import ConfigurationError

#: Part of what a key's id is made of, so that the id is good for nothing else.
_PURPOSE: Final = b"affluent key id\0"
_ID_LENGTH: Final = 12
_KEY_BYTES: Final = 32


class FernetSealer:
    """The Sealer of affluent.ports.safekeeping. Fernet binds a text to nobody, so the owner is
    sealed with it."""

    def __init__(self, keys: Mapping[str, str]) -> None:
        """`keys` are Fernet's (32 bytes in base64) by their places, for an error; newest first.

        Raises ConfigurationError where there is none, or where one is no key."""
        if not keys:
            raise ConfigurationError(
                "There is no key to seal buyers' data with.",
                fix="Name one under privacy.keys; `affluent pii keygen FILE` makes one.",
            )
        self._keys = dict(_opened(place, key) for place, key in keys.items())
        self._newest = next(iter(self._keys))

    @property
    def newest(self) -> str:
        """The id of the first key."""
        return self._newest

    @property
    def key_ids(self) -> frozenset[str]:
        """The ids of all keys."""
        return frozenset(self._keys)

    def seal(self, owner: str, text: str) -> bytes:
        """Seal the text, and whose it is, with the first key."""
        return self._keys[self._newest].encrypt(json.dumps([owner, text]).encode())

    def open(self, owner: str, key_id: str, content: bytes) -> str | None:
        """The text, where the key is here and the content is what was sealed for the owner."""
        key = self._keys.get(key_id)
        if key is None:
            return None
        try:
            sealed_for, text = json.loads(key.decrypt(content))
        except InvalidToken:
            return None
        return str(text) if sealed_for == owner else None


def new_key() -> str:
    """A fresh key."""
    return Fernet.generate_key().decode()


def _opened(place: str, key: str) -> tuple[str, Fernet]:
    try:
        raw = base64.b64decode(key.strip(), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if len(raw) != _KEY_BYTES:
        raise ConfigurationError(
            f"The {place} holds no key for buyers' data.",
            why="A key is 32 bytes in base64.",
            fix="Make one: affluent pii keygen FILE.",
        ) from None
    key_id = hashlib.sha256(_PURPOSE + raw).hexdigest()[:_ID_LENGTH]
    return key_id, Fernet(base64.urlsafe_b64encode(raw))
