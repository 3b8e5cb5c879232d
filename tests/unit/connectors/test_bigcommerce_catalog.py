from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import httpx
import pytest
from bigcommerce_server import StoreServer, v3

from affluent.domain.category import Category
from affluent.domain.errors import ConfigurationError, MalformedAnswer
from affluent.domain.product import ResolvedSku
from connectors.bigcommerce.catalog import CatalogScope

PRODUCTS = "/v3/catalog/products"
ITEMS = "/v3/inventory/items"
BRANDS = "/v3/catalog/brands"


def product(product_id: int, tracking: str = "none", **fields: Any) -> dict[str, Any]:
    variants = [{"id": product_id * 10, "sku": f"P{product_id}", "option_values": []}]
    return {
        "id": product_id,
        "name": f"Product {product_id}",
        "price": 5,
        "inventory_tracking": tracking,
        "inventory_level": 999,
        "date_modified": "2026-11-20T08:00:00+00:00",
        "variants": variants,
        **fields,
    }


def item(product_id: int, variant_id: int, *locations: tuple[int, bool, int]) -> dict[str, Any]:
    return {
        "identity": {
            "sku": f"P{product_id}",
            "product_id": product_id,
            "variant_id": variant_id,
            "sku_id": None,
        },
        "locations": [
            {"location_id": place, "location_enabled": enabled, "available_to_sell": quantity}
            for place, enabled, quantity in locations
        ],
    }


def test_pages_follow_the_last_id_until_one_is_empty() -> None:
    server = StoreServer().with_settings()
    server.on("GET", PRODUCTS, v3([product(1), product(4)]), v3([product(9)]), v3([]))
    server.on("GET", BRANDS, v3([]))

    pages = [page.variants for page in server.open().catalog.variants()]

    assert [[variant.product_id for variant in page] for page in pages] == [[1, 4], [9]]
    assert [query.get("id:greater") for query in server.asked(PRODUCTS)] == [None, "4", "9"]
    assert server.asked(PRODUCTS)[0] == {
        "include": "variants,images,custom_fields",
        "sort": "id",
        "direction": "asc",
        "limit": "250",
    }
    server.assert_all_used()


def test_an_incremental_run_asks_with_an_offset_and_for_the_brands_it_meets() -> None:
    server = StoreServer().with_settings()
    server.on("GET", PRODUCTS, v3([product(1, brand_id=8), product(2, brand_id=3)]))
    server.on("GET", PRODUCTS, v3([product(3, brand_id=8)]), v3([]))
    server.on("GET", BRANDS, v3([{"id": 8, "name": "Acme"}]))
    since = datetime(2026, 11, 20, 10, 30, tzinfo=timezone(timedelta(hours=2)))

    pages = [page.variants for page in server.open().catalog.variants(since)]

    assert [[variant.brand for variant in page] for page in pages] == [["Acme", ""], ["Acme"]]
    assert server.asked(PRODUCTS)[0]["date_modified:min"] == "2026-11-20T08:30:00+00:00"
    assert "2026-11-20T08%3A30%3A00%2B00%3A00" in str(server.requests[2].url)
    assert [query["id:in"] for query in server.asked(BRANDS)] == ["3,8"]


def test_the_categories_of_all_trees_are_read_page_by_page_without_their_texts() -> None:
    path = "/v3/catalog/trees/categories"
    rakes = {"category_id": 3, "parent_id": 2, "name": "Rakes"}
    garden = {"category_id": 1, "parent_id": 0, "name": "Garden"}
    server = StoreServer().on("GET", path, v3([rakes], pages=2), v3([garden], page=2, pages=2))

    found = list(server.open().catalog.categories())

    assert found == [Category(3, 2, "Rakes"), Category(1, 0, "Garden")]
    assert server.asked(path) == [
        {"include_fields": "category_id,parent_id,name", "limit": "250", "page": number}
        for number in ("1", "2")
    ]


def test_stock_is_what_may_be_sold_at_enabled_locations_of_tracked_products() -> None:
    server = StoreServer().with_settings()
    server.on("GET", BRANDS, v3([]))
    server.on(
        "GET",
        PRODUCTS,
        v3([product(1), product(2, "product"), product(3, "variant"), product(4, "variant")]),
        v3([]),
    )
    server.on(
        "GET",
        ITEMS,
        v3([item(2, 20, (1, True, 7), (2, False, 50), (3, True, 2))], page=1, pages=2),
        v3([item(3, 30, (1, True, -1))], page=2, pages=2),
    )

    [page] = [page.variants for page in server.open().catalog.variants()]

    assert [variant.quantity for variant in page] == [None, 9, -1, 0]
    assert [query["product_id:in"] for query in server.asked(ITEMS)] == ["2,3,4"] * 2
    assert server.asked(ITEMS)[0]["limit"] == "1000"


def test_only_chosen_locations_are_counted_where_some_are_chosen() -> None:
    server = StoreServer().with_settings()
    server.on("GET", BRANDS, v3([]))
    server.on("GET", PRODUCTS, v3([product(2, "product")]), v3([]))
    server.on("GET", ITEMS, v3([item(2, 20, (1, True, 7), (3, True, 2))]))

    [[variant]] = [
        page.variants
        for page in server.open(catalog=CatalogScope(location_ids=(3, 4))).catalog.variants()
    ]

    assert variant.quantity == 2


def test_a_price_never_passes_through_a_float() -> None:
    server = StoreServer().with_settings()
    server.on("GET", BRANDS, v3([]))
    body = b'{"data":[{"id":1,"price":1234567890.123456789,"variants":[{"id":2}]}],"meta":{}}'
    server.on("GET", PRODUCTS, httpx.Response(200, content=body), v3([]))

    [[variant]] = [page.variants for page in server.open().catalog.variants()]

    assert variant.price.amount == Decimal("1234567890.123456789")
    assert (variant.weight_unit, variant.price.currency) == ("kilograms", "USD")


def test_a_store_that_ignores_the_cursor_is_noticed() -> None:
    server = StoreServer().with_settings()
    server.on("GET", BRANDS, v3([]))
    server.on("GET", PRODUCTS, v3([product(1)]), v3([product(1)]))

    with pytest.raises(MalformedAnswer, match="getProducts for abc123 leads in a circle"):
        list(server.open().catalog.variants())


def test_an_answer_without_data_is_no_empty_catalog() -> None:
    server = StoreServer().with_settings()
    server.on("GET", BRANDS, v3([]))
    server.on("GET", PRODUCTS, httpx.Response(200, json={"meta": {}}))

    with pytest.raises(MalformedAnswer, match="without 'data'"):
        list(server.open().catalog.variants())


def test_a_missing_scope_stops_at_once_and_is_named() -> None:
    server = StoreServer().with_settings()
    server.on("GET", BRANDS, v3([]))
    server.on("GET", PRODUCTS, v3([product(1, "product")]))
    server.on("GET", ITEMS, httpx.Response(403, json={"status": 403, "title": "Forbidden"}))

    with pytest.raises(ConfigurationError, match="store_inventory_read_only") as caught:
        list(server.open().catalog.variants())

    assert len(server.asked(ITEMS)) == 1
    assert "Forbidden" in caught.value.why


def test_skus_are_resolved_in_bulk_and_by_variant_whatever_their_case() -> None:
    server = StoreServer()
    server.on("GET", ITEMS, v3([item(1, 10), item(2, 21)]))

    resolved = server.open().catalog.resolve(["P1", "p2"])

    assert resolved == {"P1": ResolvedSku("P1", 1, 10), "p2": ResolvedSku("P2", 2, 21)}
    assert server.asked(ITEMS)[0]["sku:in"] == "P1,p2"


def test_a_sku_with_a_comma_and_one_without_inventory_are_asked_alone() -> None:
    server = StoreServer()
    found = {"id": 31, "product_id": 3, "sku": "A,B"}
    server.on("GET", ITEMS, v3([item(1, 10)]))
    server.on("GET", "/v3/catalog/variants", v3([found]), v3([]))

    resolved = server.open().catalog.resolve(["P1", "A,B", "unknown", ""])

    assert resolved == {"P1": ResolvedSku("P1", 1, 10), "A,B": ResolvedSku("A,B", 3, 31)}
    assert server.asked(ITEMS)[0]["sku:in"] == "P1,unknown"
    assert [query["sku"] for query in server.asked("/v3/catalog/variants")] == ["A,B", "unknown"]


def test_many_skus_are_asked_in_lists_that_fit_an_address() -> None:
    skus = [f"Größe {number}" for number in range(400)]
    server = StoreServer()

    def answer(request: httpx.Request) -> httpx.Response:
        assert len(str(request.url)) < 4500
        names = request.url.params["sku:in"].split(",")
        return v3([{"identity": {"sku": n, "product_id": 1, "variant_id": 2}} for n in names])

    server.on("GET", ITEMS, *[answer] * 20)

    resolved = server.open().catalog.resolve(skus)

    asked = [query["sku:in"] for query in server.asked(ITEMS)]
    assert list(resolved) == skus
    assert ",".join(asked).split(",") == skus
    assert 1 < len(asked) < 5


def test_the_modifiers_of_a_deleted_product_are_none() -> None:
    server = StoreServer()
    server.on("GET", "/v3/catalog/products/5/modifiers", httpx.Response(404, json={"status": 404}))

    assert server.open().catalog.modifiers(5) == ()


def test_modifiers_are_read_to_the_last_page() -> None:
    server = StoreServer()
    first = {"id": 1, "type": "text", "required": False, "display_name": "Engraving"}
    second = {"id": 2, "type": "file", "required": True, "display_name": "Photo"}
    path = "/v3/catalog/products/5/modifiers"
    server.on("GET", path, v3([first], pages=2), v3([second], page=2, pages=2))

    modifiers = server.open().catalog.modifiers(5)

    assert [(m.modifier_id, m.required) for m in modifiers] == [(1, False), (2, True)]


def metafield(resource_id: int, key: str, value: str) -> dict[str, Any]:
    return {"id": 1, "resource_id": resource_id, "namespace": "amazon", "key": key, "value": value}


def test_metafields_of_the_named_namespaces_are_read_in_bulk_the_variants_own_first() -> None:
    paths = ("/v3/catalog/products/metafields", "/v3/catalog/variants/metafields")
    server = StoreServer().with_settings()
    server.on("GET", PRODUCTS, v3([product(1), product(2)]), v3([]))
    server.on("GET", BRANDS, v3([]))
    of_products = [metafield(1, "asin", "B0"), metafield(1, "title", "A lamp")]
    server.on("GET", paths[0], by_cursor(of_products, "MQ=="), by_cursor([], "MQ=="))
    server.on("GET", paths[1], by_cursor([metafield(10, "asin", "B1")]))

    scope = CatalogScope(metafield_namespaces=("amazon", "my shop"))
    pages = server.open(catalog=scope).catalog.variants()
    [first, second] = [variant for page in pages for variant in page.variants]

    assert first.metafields == {"amazon.asin": "B1", "amazon.title": "A lamp"}
    assert second.metafields == {}
    asked = {"namespace:in": "amazon,my shop", "include_fields": "resource_id,namespace,key,value"}
    assert server.asked(paths[0]) == [
        {**asked, "limit": "250"},
        {**asked, "limit": "250", "after": "MQ=="},
    ]
    assert server.asked(paths[1]) == [{**asked, "limit": "250"}]
    server.assert_all_used()


def by_cursor(records: list[dict[str, Any]], end: str = "") -> httpx.Response:
    paging = {"cursor_pagination": {"end_cursor": end}} if end else {}
    return httpx.Response(200, json={"data": records, "meta": paging})


def test_a_product_of_other_channels_is_hidden_where_only_assigned_ones_count() -> None:
    products = [product(1, channels=[1, 7]), product(2, channels=[1]), product(3)]
    server = StoreServer().with_settings().on("GET", PRODUCTS, v3(products), v3([]))
    server.on("GET", BRANDS, v3([]))

    scope = CatalogScope(assigned_to=7)
    [variants] = [page.variants for page in server.open(catalog=scope).catalog.variants()]

    assert [variant.is_visible for variant in variants] == [True, False, False]
    assert server.asked(PRODUCTS)[0]["include"] == "variants,images,custom_fields,channels"
