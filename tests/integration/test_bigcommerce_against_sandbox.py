"""The BigCommerce connector against a sandbox process, on real HTTP."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from affluent.domain.account import AccountState
from affluent.domain.errors import CredentialsExpired, OutcomeUnknown, Refused
from affluent.domain.order import (
    DraftLine,
    OptionAnswer,
    OrderDraft,
    Recipient,
    Shortage,
    StoreOrder,
)
from affluent.domain.product import Variant
from affluent.ports.bigcommerce import NamedParts, OptionProblem
from connectors.bigcommerce.store import BigCommerceStore
from connectors.sandbox_admin import SandboxAdmin
from tests.integration.bigcommerce_store import SPEED, connect, usd, variants
from tests.sandbox.running import RunningSandbox


def line(variant: Variant, quantity: int = 1, **changes: Any) -> DraftLine:
    bought = DraftLine(
        name=variant.name,
        sku=variant.sku,
        quantity=quantity,
        price_ex_tax=usd("10.00"),
        price_inc_tax=usd("10.83"),
        product_id=variant.product_id,
        variant_id=variant.variant_id,
    )
    return replace(bought, **changes)


def draft(order_id: str, *lines: DraftLine) -> OrderDraft:
    return OrderDraft(
        external_order_id=order_id,
        lines=lines,
        recipient=Recipient(
            name="Jane Doe",
            street_1="123 Main Street",
            city="Austin",
            state="Texas",
            postal_code="78751",
            country="US",
        ),
        email="relay@marketplace.example.com",
        shipping_ex_tax=usd("4.90"),
        shipping_inc_tax=usd("5.30"),
        wrapping=usd("0"),
        fees=usd("0"),
        total_ex_tax=usd("32.90"),
        total_inc_tax=usd("34.96"),
        discount=usd("1.00"),
        status_id=11,
        payment_method="Amazon",
        staff_notes="Ship soon",
        created_at=datetime.now(UTC),
    )


def find_once_indexed(store: BigCommerceStore, order_id: str) -> list[StoreOrder]:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        if found := store.orders.find(order_id):
            return found
        time.sleep(0.02)
    return []


def test_an_order_is_created_found_shipped_and_seen_as_modified(
    store: BigCommerceStore, admin: SandboxAdmin
) -> None:
    before = variants(store)
    kettle, unknown = before["KIT-KETTLE-1L"], DraftLine("Lamp", "LAMP", 1, usd("9"), usd("9"))
    since = datetime.fromisoformat(admin.summary()["time"]) - timedelta(seconds=1)

    created = store.orders.create(draft("111-1", line(kettle, 2), unknown))
    [found] = find_once_indexed(store, "111-1")
    lines = store.orders.lines(created.order_id)
    admin.ship(
        created.order_id,
        {
            "tracking_number": "1Z999",
            "shipping_provider": "ups",
            "items": [{"order_product_id": lines[0].line_id, "quantity": 1}],
        },
    )
    [shipment] = store.orders.shipments(created.order_id)
    [modified] = store.orders.modified_since(since)

    assert found.order_id == created.order_id == modified.order_id
    assert modified.external_order_id == "111-1"
    assert [(one.sku, one.quantity, one.product_id) for one in lines] == [
        ("KIT-KETTLE-1L", 2, kettle.product_id),
        ("LAMP", 1, 0),
    ]
    assert (shipment.tracking_number, shipment.provider) == ("1Z999", "ups")
    assert [(one.line_id, one.quantity) for one in shipment.lines] == [(lines[0].line_id, 1)]
    assert store.orders.lines(created.order_id)[0].quantity_shipped == 1
    assert kettle.quantity is not None
    assert variants(store)["KIT-KETTLE-1L"].quantity == kettle.quantity - 2
    [seen] = admin.bigcommerce_orders()
    assert Decimal(seen["total_inc_tax"]) == Decimal("10.83") * 2 + 9 + Decimal("5.30") - 1


def test_an_order_without_any_address_is_taken(store: BigCommerceStore) -> None:
    kettle = variants(store)["KIT-KETTLE-1L"]

    created = store.orders.create(
        replace(draft("111-2", line(kettle)), recipient=Recipient(), email="")
    )

    assert created.order_id > 0


def test_a_shortage_is_understood_in_both_shapes_and_nothing_is_created(
    store: BigCommerceStore, admin: SandboxAdmin
) -> None:
    saffron = variants(store)["FOOD-SAFFRON-LAST"]
    named = set()

    for _ in range(2):
        with pytest.raises(Refused) as caught:
            store.orders.create(draft("111-3", line(saffron, 5)))
        assert isinstance(caught.value.details, tuple)
        [shortage] = caught.value.details
        assert isinstance(shortage, Shortage)
        assert (shortage.kind, shortage.available) == ("OutOfStock", 1)
        named.add((shortage.product_id, shortage.variant_id))

    assert named == {(saffron.product_id, None), (None, saffron.variant_id)}
    assert admin.bigcommerce_orders() == []


def test_a_mandatory_option_is_named_and_its_answer_is_taken(store: BigCommerceStore) -> None:
    board = variants(store)["KIT-BOARD-ENGRAVED"]
    [modifier] = store.catalog.modifiers(board.product_id)

    with pytest.raises(Refused) as caught:
        store.orders.create(draft("111-4", line(board)))
    answers = (OptionAnswer(modifier.modifier_id, "For Jane"),)
    created = store.orders.create(draft("111-4", line(board, answers=answers)))

    assert isinstance(caught.value.details, tuple)
    [problem] = caught.value.details
    assert isinstance(problem, OptionProblem)
    assert (problem.kind, problem.product_id) == ("MandatoryProductOptions", board.product_id)
    assert problem.option_ids == (modifier.modifier_id,)
    assert (modifier.kind, modifier.required) == ("text", True)
    assert created.order_id > 0


@pytest.mark.parametrize(
    "fault", [{"action": "status_after", "status": 500}, {"action": "drop_after"}]
)
def test_an_order_whose_answer_was_lost_exists_once_and_is_found(
    store: BigCommerceStore, admin: SandboxAdmin, fault: dict[str, Any]
) -> None:
    kettle = variants(store)["KIT-KETTLE-1L"]
    admin.add_faults([{"vendor": "bigcommerce", "method": "POST", "path": "/v2/orders$", **fault}])

    with pytest.raises(OutcomeUnknown):
        store.orders.create(draft("111-5", line(kettle)))

    assert len(find_once_indexed(store, "111-5")) == 1
    assert [order["external_order_id"] for order in admin.bigcommerce_orders()] == ["111-5"]


def test_a_read_that_fails_for_a_moment_is_repeated(
    store: BigCommerceStore, admin: SandboxAdmin
) -> None:
    faults = [
        {"action": "status", "status": 503},
        {"action": "status", "status": 429},
        {"action": "drop"},
    ]
    admin.add_faults(
        [{"vendor": "bigcommerce", "path": "/v3/catalog/products", **fault} for fault in faults]
    )

    assert len(variants(store)) > 60


def test_credentials_are_active_or_expired(
    sandbox: RunningSandbox, store: BigCommerceStore
) -> None:
    stranger = connect(sandbox, token="revoked")

    check = store.check(NamedParts())

    assert (check.state, check.currency, check.missing_scopes) == (AccountState.ACTIVE, "USD", ())
    assert check.name
    assert stranger.check(NamedParts()).state is AccountState.EXPIRED
    with pytest.raises(CredentialsExpired):
        stranger.orders.find("1")
    stranger.close()


def test_many_threads_use_the_window_up_and_are_never_throttled(
    store: BigCommerceStore, admin: SandboxAdmin
) -> None:
    store.orders.find("0")
    started = time.monotonic()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(store.orders.find, [str(number) for number in range(360)]))
    windows = (time.monotonic() - started) * SPEED / 30

    statuses = [row["status"] for row in admin.requests() if row["operation"] == "getOrders"]
    assert statuses == [204] * 361
    assert windows < 4


@pytest.mark.parametrize(
    ("sku", "tracking"), [("FOOD-SAFFRON-LAST", "product"), ("KIT-MUG-BLUE", "variant")]
)
def test_stock_is_raised_by_the_id_that_the_store_counts_by(
    store: BigCommerceStore, sku: str, tracking: str
) -> None:
    sold = variants(store)[sku]
    shelf = store.stock.shelf(sold.product_id, sold.variant_id)
    assert shelf is not None
    assert shelf.available == sold.quantity
    assert (shelf.variant_id is None) == (tracking == "product")

    assert store.stock.raise_by(shelf, 3, "Sold on Amazon")

    until = time.monotonic() + 10
    while time.monotonic() < until:
        now = store.stock.shelf(sold.product_id, sold.variant_id)
        if now is not None and now.available == shelf.available + 3:
            return
        time.sleep(0.02)
    pytest.fail("The raised stock does not show.")


def test_a_variant_that_does_not_exist_has_no_shelf(store: BigCommerceStore) -> None:
    assert store.stock.shelf(987_654, 987_654) is None
