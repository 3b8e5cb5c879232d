"""Amazon orders come into BigCommerce once paid, each exactly once, and say why where they wait."""

from __future__ import annotations

import pytest

from affluent.domain.report import RunReport
from tests.behaviours.buyers import (
    BY_AMAZON,
    BY_AMAZON_TOO,
    BY_US_TOO,
    CUT_OFF,
    ENGRAVED,
    LATE,
    MAPPED,
    MISSING_OPTIONS,
    OILED,
    OUT_OF_STOCK,
    OVERSOLD,
    PLAIN,
    SHORT,
    STRANGER,
    TWO_LINES,
    UNMATCHED,
    UNPAID,
    item,
    place_orders,
)
from tests.behaviours.merchant import Json, Merchant


def import_orders(merchant: Merchant) -> RunReport:
    return merchant.run("import_orders", account="demo")


def timeline(merchant: Merchant, order_id: str) -> list[str]:
    return [words for entry in merchant.order(order_id)["timeline"] for words in entry["messages"]]


@pytest.fixture(scope="module")
def before(merchant: Merchant) -> dict[str, int]:
    """The store's stock before the orders."""
    return merchant.stock()


@pytest.fixture(scope="module")
def recorded(merchant: Merchant, before: dict[str, int]) -> RunReport:
    """Orders of every kind, looked at and not created yet."""
    assert before
    merchant.run("extract_catalog")
    place_orders(merchant)
    merchant.await_orders()
    return merchant.run("import_orders", account="demo", dry_run=True)


@pytest.fixture(scope="module")
def imported(merchant: Merchant, recorded: RunReport) -> RunReport:
    """The same orders after the first import."""
    assert recorded.read == 10
    return import_orders(merchant)


@pytest.mark.behaviour("S58", "S61")
def test_an_order_is_recorded_before_it_is_created(merchant: Merchant, recorded: RunReport) -> None:
    assert recorded.planned
    assert merchant.order(PLAIN)["state"] == "recorded"
    assert merchant.admin.bigcommerce_orders() == []


@pytest.mark.behaviour("S58", "S59")
@pytest.mark.parametrize(
    ("order_id", "lines"),
    [(PLAIN, {"KIT-SCALE": 1}), (TWO_LINES, {"KIT-MUG-BLUE": 2, "FOOD-JAM": 1})],
)
def test_a_paid_order_finds_its_products_by_sku(
    merchant: Merchant,
    before: dict[str, int],
    imported: RunReport,
    order_id: str,
    lines: dict[str, int],
) -> None:
    assert imported.effective
    [order] = merchant.orders_in_store(order_id)
    explained = merchant.order(order_id)

    assert (explained["state"], explained["store_order_id"]) == ("imported", order["id"])
    for line in order["products"]:
        variant = merchant.variant(line["sku"])
        assert (line["product_id"], line["variant_id"]) == (variant["product_id"], variant["id"])
        assert line["quantity"] == lines[line["sku"]]
        assert merchant.stock()[line["sku"]] == before[line["sku"]] - line["quantity"]


@pytest.mark.behaviour("S67")
def test_a_sku_that_nothing_matches_becomes_a_line_without_product(
    merchant: Merchant, before: dict[str, int], imported: RunReport
) -> None:
    assert imported.effective
    [order] = merchant.orders_in_store(UNMATCHED)
    salt, stranger = order["products"]

    assert salt["product_id"] == merchant.variant("FOOD-SALT")["product_id"]
    assert (stranger["name"], stranger["product_id"]) == ("A stranger", 0)
    now = merchant.stock()
    fallen = {sku for sku, level in before.items() if level != now[sku]}
    assert "FOOD-SALT" in fallen
    assert fallen <= {sku for order in merchant.admin.bigcommerce_orders() for sku in skus(order)}


def skus(order: Json) -> list[str]:
    return [line["sku"] for line in order["products"] if line["product_id"]]


@pytest.mark.behaviour("S43", "S68", "S69")
def test_sku_pairs_serve_orders_too(
    merchant: Merchant, before: dict[str, int], imported: RunReport
) -> None:
    assert imported.effective
    [order] = merchant.orders_in_store(MAPPED)

    assert skus(order) == ["OLD-DRIPPER"]
    assert merchant.stock()["OLD-DRIPPER"] == before["OLD-DRIPPER"] - 3


@pytest.mark.behaviour("S68")
def test_the_sku_in_the_store_mends_the_next_order(merchant: Merchant, imported: RunReport) -> None:
    assert imported.effective
    merchant.change_product("FOOD-BEANS", sku="NOT-IN-THE-STORE")
    merchant.buy(LATE, STRANGER)
    merchant.await_orders()

    import_orders(merchant)

    [order] = merchant.orders_in_store(LATE)
    assert skus(order) == ["NOT-IN-THE-STORE"]


@pytest.mark.behaviour("S60", "S62", "S71", "S74", "N16")
def test_a_shortage_is_told_with_its_fix(
    merchant: Merchant, before: dict[str, int], imported: RunReport
) -> None:
    assert imported.waiting
    order = merchant.order(SHORT)

    assert merchant.orders_in_store(SHORT) == []
    assert merchant.stock()["FOOD-SAFFRON-LAST"] == before["FOOD-SAFFRON-LAST"] == 1
    assert (order["state"], order["reasons"][0]["message"]) == ("waiting", OUT_OF_STOCK)
    assert OUT_OF_STOCK in timeline(merchant, SHORT)
    assert "Raise the stock" in order["reasons"][0]["fix"]
    assert OUT_OF_STOCK in merchant.ask("explain", "order", SHORT)


@pytest.mark.behaviour("S75")
def test_the_order_is_created_by_itself_once_the_stock_is_raised(
    merchant: Merchant, imported: RunReport
) -> None:
    assert imported.waiting
    merchant.change_variant("FOOD-SAFFRON-LAST", inventory_level=6)

    import_orders(merchant)

    [order] = merchant.orders_in_store(SHORT)
    assert skus(order) == ["FOOD-SAFFRON-LAST"]
    assert merchant.order(SHORT)["state"] == "imported"
    assert merchant.stock()["FOOD-SAFFRON-LAST"] == 4
    assert OUT_OF_STOCK in timeline(merchant, SHORT)


@pytest.mark.behaviour("S76")
def test_without_stock_tracking_more_can_be_sold(merchant: Merchant, imported: RunReport) -> None:
    assert imported.waiting
    assert merchant.orders_in_store(OVERSOLD) == []
    merchant.change_product("FOOD-SOLDOUT", inventory_tracking="none")

    import_orders(merchant)

    assert len(merchant.orders_in_store(OVERSOLD)) == 1


@pytest.mark.behaviour("S62", "S71", "S72", "N16")
def test_a_missing_option_is_told_with_its_fix(merchant: Merchant, imported: RunReport) -> None:
    assert imported.waiting
    order = merchant.order(ENGRAVED)

    assert merchant.orders_in_store(ENGRAVED) == []
    assert (order["state"], order["reasons"][0]["message"]) == ("waiting", MISSING_OPTIONS)
    assert any("Engraving" in words for words in timeline(merchant, ENGRAVED))
    assert order["reasons"][0]["fix"]


@pytest.mark.behaviour("S73")
def test_an_option_with_a_default_answers_itself(merchant: Merchant, imported: RunReport) -> None:
    assert imported.effective
    assert merchant.order(OILED)["state"] == "imported"
    assert answers(merchant, OILED) == {"Finish note": "Oiled"}


@pytest.mark.behaviour("S73", "N17")
def test_an_option_is_answered_from_the_settings(merchant: Merchant, imported: RunReport) -> None:
    assert imported.waiting
    given = {"KIT-BOARD-ENGRAVED": {"Engraving": "None, please"}}

    with merchant.settings(orders={"option_answers": given}):
        import_orders(merchant)

    assert merchant.order(ENGRAVED)["state"] == "imported"
    assert answers(merchant, ENGRAVED) == {"Engraving": "None, please"}


def answers(merchant: Merchant, order_id: str) -> dict[str, str]:
    """The options that the only line of the store's order shows, by name."""
    [order] = merchant.orders_in_store(order_id)
    [line] = merchant.store.get(f"/v2/orders/{order['id']}/products").raise_for_status().json()
    return {option["display_name"]: option["display_value"] for option in line["product_options"]}


@pytest.mark.behaviour("S70")
def test_an_unpaid_order_is_shown_and_not_imported(merchant: Merchant, imported: RunReport) -> None:
    assert imported.effective
    assert merchant.orders_in_store(UNPAID) == []
    order = merchant.order(UNPAID)
    assert (order["state"], order["status"]) == ("ignored", "PENDING")
    assert "not paid yet" in merchant.ask("explain", "order", UNPAID)


@pytest.mark.behaviour("S64")
def test_by_default_what_amazon_ships_is_not_imported(
    merchant: Merchant, imported: RunReport
) -> None:
    assert imported.effective
    assert merchant.orders_in_store(BY_AMAZON) == []
    assert "this account imports FBM" in merchant.ask("explain", "order", BY_AMAZON)


@pytest.mark.behaviour("S65")
def test_the_account_says_whose_orders_are_imported(
    merchant: Merchant, imported: RunReport
) -> None:
    assert imported.effective
    merchant.buy(BY_AMAZON_TOO, item("OLD-PRESS"), fulfilledBy="AMAZON")
    merchant.buy(BY_US_TOO, item("FOOD-MAPLE"))
    merchant.await_orders()
    seen, press = [], merchant.stock()["OLD-PRESS"]

    for types in (["FBA"], ["FBM", "FBA"]):
        with merchant.settings(accounts=merchant.account(order_types=types)):
            import_orders(merchant)
        orders = (BY_AMAZON_TOO, BY_US_TOO)
        seen.append([len(merchant.orders_in_store(order_id)) for order_id in orders])

    assert seen == [[1, 0], [1, 1]]
    assert merchant.stock()["OLD-PRESS"] == press


@pytest.mark.behaviour("S66")
def test_a_shipment_reaches_amazon_with_its_tracking_number(
    merchant: Merchant, imported: RunReport
) -> None:
    assert imported.effective
    [order] = merchant.orders_in_store(PLAIN)
    merchant.admin.ship(
        order["id"], {"tracking_number": "1Z999AA10123456784", "shipping_provider": "ups"}
    )

    report = merchant.run("confirm_shipments", account="demo")

    [on_amazon] = [one for one in merchant.admin.amazon_orders() if one["orderId"] == PLAIN]
    [package] = on_amazon["packages"]
    assert report.effective == 1
    assert package["trackingNumber"] == "1Z999AA10123456784"
    assert package["carrier"] == "UPS"
    assert merchant.order(PLAIN)["state"] == "shipped"


@pytest.mark.behaviour("N2")
def test_an_order_stands_once_though_its_answer_was_lost(
    merchant: Merchant, imported: RunReport
) -> None:
    assert imported.effective
    after_effect = {"vendor": "bigcommerce", "method": "POST", "path": "/v2/orders$"}
    merchant.admin.add_faults(
        [
            after_effect | {"action": "drop_after"},
            after_effect | {"action": "status_after", "status": 500},
        ]
    )
    for order_id in CUT_OFF:
        merchant.buy(order_id, item("FOOD-GRANOLA-12OZ"))
    merchant.await_orders()

    import_orders(merchant)
    import_orders(merchant)

    posts = [one for one in merchant.admin.requests() if one["operation"] == "createOrder"]
    assert {None, 500} <= {one["status"] for one in posts}
    for order_id in CUT_OFF:
        assert len(merchant.orders_in_store(order_id)) == 1
        assert merchant.order(order_id)["state"] == "imported"
