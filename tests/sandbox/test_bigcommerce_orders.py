"""V2 orders: creation, refusals in BigCommerce's words, stock, shipments, lists."""

from typing import Any

import pytest

from tests.sandbox.bigcommerce_store import (
    ADDRESS,
    COLOUR_MODIFIER,
    ENGRAVED,
    LARGE,
    LARGE_SHIRT,
    MUG,
    MUG_VARIANT,
    POSTER,
    RED,
    SHIRT,
    SIZE_OPTION,
    SMALL_SHIRT,
    TEXT_MODIFIER,
    UNTRACKED,
    SmallStore,
    custom_line,
    line,
)

QUANTITIES = (
    "Quantities of one or more products are out of stock or did not meet quantity requirements."
)
OPTIONS = "The options of one or more products are invalid."


def refusal(answer: Any) -> tuple[int, str]:
    [error] = answer.json()
    return error["status"], error["message"]


def problems(answer: Any) -> list[dict[str, Any]]:
    return list(answer.json()[0]["details"]["errors"])


def test_an_order_shows_v2_money_and_times_and_takes_the_stock() -> None:
    store = SmallStore()

    order = store.order(
        line(MUG, MUG_VARIANT, 2, price_inc_tax="12.10", price_ex_tax=11),
        custom_line(),
        external_order_id="111-2222222-3333333",
        external_source="Amazon",
        status_id=11,
        shipping_cost_ex_tax="4",
        shipping_cost_inc_tax="4.40",
        date_created="Tue, 20 Oct 2026 10:00:00 +0000",
    ).json()

    assert order["date_created"] == "Tue, 20 Oct 2026 10:00:00 +0000"
    assert order["subtotal_ex_tax"] == "42.0000"
    assert order["total_inc_tax"] == "52.6000"
    assert order["total_tax"] == "6.6000"
    assert order["billing_address"]["country"] == "United States"
    assert order["products"]["resource"] == f"/orders/{order['id']}/products"
    products = store.client.get(f"/v2/orders/{order['id']}/products").json()
    assert [(each["product_id"], each["sku"]) for each in products] == [(MUG, "MUG"), (0, "FBA-1")]
    assert products[0]["base_total"] == "22.0000"
    assert store.level(MUG_VARIANT) == 6


def test_one_overridden_price_leaves_the_other_at_the_catalog_s() -> None:
    store = SmallStore()

    order = store.order(line(MUG, MUG_VARIANT, price_inc_tax=30)).json()

    assert (order["total_ex_tax"], order["total_inc_tax"]) == ("10.5000", "30.0000")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"products": []}, "The required field 'products' was not supplied."),
        (
            {"products": [{"quantity": 1}]},
            "The field 'products.product_id, products.name' is invalid.",
        ),
        ({"products": [line(MUG, quantity=0)]}, "The field 'quantity' is invalid."),
        ({"products": [line(99)]}, "The field 'product_id' is invalid."),
        ({"products": [line(MUG, 7)]}, "The field 'variant_id' is invalid."),
        (
            {"products": [{"name": "X", "quantity": 1, "price_inc_tax": 1}]},
            "The field 'products.price_ex_tax' is invalid.",
        ),
        (
            {"products": [custom_line(price_inc_tax=-1)]},
            "The field 'products.price_inc_tax' is invalid.",
        ),
        ({"billing_address": {**ADDRESS, "email": "x"}}, "The field 'email' is invalid."),
        (
            {"billing_address": {**ADDRESS, "state": None}},
            "The field 'state' does not allow null values.",
        ),
        (
            {"billing_address": {**ADDRESS, "country_iso2": "ZZ"}},
            "The field 'country_iso2' is invalid.",
        ),
        ({"billing_address": {"zip": "123"}}, "The field 'billing_address.country' is invalid."),
        ({"customer_id": 7}, "The field 'customer_id' is invalid."),
        ({"order_is_digital": "yes"}, "The field 'order_is_digital' is invalid."),
        ({"channel_id": 77}, "The field 'channel_id' is invalid."),
        ({"status_id": 15}, "The field 'status_id' is invalid."),
        ({"default_currency_code": "GBP"}, "The field 'default_currency_code' is invalid."),
        (
            {"shipping_cost_inc_tax": "5"},
            "The required field 'shipping_cost_ex_tax' was not supplied.",
        ),
        (
            {"external_id": "1"},
            "The field 'external_id' cannot be written to. "
            "Please remove it from your request before trying again.",
        ),
        ({"colour": "red"}, "The field 'colour' is not supported by this resource."),
    ],
)
def test_a_wrong_field_is_refused_in_bigcommerce_s_words(
    change: dict[str, Any], message: str
) -> None:
    store = SmallStore()

    body = {"billing_address": ADDRESS, "products": [line(MUG, MUG_VARIANT)], **change}
    answer = store.client.post("/v2/orders", json=body)

    assert refusal(answer) == (400, message)
    assert store.state.orders() == []
    assert store.level(MUG_VARIANT) == 8


def test_a_shortage_is_409_in_both_shapes_and_leaves_the_stock() -> None:
    store = SmallStore()

    legacy, inventory = (store.order(line(SHIRT, LARGE_SHIRT, 2)) for _ in range(2))

    assert refusal(legacy) == refusal(inventory) == (409, QUANTITIES)
    [old] = problems(legacy)
    assert old["type"] == "OutOfStock"
    assert old["product"]["sku"]["sku"] == "SHIRT-L"
    assert old["product"]["sku"]["inventory_level"] == 1
    [new] = problems(inventory)
    assert (new["variant_id"], new["available_quantity"], new["location_id"]) == (LARGE_SHIRT, 1, 1)
    assert new["message"].startswith(
        f"Insufficient stock of variant(id: {LARGE_SHIRT}), available stock: 1"
    )
    assert store.level(LARGE_SHIRT) == 1


def test_two_lines_of_one_variant_share_its_stock() -> None:
    store = SmallStore()
    store.state.conflict_shape = "inventory"

    answer = store.order(line(SHIRT, SMALL_SHIRT, 3), line(SHIRT, SMALL_SHIRT, 3))

    assert [each["type"] for each in problems(answer)] == ["OutOfStock"]


def test_quantity_limits_are_409_and_name_the_limit() -> None:
    store = SmallStore()
    colour = [{"id": COLOUR_MODIFIER, "value": str(RED)}]

    too_many = store.order(line(MUG, MUG_VARIANT, 7))
    too_few = store.order(line(ENGRAVED, quantity=1, product_options=colour))

    assert problems(too_many)[0]["type"] == "ExceedsMaxQuantity"
    assert problems(too_many)[0]["product"]["maximum_quantity"] == 6
    assert problems(too_few)[0]["type"] == "InsufficientQuantity"
    assert problems(too_few)[0]["product"]["minimum_quantity"] == 2


def test_missing_and_wrong_product_options_are_400_by_type() -> None:
    store = SmallStore()

    missing = store.order(line(ENGRAVED, quantity=2))
    unknown = store.order(line(MUG, MUG_VARIANT, product_options=[{"id": 999, "value": "1"}]))
    wrong = store.order(
        line(ENGRAVED, quantity=2, product_options=[{"id": COLOUR_MODIFIER, "value": "41"}])
    )

    assert refusal(missing) == refusal(unknown) == refusal(wrong) == (400, OPTIONS)
    [problem] = problems(missing)
    assert problem["type"] == "MandatoryProductOptions"
    [option] = problem["product"]["required_product_options"]
    assert (option["option_id"], option["display_name"]) == (COLOUR_MODIFIER, "Colour")
    assert problems(unknown)[0]["type"] == "InvalidProductOption"
    assert problems(wrong)[0]["type"] == "InvalidProductOptionValue"


def test_a_product_with_a_required_file_cannot_be_ordered() -> None:
    store = SmallStore()
    [picture] = store.data(f"/v3/catalog/products/{POSTER}/modifiers")

    answers = [
        store.order(line(POSTER)),
        store.order(line(POSTER, product_options=[{"id": picture["id"], "value": "a.png"}])),
    ]

    assert [refusal(answer) for answer in answers] == [(400, OPTIONS)] * 2


def test_answered_options_choose_the_variant_and_are_shown_on_the_line() -> None:
    store = SmallStore()
    size = [{"id": SIZE_OPTION, "value": str(LARGE)}]
    pen = [
        {"id": COLOUR_MODIFIER, "value": str(RED)},
        {"id": TEXT_MODIFIER, "value": "For Ada"},
    ]

    order = store.order(
        line(SHIRT, product_options=size), line(ENGRAVED, quantity=2, product_options=pen)
    ).json()

    shirt, engraved = store.client.get(f"/v2/orders/{order['id']}/products").json()
    assert shirt["variant_id"] == LARGE_SHIRT
    assert shirt["price_ex_tax"] == "22.5000"
    assert shirt["product_options"][0]["display_value"] == "Large"
    assert [each["display_value"] for each in engraved["product_options"]] == ["Red", "For Ada"]


def test_the_external_order_id_filter_sees_a_new_order_only_after_its_lag() -> None:
    store = SmallStore()
    query = "/v2/orders?external_order_id=111"
    order = store.order(custom_line(), external_order_id="111").json()

    assert store.client.get(f"/v2/orders/{order['id']}").status_code == 200
    assert store.client.get(query).status_code == 204
    store.clock.pass_by(store.state.index_lag_seconds)
    second = store.order(custom_line(), external_order_id="111")
    assert second.status_code == 200

    assert [each["id"] for each in store.client.get(query).json()] == [order["id"]]
    assert len(store.client.get("/v2/orders").json()) == 2


def test_orders_are_listed_counted_and_archived() -> None:
    store = SmallStore()
    first, second = (store.order(custom_line(), status_id=s).json()["id"] for s in (1, 11))

    newest_first = store.client.get("/v2/orders?sort=id:desc").json()
    counted = store.client.get("/v2/orders/count").json()
    store.client.delete(f"/v2/orders/{first}")

    assert [order["id"] for order in newest_first] == [second, first]
    assert counted["count"] == 2
    assert {s["id"]: s["count"] for s in counted["statuses"]}[11] == 1
    assert [order["id"] for order in store.client.get("/v2/orders").json()] == [second]
    assert store.client.get(f"/v2/orders/{first}").json()["is_deleted"] is True
    assert store.client.get("/v2/orders?page=2").status_code == 204
    too_long = store.client.get("/v2/orders?limit=251")
    assert too_long.json()[0]["details"] == {"max_limit": 250}
    assert store.client.get("/v2/orders?min_date_modified=never").status_code == 400
    archived = store.client.get("/v2/orders?is_deleted=true").json()
    assert [order["id"] for order in archived] == [first]


def test_a_cancelled_order_gives_its_stock_back_when_the_settings_say_so() -> None:
    store = SmallStore()
    order = store.order(line(SHIRT, SMALL_SHIRT, 4)).json()
    assert store.level(SMALL_SHIRT) == 1

    cancelled = store.client.put(f"/v2/orders/{order['id']}", json={"status_id": 5}).json()

    assert cancelled["status"] == "Cancelled"
    assert store.level(SMALL_SHIRT) == 5
    store.state.settings.refund_order_stock_adjustment = False
    kept = store.order(line(SHIRT, SMALL_SHIRT, 2)).json()
    store.client.put(f"/v2/orders/{kept['id']}", json={"status_id": 5})
    assert store.level(SMALL_SHIRT) == 3


def test_stock_can_wait_for_the_shipment() -> None:
    store = SmallStore()
    store.state.settings.update_stock_behavior = "order_completed_or_shipped"
    order = store.order(line(MUG, MUG_VARIANT, 2)).json()
    assert store.level(MUG_VARIANT) == 8

    store.state.add_shipment(order["id"], {"tracking_number": "T1"})

    assert store.level(MUG_VARIANT) == 6


def test_a_put_changes_adds_and_removes_lines_with_their_stock() -> None:
    store = SmallStore()
    order = store.order(
        line(MUG, MUG_VARIANT, 2), line(UNTRACKED, quantity=1), discount_amount="1"
    ).json()
    path = f"/v2/orders/{order['id']}"
    mugs, holders = store.client.get(f"{path}/products").json()
    changes = [
        {"id": mugs["id"], "quantity": 3},
        {"id": holders["id"], "quantity": 0},
        line(SHIRT, SMALL_SHIRT),
    ]

    changed = store.client.put(path, json={"products": changes}).json()

    assert changed["items_total"] == 4
    assert changed["discount_amount"] == "0.0000"
    assert (store.level(MUG_VARIANT), store.level(SMALL_SHIRT)) == (5, 4)
    too_many = store.client.put(path, json={"products": [line(SHIRT, SMALL_SHIRT, 9)]})
    assert too_many.status_code == 409
    assert store.client.put(path, json={"external_merchant_id": "1"}).status_code == 400


def test_shipments_move_the_order_to_partially_shipped_and_then_to_shipped() -> None:
    store = SmallStore()
    order = store.order(line(MUG, MUG_VARIANT, 2), custom_line()).json()
    path = f"/v2/orders/{order['id']}"
    mugs, custom = store.client.get(f"{path}/products").json()
    [address] = store.client.get(f"{path}/shipping_addresses").json()
    first = {
        "order_address_id": address["id"],
        "tracking_number": "1Z9",
        "shipping_provider": "ups",
        "items": [{"order_product_id": mugs["id"], "quantity": 2}],
    }
    assert store.client.get(f"{path}/shipments").status_code == 204

    shipped = store.client.post(f"{path}/shipments", json=first)
    assert shipped.status_code == 201
    assert shipped.json()["shipping_provider_display_name"] == "UPS"
    assert store.client.get(path).json()["status_id"] == 3
    assert store.client.post(f"{path}/shipments", json=first).status_code == 400
    store.state.add_shipment(order["id"], {"tracking_carrier": "dhl", "tracking_number": "J9"})

    done = store.client.get(path).json()
    assert (done["status_id"], done["items_shipped"]) == (2, 4)
    assert done["date_shipped"] != ""
    [_, second] = store.client.get(f"{path}/shipments").json()
    assert second["items"] == [{"order_product_id": custom["id"], "product_id": 0, "quantity": 2}]
    with_items = store.client.put(f"{path}/shipments/{second['id']}", json={"items": []})
    assert with_items.status_code == 400
    store.client.delete(f"{path}/shipments/{second['id']}")
    assert store.client.get(path).json()["status_id"] == 2
    assert store.client.get(path).json()["items_shipped"] == 2


def test_orders_land_only_on_connected_channels() -> None:
    store = SmallStore()
    body = {"name": "Amazon US", "type": "marketplace", "platform": "amazon"}
    channel = store.client.post("/v3/channels", json=body).json()["data"]

    assert channel["status"] == "connected"
    assert store.order(custom_line(), channel_id=channel["id"]).status_code == 200
    assert store.client.post("/v3/channels", json=body).status_code == 422
    store.client.put(f"/v3/channels/{channel['id']}", json={"status": "disconnected"})
    refused = store.order(custom_line(), channel_id=channel["id"])
    assert refusal(refused) == (400, "The field 'channel_id' is invalid.")
