"""Calls as BigCommerce makes them: payloads, and the headers that sign them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import datetime
from typing import Any, Final

from tests.fakes.clock import NOON

STORE: Final = "abc123"
CLIENT_SECRET: Final = "the-client-secret"
HEADER_NAME: Final = "X-Affluent-Secret"
HEADER_VALUE: Final = "the-header-secret"


def payload(
    scope: str = "store/product/updated", data: dict[str, Any] | None = None, **other: Any
) -> bytes:
    """The body of a call."""
    content = {
        "scope": scope,
        "store_id": "1025646",
        "data": {"type": "product", "id": 205} if data is None else data,
        "hash": "dd70c0976e06b67aaf671e73f49dcb79230ebf9d",
        "created_at": 1561479335,
        "producer": f"stores/{STORE}",
    }
    return json.dumps(content | other).encode()


def signed(
    body: bytes,
    message_id: str = "msg_1",
    at: datetime = NOON,
    client_secret: str = CLIENT_SECRET,
    header_value: str = HEADER_VALUE,
) -> dict[str, str]:
    """The headers of a genuine call."""
    timestamp = str(int(at.timestamp()))
    content = message_id.encode() + b"." + timestamp.encode() + b"." + body
    digest = hmac.new(client_secret.encode(), content, hashlib.sha256).digest()
    return {
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
        HEADER_NAME.lower(): header_value,
    }
