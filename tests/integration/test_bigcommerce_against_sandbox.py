"""The BigCommerce connector against a sandbox process, on real HTTP."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import httpx
import pytest

from affluent.domain.account import AccountState
from affluent.domain.errors import CredentialsExpired, OutcomeUnknown, Refused
from affluent.domain.money import Money
from affluent.domain.order import (
    DraftLine,
    OptionAnswer,
    OrderDraft,
    Recipient,
    Shortage,
    StoreOrder,
)
from affluent.domain.product import Variant
from affluent.ports.bigcommerce import OptionProblem
from connectors.bigcommerce.catalog import CatalogScope
from connectors.bigcommerce.store import BigCommerceStore
from connectors.http.quota import InMemoryBuckets
from connectors.sandbox_admin import SandboxAdmin
from tests.sandbox.running import RunningSandbox, running_sandbox

SPEED = 20.0


@pytest.fixture(scope="module")
def sandbox() -> Iterator[RunningSandbox]:
    with running_sandbox("--speed", str(SPEED)) as running:
        yield running


@pytest.fixture
def admin(sandbox: RunningSandbox) -> Iterator[SandboxAdmin]:
    with SandboxAdmin(sandbox.ready["admin"]) as admin:
        admin.reset()
        yield admin


@pytest.fixture
def store(sandbox: RunningSandbox, admin: SandboxAdmin) -> Iterator[BigCommerceStore]:
    store = connect(sandbox)
    yield store
    store.close()


def connect(sandbox: RunningSandbox, token: str = "", **settings: Any) -> BigCommerceStore:
    credentials = sandbox.ready["credentials"]["bigcommerce"]
    return BigCommerceStore(
        store_hash=credentials["store_hash"],
        access_token=lambda: token or credentials["access_token"],
        endpoint=sandbox.ready["bigcommerce"],
        bucket_store=InMemoryBuckets(),
        clock_speed=SPEED,
        **settings,
    )


def merchant(sandbox: RunningSandbox) -> httpx.Client:
    """The merchant himself, who changes his store."""
    credentials = sandbox.ready["credentials"]["bigcommerce"]
    return httpx.Client(
        base_url=f"{sandbox.ready['bigcommerce']}/stores/{credentials['store_hash']}",
        headers={"X-Auth-Token": credentials["access_token"]},
    )


def variants(store: BigCommerceStore, since: datetime | None = None) -> dict[str, Variant]:
    return {variant.sku: variant for page in store.catalog.variants(since) for variant in page}


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


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


def test_every_variant_of_the_store_is_read_with_its_price_and_stock(
    store: BigCommerceStore, admin: SandboxAdmin
) -> None:
    expected = {
        variant["sku"]: (variant["calculated_price"], variant["inventory_level"])
        for product in admin.bigcommerce_products()
        for variant in product["variants"]
    }

    read = variants(store)

    assert {sku: (v.price.amount, v.quantity) for sku, v in read.items()} == expected
    assert len(expected) > 60
    assert {v.price.currency for v in read.values()} == {"USD"}
    mug = read["KIT-MUG-BLUE"]
    assert (mug.name, mug.brand) == ("Stoneware Mug, 12 oz - Blue", "Alder & Finch")


def test_a_change_is_read_by_the_next_incremental_run_and_nothing_else_is(
    store: BigCommerceStore, admin: SandboxAdmin
) -> None:
    jar = variants(store)["KIT-JAR-16OZ"]
    summary = admin.summary()
    since = datetime.fromisoformat(summary["time"])

    admin.patch_variant(jar.variant_id, {"inventory_level": 7, "price": "11.25"})
    changed = variants(store, since)

    assert {variant.product_id for variant in changed.values()} == {jar.product_id}
    assert changed["KIT-JAR-16OZ"].quantity == 7
    assert changed["KIT-JAR-16OZ"].price == usd("11.25")


def test_all_skus_are_resolved_whatever_their_case(store: BigCommerceStore) -> None:
    known = variants(store)
    asked = [sku.lower() for sku in known]

    resolved = store.catalog.resolve([*asked, "NO-SUCH-SKU", "NO,SUCH"])

    assert {sku: (r.product_id, r.variant_id) for sku, r in resolved.items()} == {
        sku.lower(): (v.product_id, v.variant_id) for sku, v in known.items()
    }


def test_the_category_trees_hold_every_category_of_the_products(store: BigCommerceStore) -> None:
    tree = {category.category_id: category for category in store.catalog.categories()}

    filed_under = {one for variant in variants(store).values() for one in variant.category_ids}
    assert filed_under
    assert filed_under <= tree.keys()
    assert all(category.name for category in tree.values())


def test_a_price_list_is_read_whole_and_by_its_changes(
    sandbox: RunningSandbox, store: BigCommerceStore, admin: SandboxAdmin
) -> None:
    known = list(variants(store).values())
    assert len(known) > 60
    with merchant(sandbox) as client:
        made = client.post("/v3/pricelists", json={"name": "Amazon"}).json()["data"]
        records = [
            {"variant_id": one.variant_id, "currency": currency, "price": 5}
            for one in known
            for currency in ("usd", "cad")
        ]
        path = f"/v3/pricelists/{made['id']}/records"
        assert client.put(path, json=records).is_success
        whole = [one for page in store.price_lists.records(made["id"], "USD") for one in page]
        since = datetime.fromisoformat(admin.summary()["time"]) + timedelta(seconds=1)
        time.sleep(2 / SPEED)
        sale = {"variant_id": known[3].variant_id, "currency": "usd", "sale_price": 4.5}
        assert client.put(path, json=[sale]).is_success

    changed = [one for page in store.price_lists.records(made["id"], "USD", since) for one in page]
    assert {one.variant_id: one.asked for one in whole} == {
        one.variant_id: usd("5") for one in known
    }
    assert [(one.variant_id, one.asked) for one in changed] == [(known[3].variant_id, usd("4.5"))]


def test_metafields_and_the_channel_are_read_where_the_settings_ask(
    sandbox: RunningSandbox, store: BigCommerceStore
) -> None:
    before = variants(store)
    mug, kettle = before["KIT-MUG-BLUE"], before["KIT-KETTLE-1L"]
    product, variant = (
        f"/v3/catalog/products/{mug.product_id}",
        f"/v3/catalog/products/{mug.product_id}/variants/{mug.variant_id}",
    )
    field = {"namespace": "amazon", "permission_set": "app_only"}
    with merchant(sandbox) as client:
        for owner, key, value in (
            (product, "asin", "B0PRODUCT1"),
            (product, "title", "A mug"),
            (variant, "asin", "B0VARIANT1"),
        ):
            body = {**field, "key": key, "value": value}
            assert client.post(f"{owner}/metafields", json=body).is_success
        other = {**field, "namespace": "else", "key": "asin", "value": "no"}
        assert client.post(f"{product}/metafields", json=other).is_success
        channel = {"name": "Amazon", "type": "marketplace", "platform": "amazon"}
        channel_id = client.post("/v3/channels", json=channel).json()["data"]["id"]
        assigned = [{"product_id": mug.product_id, "channel_id": channel_id}]
        path = "/v3/catalog/products/channel-assignments"
        assert client.put(path, json=assigned).is_success
    asking = connect(
        sandbox, catalog=CatalogScope(metafield_namespaces=("amazon",), assigned_to=channel_id)
    )

    read = variants(asking)
    asking.close()

    assert read["KIT-MUG-BLUE"].metafields == {"amazon.asin": "B0VARIANT1", "amazon.title": "A mug"}
    assert [one.sku for one in read.values() if one.metafields.get("amazon.title")] == [
        one.sku for one in before.values() if one.product_id == mug.product_id
    ]
    assert {one.product_id for one in read.values() if one.is_visible} == {mug.product_id}
    assert (kettle.is_visible, kettle.metafields) == (True, {})


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

    check = store.check()

    assert (check.state, check.currency, check.missing_scopes) == (AccountState.ACTIVE, "USD", ())
    assert check.name
    assert stranger.check().state is AccountState.EXPIRED
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
