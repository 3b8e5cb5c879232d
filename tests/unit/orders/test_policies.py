"""What becomes of lines that the store does not take as they are, and whose e-mail it bears."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from affluent.domain.buyer_email import BuyerEmail, EmailWay
from affluent.domain.order import Buyer, OrderState
from affluent.domain.order_policy import OnShortage, OrderPolicy, Unfilled
from affluent.domain.plan import Operation
from affluent.domain.product import Modifier
from tests.builders.catalog import variant
from tests.builders.listings import listing
from tests.builders.orders import amazon_order, order_line
from tests.fakes.world import World

GIVEN = "ada@marketplace.example"


@pytest.fixture
def sold(world: World) -> World:
    """Two SKUs of the store sold, of the first one more than there is."""
    world.store.catalog.products = [variant(1), variant(2)]
    world.store.orders.stock = {1: 1, 2: 5}
    world.amazon.orders.place(amazon_order("A", lines=(order_line(1), order_line(2))))
    return world


def timeline(world: World) -> str:
    [effect] = world.effects(Operation.CREATE_ORDER)
    return " ".join(effect.messages)


def test_a_short_line_may_be_written_without_its_product(sold: World) -> None:
    sold.policy = OrderPolicy(shortage=OnShortage.CUSTOM_LINE)

    sold.import_orders()

    [kept] = sold.store.orders.kept
    assert [line.variant_id for line in kept.draft.lines] == [None, 2]
    assert [line.sku for line in kept.draft.lines] == ["SKU-1", "SKU-2"]
    assert sold.store.orders.stock == {1: 1, 2: 3}
    assert sold.states() == {"A": OrderState.IMPORTED}
    assert "SKU-1 was written without its product: the store has too little" in timeline(sold)
    assert "SKU-1 was written without its product" in kept.draft.staff_notes


def test_by_default_a_short_order_waits_until_the_stock_rises(sold: World) -> None:
    sold.import_orders()
    assert sold.states() == {"A": OrderState.WAITING}
    sold.store.orders.stock[1] = 2

    sold.import_orders()

    assert sold.states() == {"A": OrderState.IMPORTED}
    assert sold.store.orders.stock == {1: 0, 2: 3}


@pytest.mark.parametrize("kind", ["text", "file"])
def test_an_option_that_nothing_answers_may_be_written_without_its_product(
    world: World, kind: str
) -> None:
    world.store.catalog.products = [variant(1)]
    world.store.catalog.questions[variant(1).product_id] = (Modifier(7, "Engraving", kind, True),)
    world.amazon.orders.place(amazon_order("A"))
    world.policy = OrderPolicy(unanswered=Unfilled.CUSTOM_LINE)

    world.import_orders()

    [kept] = world.store.orders.kept
    assert kept.draft.lines[0].product_id is None
    assert "nothing answers Engraving" in timeline(world)
    assert world.stored("A") == 1


def test_a_line_is_found_by_the_link_of_its_listing(world: World) -> None:
    world.store.catalog.products = [variant(1)]
    world.remember(listing(1, sku="AMAZON-ONLY", store_sku="SKU-1"))
    line = order_line(1, sku="AMAZON-ONLY")
    world.amazon.orders.place(amazon_order("A", lines=(line, order_line(2, sku="NOWHERE"))))

    world.import_orders()

    [kept] = world.store.orders.kept
    assert [line.variant_id for line in kept.draft.lines] == [1, None]
    assert [line.store_sku for line in world.order("A").lines] == ["SKU-1", "NOWHERE"]


def test_what_a_business_and_a_giver_wrote_stands_in_the_staff_notes(world: World) -> None:
    line = order_line(1, gift_wrap_level="Classic", gift_message="Happy birthday, Bo")
    buyer = Buyer("Ada", GIVEN, company="Lovelace Ltd", purchase_order="PO-77")
    world.amazon.orders.place(amazon_order("A", lines=(line,), buyer=buyer))

    world.import_orders()

    [kept] = world.store.orders.kept
    assert "purchase order PO-77" in kept.draft.staff_notes
    assert "Gift wrap for SKU-1: Classic" in kept.draft.staff_notes
    assert "Gift message with SKU-1: Happy birthday, Bo" in kept.draft.staff_notes
    assert kept.draft.recipient.company == "Lovelace Ltd"
    assert "birthday" not in f"{line!r} {kept.draft!r}"
    assert GIVEN not in repr(kept.draft)
    assert "Lovelace" not in repr(buyer)


def test_tax_that_somebody_else_pays_is_told_and_stays_in_the_total(world: World) -> None:
    amazon, ioss = {"tax_collector": "Amazon Services"}, {"tax_scheme": "IOSS"}
    lines = (
        order_line(1, **amazon),
        order_line(2, **amazon),
        order_line(3, **amazon, **ioss),
        order_line(4),
        order_line(5, quantity=0, **amazon),
    )
    world.amazon.orders.place(amazon_order("A", lines=lines))
    world.amazon.orders.place(amazon_order("B", lines=(order_line(1), *lines[1:])))

    world.import_orders()

    told, same = world.store.orders.kept
    paid_by = "is paid to the authority by Amazon Services"
    assert f"Tax of 7.16 USD on SKU-1, SKU-2 {paid_by}\n" in told.draft.staff_notes
    assert told.draft.staff_notes.endswith(f"Tax of 3.58 USD on SKU-3 {paid_by} under IOSS")
    assert f"Tax of 3.58 USD on SKU-2 {paid_by}\n" in same.draft.staff_notes
    assert told.draft.total_inc_tax == same.draft.total_inc_tax
    assert told.draft.total_inc_tax.amount - told.draft.total_ex_tax.amount == Decimal("14.72")


@pytest.mark.parametrize(
    ("rule", "written"),
    [
        (BuyerEmail(), GIVEN),
        (BuyerEmail(EmailWay.ORDER, "orders.shop.example"), "A-1@orders.shop.example"),
        (BuyerEmail(EmailWay.FIXED, "amazon@shop.example"), "amazon@shop.example"),
        (BuyerEmail(EmailWay.TAGGED, "amazon@shop.example"), "amazon+A-1@shop.example"),
        (BuyerEmail(EmailWay.NONE), ""),
    ],
)
def test_the_stores_order_bears_the_address_that_the_merchant_wants(
    world: World, rule: BuyerEmail, written: str
) -> None:
    world.policy = OrderPolicy(email=rule)
    world.amazon.orders.place(amazon_order("A-1"))

    world.import_orders()

    [kept] = world.store.orders.kept
    assert kept.draft.email == written
    [effect] = world.effects(Operation.CREATE_ORDER)
    assert GIVEN not in f"{replace(effect)!r}"
