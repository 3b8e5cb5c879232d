"""From the message of a queue to the order that it is about: ORDER_CHANGE, payload version 1.0.

Nobody signs these messages, some come twice and some late: they say which order to ask for, and
nothing else of them is believed.
https://developer-docs.amazon.com/sp-api/docs/notification-type-values#order_change
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from affluent.domain.notification import ORDER_CHANGE, QueuedNotification
from connectors.amazon.wire import Json


def notification_from(message_id: str, receipt: str, body: str) -> QueuedNotification:
    """What the message says; one that cannot be read says why, and holds nothing of its text."""
    read = QueuedNotification(message_id, receipt, notification_id=message_id)
    try:
        envelope = _envelope(body)
    except ValueError:
        return replace(read, problem="it is not a JSON object")
    kind = envelope.get("NotificationType", envelope.get("notificationType"))
    metadata = envelope.get("NotificationMetadata", envelope.get("notificationMetadata"))
    if not isinstance(kind, str) or not isinstance(metadata, dict):
        return replace(read, problem="it is no notification of Amazon's")
    given = metadata.get("NotificationId", metadata.get("notificationId"))
    read = replace(read, notification_id=str(given or message_id), notification_type=kind)
    if kind != ORDER_CHANGE:
        return replace(read, problem=f"nothing is done with notifications of the type {kind}")
    return _order_change(read, envelope)


def _envelope(body: str) -> Json:
    """The notification, also where an event bus has put it into an event of its own."""
    envelope = json.loads(body)
    if isinstance(envelope, dict) and isinstance(envelope.get("detail"), dict):
        envelope = envelope["detail"]
    if not isinstance(envelope, dict):
        raise ValueError("not an object")
    return envelope


def _order_change(read: QueuedNotification, envelope: Json) -> QueuedNotification:
    try:
        change = envelope["Payload"]["OrderChangeNotification"]
        return replace(
            read,
            seller_id=_text(change["SellerId"]),
            marketplace_id=_text(change["Summary"]["MarketplaceId"]),
            order_id=_text(change["AmazonOrderId"]),
        )
    except KeyError as missing:
        return replace(read, problem=f"it has no {missing.args[0]}")
    except TypeError:
        return replace(read, problem="it is not what Amazon's schema of ORDER_CHANGE says")


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise TypeError(type(value).__name__)
    return value
