"""Whether the store has signed a call, and when.

Standard Webhooks: HMAC-SHA256, keyed with the app's client secret, over `id.timestamp.body`.
https://docs.bigcommerce.com/docs/integrations/webhooks/https-webhook-overview
"""

from __future__ import annotations

import hmac
import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from affluent.hooks.refusal import CallRefused

#: A call that is older, or further ahead, may be one that somebody has recorded.
TOLERANCE_SECONDS: Final = 300

_UNAUTHORISED: Final = 401
_TIMESTAMP: Final = re.compile(r"[0-9]{1,12}")
_VERSION: Final = "v1,"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One signed attempt to deliver a message; a later attempt has the same id and a later time."""

    message_id: str
    timestamp: int


def verify_signature(
    headers: Mapping[str, str], body: bytes, client_secret: str, now: datetime
) -> Attempt:
    """The attempt that the store has signed; `headers` are looked up in lower case.

    Raises CallRefused where the signature is missing, too old or not the store's.
    """
    message_id = headers.get("webhook-id", "")
    timestamp = headers.get("webhook-timestamp", "")
    signatures = headers.get("webhook-signature", "")
    if not (message_id and timestamp and signatures):
        raise CallRefused(_UNAUTHORISED, "The call is not signed.")
    if not _TIMESTAMP.fullmatch(timestamp):
        raise CallRefused(_UNAUTHORISED, "The timestamp is not a number of seconds.")
    if abs(now.timestamp() - int(timestamp)) > TOLERANCE_SECONDS:
        raise CallRefused(_UNAUTHORISED, "The timestamp is too far from now.")
    expected = _sign(f"{message_id}.{timestamp}.".encode() + body, client_secret)
    if not any(_is_same(expected, one) for one in signatures.split()):
        raise CallRefused(_UNAUTHORISED, "The signature does not match.")
    return Attempt(message_id, int(timestamp))


def is_same_secret(expected: str, given: str) -> bool:
    """Compare in a time that tells nothing about where the two differ."""
    return hmac.compare_digest(expected.encode(), given.encode())


def _sign(content: bytes, client_secret: str) -> str:
    return b64encode(hmac.digest(client_secret.encode(), content, sha256)).decode()


def _is_same(expected: str, signature: str) -> bool:
    return signature.startswith(_VERSION) and is_same_secret(
        expected, signature.removeprefix(_VERSION)
    )
