"""BigCommerce's thin payload -> what has happened, and to which product or order.

Webhook events: https://docs.bigcommerce.com/docs/integrations/webhooks/events
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from affluent.hooks.refusal import CallRefused

_BAD_REQUEST: Final = 400
_FORBIDDEN: Final = 403


class HookKind(StrEnum):
    """What an event is about; OTHER concerns nothing of ours."""

    PRODUCT = "product"
    STOCK = "stock"
    ORDER = "order"
    SHIPMENT = "shipment"
    OTHER = "other"


_KINDS: Final = (
    (HookKind.PRODUCT, r"store/(product|sku)/(created|updated|deleted)"),
    (HookKind.STOCK, r"store/(product|sku)/inventory/(order/)?updated"),
    (
        HookKind.STOCK,
        r"store/channel/\d+/inventory/product/"
        r"(stock_changed|low_stock_reached|out_of_stock_reached|settings_changed)",
    ),
    (HookKind.ORDER, r"store/order/(created|updated|archived|statusUpdated|refund/created)"),
    (HookKind.SHIPMENT, r"store/shipment/(created|updated|deleted)"),
)


@dataclass(frozen=True, slots=True)
class HookEvent:
    """One event. `hash` is BigCommerce's own: two calls for the same event share it.

    `subject_id` is the product of a product or stock event, and the order of an order or shipment
    event; `status_id` is the new status of an order.
    """

    scope: str
    kind: HookKind
    hash: str
    subject_id: int | None = None
    status_id: int | None = None


def read_event(body: bytes, store_hash: str) -> HookEvent:
    """The event of a call's body. Raises CallRefused where it is none, or another store's."""
    payload = _parse(body)
    scope, data, producer, fingerprint = (
        payload.get(name) for name in ("scope", "data", "producer", "hash")
    )
    if not (
        isinstance(scope, str)
        and isinstance(data, dict)
        and isinstance(producer, str)
        and isinstance(fingerprint, str)
        and fingerprint
    ):
        raise CallRefused(_BAD_REQUEST, "The body is not an event.")
    if producer != f"stores/{store_hash}":
        raise CallRefused(_FORBIDDEN, "The event is another store's.")
    kind = _kind(scope)
    return HookEvent(
        scope=scope,
        kind=kind,
        hash=fingerprint,
        subject_id=_subject_id(kind, data),
        status_id=_whole(_child(data, "status"), "new_status_id"),
    )


def _parse(body: bytes) -> dict[str, Any]:
    try:
        payload = json.loads(body)
    except (ValueError, RecursionError):
        raise CallRefused(_BAD_REQUEST, "The body is not JSON.") from None
    if not isinstance(payload, dict):
        raise CallRefused(_BAD_REQUEST, "The body is not an object.")
    return payload


def _kind(scope: str) -> HookKind:
    return next((kind for kind, form in _KINDS if re.fullmatch(form, scope)), HookKind.OTHER)


def _subject_id(kind: HookKind, data: Mapping[str, Any]) -> int | None:
    match kind:
        case HookKind.PRODUCT | HookKind.STOCK:
            places = (_child(data, "sku"), _child(data, "inventory"), data)
            ids = (_whole(place, "product_id") for place in places)
            return next((one for one in ids if one is not None), _whole(data, "id"))
        case HookKind.ORDER:
            return _whole(data, "id")
        case HookKind.SHIPMENT:
            return _whole(data, "orderId")
        case HookKind.OTHER:
            return None


def _child(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = data.get(name)
    return value if isinstance(value, dict) else {}


def _whole(data: Mapping[str, Any], name: str) -> int | None:
    value = data.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
