"""Stock: items, locations, adjustments that take effect late."""

from tests.sandbox.bigcommerce_store import (
    LARGE_SHIRT,
    MUG,
    MUG_VARIANT,
    SHIRT,
    SMALL_SHIRT,
    SmallStore,
)

ABSOLUTE = "/v3/inventory/adjustments/absolute"
RELATIVE = "/v3/inventory/adjustments/relative"


def adjust(store: SmallStore, method: str, path: str, **item: object) -> int:
    body = {"reason": "test", "items": [{"location_id": 1, **item}]}
    return store.client.request(method, path, json=body).status_code


def test_items_resolve_skus_and_show_what_may_be_sold() -> None:
    store = SmallStore()
    settings = [{"identity": {"sku": "MUG"}, "safety_stock": 3}]
    store.client.put("/v3/inventory/locations/1/items", json={"settings": settings})

    items = store.data("/v3/inventory/items", **{"sku:in": "MUG,SHIRT-L,NONE"})

    assert [item["identity"]["variant_id"] for item in items] == [MUG_VARIANT, LARGE_SHIRT]
    [mug] = items[0]["locations"]
    assert (mug["total_inventory_onhand"], mug["available_to_sell"]) == (8, 5)
    assert store.client.get("/v3/inventory/items?variant_id:in=x").status_code == 422


def test_an_absolute_adjustment_takes_effect_a_moment_later() -> None:
    store = SmallStore()

    assert adjust(store, "PUT", ABSOLUTE, sku="SHIRT-L", quantity=40) == 200

    assert store.level(LARGE_SHIRT) == 1
    store.clock.pass_by(store.state.inventory_lag_seconds)
    assert store.level(LARGE_SHIRT) == 40
    assert store.data(f"/v3/catalog/products/{SHIRT}")["inventory_level"] == 45


def test_a_relative_adjustment_below_the_safety_stock_changes_nothing() -> None:
    store = SmallStore()

    refused = adjust(store, "POST", RELATIVE, variant_id=SMALL_SHIRT, quantity=-6)
    accepted = adjust(store, "POST", RELATIVE, variant_id=SMALL_SHIRT, quantity=-4)
    too_much_by_now = adjust(store, "POST", RELATIVE, variant_id=SMALL_SHIRT, quantity=-2)
    store.clock.pass_by(1)

    assert (refused, accepted, too_much_by_now) == (422, 200, 422)
    assert store.level(SMALL_SHIRT) == 1


def test_a_new_location_needs_an_absolute_adjustment_first() -> None:
    store = SmallStore()
    location_id = store.state.stock.add_location("EAST", "East", "2026-01-01T00:00:00+00:00")
    item = {"location_id": location_id, "product_id": MUG, "quantity": 7}

    before = store.client.post(RELATIVE, json={"items": [item]})
    store.client.put(ABSOLUTE, json={"items": [item]})
    store.clock.pass_by(1)
    after = store.client.post(RELATIVE, json={"items": [item]})

    assert before.json()["title"] == (
        "Items with identity: [product_id 1] requires absolute adjustment before relative"
    )
    assert before.headers["content-type"] == "application/problem+json"
    assert after.status_code == 200
    [mug] = store.data("/v3/inventory/items", **{"sku:in": "MUG"})
    assert [each["available_to_sell"] for each in mug["locations"]] == [8, 7]


def test_items_are_adjusted_by_what_they_are_tracked_by() -> None:
    store = SmallStore()

    assert adjust(store, "PUT", ABSOLUTE, product_id=SHIRT, quantity=1) == 422
    store.client.put(f"/v3/catalog/products/{SHIRT}", json={"inventory_tracking": "product"})
    assert adjust(store, "PUT", ABSOLUTE, variant_id=SMALL_SHIRT, quantity=1) == 422
    assert adjust(store, "PUT", ABSOLUTE, product_id=SHIRT, quantity=1) == 200
