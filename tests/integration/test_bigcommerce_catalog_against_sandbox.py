"""The BigCommerce catalog against a sandbox process, on real HTTP."""

import time
from datetime import datetime, timedelta

from connectors.bigcommerce.catalog import CatalogScope
from connectors.bigcommerce.store import BigCommerceStore
from connectors.sandbox_admin import SandboxAdmin
from tests.integration.bigcommerce_store import SPEED, connect, merchant, usd, variants
from tests.sandbox.running import RunningSandbox


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
