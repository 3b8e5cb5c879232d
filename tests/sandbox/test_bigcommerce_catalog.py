"""The V3 catalog: pages, filters, traps, changes and what they do to dates."""

import gzip
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.bigcommerce_store import (
    ENGRAVED,
    LARGE_SHIRT,
    MUG,
    MUG_VARIANT,
    POSTER,
    SHIRT,
    SMALL_SHIRT,
    UNTRACKED,
    SmallStore,
)

REAL_CATALOG = Path(__file__).resolve().parents[3] / "shared/data/catalog-real-5k.ndjson.gz"
ALL = [MUG, SHIRT, POSTER, ENGRAVED, UNTRACKED]


def holds(shown: Any, given: Any) -> bool:
    """Whether everything given is shown; what is shown besides does not matter."""
    if isinstance(given, dict):
        return all(holds(shown[name], value) for name, value in given.items())
    if isinstance(given, list):
        return len(shown) == len(given) and all(map(holds, shown, given))
    return bool(shown == given)


def without_name(product: dict[str, Any]) -> dict[str, Any]:
    """The product without its brand's name, which the API shows with the brand only."""
    return {name: value for name, value in product.items() if name != "brand_name"}


def ids(rows: list[dict[str, object]]) -> list[object]:
    return [row["id"] for row in rows]


def test_products_come_by_id_with_every_field_and_the_parts_asked_for() -> None:
    store = SmallStore()

    products = store.data("/v3/catalog/products", include="variants,images,custom_fields")

    assert ids(products) == ALL
    mug = products[0]
    assert mug["upc"] == "012345678905"
    assert mug["sale_price"] == 0
    assert mug["base_variant_id"] == MUG_VARIANT
    assert mug["variants"][0]["price"] is None
    assert mug["variants"][0]["calculated_price"] == 10.5
    assert mug["images"][0]["url_standard"] == "https://cdn.example.com/mug.jpg"
    assert mug["custom_fields"][0]["value"] == "Clay"
    assert products[1]["base_variant_id"] is None
    assert products[1]["inventory_level"] == 6


def test_pages_link_to_their_neighbours_and_keep_the_filters() -> None:
    client = SmallStore().client

    page = client.get("/v3/catalog/products?limit=2&page=2&sort=id&direction=asc").json()

    assert ids(page["data"]) == [POSTER, ENGRAVED]
    pagination = page["meta"]["pagination"]
    assert pagination["total"] == 5
    assert pagination["total_pages"] == 3
    assert pagination["links"]["next"] == "?sort=id&direction=asc&page=3&limit=2"
    following = client.get("/v3/catalog/products" + pagination["links"]["next"]).json()
    assert ids(following["data"]) == [UNTRACKED]
    assert "next" not in following["meta"]["pagination"]["links"]


def test_options_and_modifiers_cut_the_page_to_ten() -> None:
    client = SmallStore().client

    page = client.get("/v3/catalog/products?limit=250&include=modifiers").json()

    assert page["meta"]["pagination"]["per_page"] == 10
    assert page["data"][3]["modifiers"][0]["required"] is True


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"id:greater": 2}, [POSTER, ENGRAVED, UNTRACKED]),
        ({"id:min": 2, "id:less": 4}, [SHIRT, POSTER]),
        ({"id:in": "5,1,99"}, [MUG, UNTRACKED]),
        ({"id:not_in": "1,2,3"}, [ENGRAVED, UNTRACKED]),
        ({"sku": "mug"}, [MUG]),
        ({"sku:in": "MUG,SHIRT-S,POSTER"}, [MUG, POSTER]),
        ({"name": "Mug"}, [MUG]),
        ({"keyword": "pen"}, [ENGRAVED]),
        ({"categories:in": "23,99"}, [MUG]),
        ({"inventory_level:greater": 6}, [MUG]),
        ({"is_visible": "false"}, []),
        ({"date_modified:min": "2026-10-03T12:00:00+00:00"}, [POSTER, ENGRAVED, UNTRACKED]),
        ({"date_modified:max": "2026-10-02T12:00:00Z", "id:greater": 1}, [SHIRT]),
        ({"sort": "name", "direction": "desc"}, [SHIRT, POSTER, MUG, UNTRACKED, ENGRAVED]),
    ],
)
def test_filters_select_products(query: dict[str, object], found: list[int]) -> None:
    assert ids(SmallStore().data("/v3/catalog/products", **query)) == found


@pytest.mark.parametrize(
    "query",
    ["colour=red", "id:in=x", "sort=weight", "date_modified:min=now", "id:greater=x", "limit=0"],
)
def test_what_is_no_filter_or_has_no_value_is_422(query: str) -> None:
    assert SmallStore().client.get(f"/v3/catalog/products?{query}").status_code == 422


def test_a_bare_date_gets_the_present_time_of_day() -> None:
    store = SmallStore()
    now = store.clock.now()
    changed_today = f"{now.date()}T00:00:00+00:00"
    store.state.load_products([{"id": 6, "name": "New", "date_modified": changed_today}])

    whole = store.data("/v3/catalog/products", **{"date_modified:min": changed_today})
    bare = store.data("/v3/catalog/products", **{"date_modified:min": str(now.date())})

    assert ids(whole) == [6]
    assert bare == []


def test_include_fields_keeps_the_id() -> None:
    products = SmallStore().data("/v3/catalog/products", include_fields="name")

    assert products[0] == {"id": MUG, "name": "Mug"}


def test_variants_are_found_by_exact_sku_and_by_product() -> None:
    store = SmallStore()

    assert ids(store.data("/v3/catalog/variants", sku="shirt-l")) == [LARGE_SHIRT]
    of_shirt = store.data("/v3/catalog/variants", **{"product_id:in": str(SHIRT)})
    assert ids(of_shirt) == [SMALL_SHIRT, LARGE_SHIRT]
    assert of_shirt[1]["option_values"][0]["label"] == "Large"
    assert store.client.get("/v3/catalog/variants?sku:in=MUG").status_code == 422


def test_a_changed_price_moves_the_product_and_a_changed_gtin_does_not() -> None:
    store = SmallStore()
    before = store.data(f"/v3/catalog/products/{SHIRT}")["date_modified"]
    since = {"date_modified:min": store.clock.now().isoformat(timespec="seconds")}
    path = f"/v3/catalog/products/{SHIRT}/variants/{SMALL_SHIRT}"

    store.client.put(path, json={"gtin": "4006381333931"})
    assert store.data(f"/v3/catalog/products/{SHIRT}")["date_modified"] == before
    assert store.data("/v3/catalog/products", **since) == []

    changed = store.client.put(path, json={"sale_price": 18}).json()["data"]
    assert changed["calculated_price"] == 18
    assert ids(store.data("/v3/catalog/products", **since)) == [SHIRT]


def test_batches_are_limited_and_change_nothing_when_one_id_is_unknown() -> None:
    store = SmallStore()

    many_products = [{"id": MUG}] * 11
    many_variants = [{"id": MUG_VARIANT}] * 51
    assert store.client.put("/v3/catalog/products", json=many_products).status_code == 413
    assert store.client.put("/v3/catalog/variants", json=many_variants).status_code == 413
    partly_known = [{"id": MUG, "price": 1}, {"id": 99, "price": 1}]
    assert store.client.put("/v3/catalog/products", json=partly_known).status_code == 404
    assert store.data(f"/v3/catalog/products/{MUG}")["price"] == 10.5


@pytest.mark.parametrize(
    "changes",
    [
        {"price": "12.50"},
        {"inventory_level": -1},
        {"gtin": "1" * 15},
        {"is_visible": "yes"},
        {"inventory_tracking": "sku"},
        {"name": ""},
        {"variants": [{"price": -1}]},
    ],
    ids=str,
)
def test_a_value_that_no_product_can_have_is_422(changes: dict[str, Any]) -> None:
    store = SmallStore()

    answer = store.client.put(f"/v3/catalog/products/{MUG}", json=changes)

    assert answer.status_code == 422
    assert answer.json()["errors"]
    assert store.data(f"/v3/catalog/products/{MUG}")["name"] == "Mug"


def test_a_variant_may_be_set_back_to_its_product_s_price() -> None:
    store = SmallStore()
    path = f"/v3/catalog/products/{SHIRT}/variants/{LARGE_SHIRT}"

    inherited = store.client.put(path, json={"price": None}).json()["data"]

    assert (inherited["price"], inherited["calculated_price"]) == (None, 20)


def test_a_product_is_posted_once_and_deleted_with_its_variants() -> None:
    store = SmallStore()
    body = {"name": "Bowl", "type": "physical", "weight": 1, "price": 9, "sku": "BOWL"}

    product = store.client.post("/v3/catalog/products", json=body).json()["data"]
    again = store.client.post("/v3/catalog/products", json={**body, "name": "Bowl 2"})

    assert product["id"] == 6
    assert ids(store.data("/v3/catalog/variants", sku="BOWL")) == [product["base_variant_id"]]
    assert again.status_code == 409
    assert store.client.delete(f"/v3/catalog/products/{product['id']}").status_code == 204
    assert store.data("/v3/catalog/variants", sku="BOWL") == []


def test_parts_are_added_changed_and_deleted() -> None:
    store = SmallStore()
    path = f"/v3/catalog/products/{MUG}/custom-fields"

    added = store.client.post(path, json={"name": "Origin", "value": "Delft"}).json()["data"]
    store.client.put(f"{path}/{added['id']}", json={"value": "Gouda"})
    assert [each["value"] for each in store.data(path)] == ["Clay", "Gouda"]
    store.client.delete(f"{path}/{added['id']}")

    assert [each["value"] for each in store.data(path)] == ["Clay"]
    assert store.client.get(f"/v3/catalog/products/{MUG}/nothing").status_code == 404


def test_a_list_shows_every_change_though_it_was_shown_before() -> None:
    store = SmallStore()
    include = {"id:in": "1", "include": "variants,custom_fields,channels"}
    channel = {"name": "Amazon", "type": "marketplace", "platform": "amazon"}
    channel_id = store.client.post("/v3/channels", json=channel).json()["data"]["id"]
    product = f"/v3/catalog/products/{MUG}"
    assigned = [{"product_id": MUG, "channel_id": channel_id}]
    adjusted = {"items": [{"location_id": 1, "sku": "MUG", "quantity": 3}]}
    changes: list[tuple[str, str, Any]] = [
        ("PUT", product, {"description": "new"}),
        ("PUT", f"{product}/variants/{MUG_VARIANT}", {"gtin": "4006381333931"}),
        ("POST", f"{product}/custom-fields", {"name": "A", "value": "B"}),
        ("PUT", "/v3/catalog/products/channel-assignments", assigned),
        ("DELETE", f"/v3/catalog/products/channel-assignments?channel_id:in={channel_id}", None),
        ("PUT", "/v3/inventory/adjustments/absolute", adjusted),
    ]

    shown = [store.data("/v3/catalog/products", **include)]
    for method, path, body in changes:
        assert store.client.request(method, path, json=body).status_code < 300
        store.clock.pass_by(store.state.inventory_lag_seconds)
        shown.append(store.data("/v3/catalog/products", **include))

    assert all(before != after for before, after in pairwise(shown))
    assert shown[-1] == [store.data(product, include=include["include"])]


def test_brands_and_categories_follow_from_the_products() -> None:
    store = SmallStore()

    brands = store.data("/v3/catalog/brands")
    tree = store.data("/v3/catalog/trees/1/categories")

    assert [brand["name"] for brand in brands] == ["Fireclay"]
    assert store.data(f"/v3/catalog/products/{MUG}")["brand_id"] == brands[0]["id"]
    assert [category["name"] for category in tree] == ["Kitchen", "Category 24"]


def test_metafields_are_paged_by_cursor_and_unique_by_namespace_and_key() -> None:
    store = SmallStore()
    path = f"/v3/catalog/products/{MUG}/metafields"
    for key in ("a", "b", "c"):
        body = {"key": key, "namespace": "n", "value": "1", "permission_set": "app_only"}
        assert store.client.post(path, json=body).status_code == 200

    first = store.client.get("/v3/catalog/products/metafields?limit=2&namespace=n").json()
    cursor = first["meta"]["cursor_pagination"]["end_cursor"]
    rest = store.client.get(f"/v3/catalog/products/metafields?limit=2&after={cursor}").json()

    assert [each["key"] for each in first["data"] + rest["data"]] == ["a", "b", "c"]
    assert store.client.post(path, json=body).status_code == 409
    assert store.client.post("/v3/orders/9/metafields", json=body).status_code == 404


def test_price_list_records_are_put_and_found_by_sku() -> None:
    store = SmallStore()
    assert store.data("/v3/pricelists") == []
    price_list = store.client.post("/v3/pricelists", json={"name": "Amazon"}).json()["data"]
    records = f"/v3/pricelists/{price_list['id']}/records"

    record = {"variant_id": MUG_VARIANT, "currency": "usd", "price": 12.5}
    assert store.client.put(records, json=[record]).status_code == 200
    unknown = [{"variant_id": 9, "currency": "usd", "price": 1}]
    assert store.client.put(records, json=unknown).status_code == 422

    [found] = store.data(records, **{"sku:in": "MUG", "include": "sku"})
    assert (found["price"], found["sku"], found["calculated_price"]) == (12.5, "MUG", 12.5)


def test_reset_brings_back_the_products_as_they_were_loaded() -> None:
    store = SmallStore()
    store.state.patch_variant(MUG_VARIANT, {"inventory_level": 0})
    store.client.delete(f"/v3/catalog/products/{SHIRT}")

    store.state.reset()

    assert ids(store.data("/v3/catalog/products")) == ALL
    assert store.level(MUG_VARIANT) == 8


def test_the_real_catalog_comes_out_as_it_went_in() -> None:
    if not REAL_CATALOG.is_file():
        pytest.skip(f"the real catalog is not here: {REAL_CATALOG} is missing")
    with gzip.open(REAL_CATALOG) as lines:
        given = {product["id"]: product for product in map(json.loads, lines)}
    store = SmallStore()
    store.state.load_products(given.values())

    seen = {}
    after = 0
    while page := store.data(
        "/v3/catalog/products",
        **{"limit": 250, "id:greater": after, "include": "variants,images,custom_fields"},
    ):
        seen |= {product["id"]: product for product in page}
        after = page[-1]["id"]

    assert seen.keys() == given.keys()
    lost = [i for i, product in given.items() if not holds(seen[i], without_name(product))]
    assert lost == []
