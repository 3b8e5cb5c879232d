"""The vendor's payloads are understood, and what is none is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from affluent.hooks.event import HookEvent, HookKind, read_event
from affluent.hooks.refusal import CallRefused
from tests.unit.hooks.calls import STORE, payload

SAMPLES = Path(__file__).resolve().parents[3] / "../shared/samples/bigcommerce/bc-webhook-payloads"
HASH = "dd70c0976e06b67aaf671e73f49dcb79230ebf9d"

#: The vendor's own example of each scope that concerns us: kind, product or order, new status.
KNOWN = {
    "store/product/created": (HookKind.PRODUCT, 205, None),
    "store/product/updated": (HookKind.PRODUCT, 205, None),
    "store/product/deleted": (HookKind.PRODUCT, 205, None),
    "store/product/inventory/updated": (HookKind.STOCK, 167, None),
    "store/product/inventory/order/updated": (HookKind.STOCK, 167, None),
    "store/sku/created": (HookKind.PRODUCT, 206, None),
    "store/sku/updated": (HookKind.PRODUCT, 206, None),
    "store/sku/deleted": (HookKind.PRODUCT, 206, None),
    "store/sku/inventory/updated": (HookKind.STOCK, 206, None),
    "store/sku/inventory/order/updated": (HookKind.STOCK, 206, None),
    "store/order/created": (HookKind.ORDER, 250, None),
    "store/order/updated": (HookKind.ORDER, 250, None),
    "store/order/archived": (HookKind.ORDER, 250, None),
    "store/order/statusUpdated": (HookKind.ORDER, 250, 11),
    "store/order/refund/created": (HookKind.ORDER, 250, None),
    "store/shipment/created": (HookKind.SHIPMENT, 251, None),
    "store/shipment/updated": (HookKind.SHIPMENT, 251, None),
    "store/shipment/deleted": (HookKind.SHIPMENT, 251, None),
}


def test_every_example_of_the_vendor_is_read_and_only_the_scopes_we_know_mean_something() -> None:
    if not SAMPLES.is_dir():
        pytest.skip(f"the vendor's payloads are not here: {SAMPLES} is missing")
    found = {}
    for path in SAMPLES.glob("*.json"):
        content = json.loads(path.read_text("utf-8"))
        event = read_event(json.dumps(content).encode(), "{store_hash}")
        assert (event.scope, event.hash) == (content["scope"], content["hash"])
        if event.kind is not HookKind.OTHER:
            found[event.scope] = (event.kind, event.subject_id, event.status_id)

    assert found == KNOWN


@pytest.mark.parametrize(
    "word", ["stock_changed", "low_stock_reached", "out_of_stock_reached", "settings_changed"]
)
def test_stock_of_a_location_is_stock(word: str) -> None:
    scope = f"store/channel/1/inventory/product/{word}"
    data = {"variant_id": 509, "product_id": 206, "location_id": 1}

    event = read_event(payload(scope, data), STORE)

    assert event == HookEvent(scope, HookKind.STOCK, HASH, subject_id=206)


@pytest.mark.parametrize(
    "scope",
    [
        "store/cart/created",
        "store/order/message/created",
        "store/channel/1/updated",
        "store/channel/x/inventory/product/stock_changed",
        "store/product/updated/",
        "store/product/updated\n",
        "xstore/product/updated",
        "",
        "🜁",
    ],
)
def test_any_other_scope_is_other(scope: str) -> None:
    assert read_event(payload(scope), STORE) == HookEvent(scope, HookKind.OTHER, HASH)


@pytest.mark.parametrize(
    "data",
    [{}, {"id": "205"}, {"id": True}, {"id": 1.5}, {"id": None}, {"sku": [], "inventory": 1}],
)
def test_an_event_without_a_usable_id_is_still_an_event(data: dict[str, object]) -> None:
    event = read_event(payload(data=data), STORE)

    assert (event.kind, event.subject_id) == (HookKind.PRODUCT, None)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not JSON",
        b"\xff\xfe",
        b"[" * 60_000,
        b"[]",
        b"null",
        b'"store/product/updated"',
        b"{}",
        payload(scope=7),  # type: ignore[arg-type]  # what a stranger might send
        payload(data=[]),  # type: ignore[arg-type]  # what a stranger might send
        payload(hash=None),
        payload(hash=""),
        payload(producer=None),
        payload(producer=["stores/abc123"]),
    ],
)
def test_what_is_no_event_is_refused(body: bytes) -> None:
    with pytest.raises(CallRefused) as caught:
        read_event(body, STORE)

    assert caught.value.status == 400
    assert caught.value.reason.startswith("The body is not")


@pytest.mark.parametrize("producer", ["stores/other", "stores/abc1234", "abc123", "stores/ABC123"])
def test_an_event_of_another_store_is_refused(producer: str) -> None:
    with pytest.raises(CallRefused, match="another store's") as caught:
        read_event(payload(producer=producer), STORE)

    assert caught.value.status == 403
