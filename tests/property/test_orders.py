"""What stays true of any order: sums, states, and the order of a plan."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from affluent.domain.account import FulfilledBy
from affluent.domain.order import (
    TO_CREATE,
    AmazonOrder,
    OrderState,
    OrderStatus,
    RecordedOrder,
)
from affluent.domain.order_policy import OrderPolicy
from affluent.domain.product import ResolvedSku
from affluent.orders.draft import SkuResolution, draft_order
from affluent.orders.plan import plan_imports, record_order
from tests.builders.catalog import ACCOUNT, usd
from tests.builders.orders import amazon_order, order_line, recorded_order

amounts = st.decimals("0", "5000", places=2).map(usd)
lines = st.builds(
    order_line,
    st.integers(1, 4),
    quantity=st.integers(0, 30),
    unit_price=amounts,
    tax=amounts,
    shipping=amounts,
    shipping_tax=amounts,
    gift_wrap=amounts,
    discount=amounts,
    item_total=st.none() | amounts,
    fees=st.none() | amounts,
)
orders = st.builds(
    amazon_order,
    st.from_regex(r"\A\d{3}-\d{7}-\d{7}\Z"),
    status=st.sampled_from(OrderStatus),
    fulfilled_by=st.sampled_from(FulfilledBy),
    lines=st.lists(lines, min_size=1, max_size=4).map(tuple),
)
resolutions = st.sets(st.integers(1, 4)).map(
    lambda found: SkuResolution(
        {}, {f"SKU-{one}": ResolvedSku(f"SKU-{one}", 1000 + one, one) for one in found}
    )
)


def total(order: AmazonOrder, part: str) -> Decimal:
    return sum((getattr(line, part).amount for line in order.lines), Decimal(0))


@given(orders, resolutions)
def test_prices_and_taxes_are_pairs_that_sum_up_to_what_was_paid(
    order: AmazonOrder, skus: SkuResolution
) -> None:
    draft = draft_order(order, skus, OrderPolicy())

    bought = [line for line in order.lines if line.quantity]
    assert len(draft.lines) == len(bought)
    for line, paid in zip(draft.lines, bought, strict=True):
        units = line.price_ex_tax.amount * line.quantity
        assert abs(units - paid.units_cost) <= Decimal("0.00005") * line.quantity
        tax = (line.price_inc_tax.amount - line.price_ex_tax.amount) * line.quantity
        # BigCommerce keeps four decimals of a unit's price: half of the last one per unit.
        assert abs(tax - paid.tax.amount) <= Decimal("0.00005") * line.quantity
    shipping_tax = draft.shipping_inc_tax.amount - draft.shipping_ex_tax.amount
    assert shipping_tax == total(order, "shipping_tax")
    assert draft.shipping_ex_tax.amount == total(order, "shipping")
    assert draft.wrapping.amount == total(order, "gift_wrap")
    assert draft.discount.amount == total(order, "discount")


@given(orders, resolutions)
def test_the_stores_order_comes_to_what_amazon_took_to_the_last_cent(
    order: AmazonOrder, skus: SkuResolution
) -> None:
    draft = draft_order(order, skus, OrderPolicy())

    bought = [line for line in order.lines if line.quantity]
    untaxed = (
        sum((line.units_cost for line in bought), Decimal(0))
        + sum((line.fees.amount for line in order.lines if line.fees), Decimal(0))
        + total(order, "shipping")
        + total(order, "gift_wrap")
        - total(order, "discount")
    )
    tax = sum((line.tax.amount for line in bought), total(order, "shipping_tax"))
    assert draft.total_ex_tax.amount == max(untaxed, Decimal(0))
    assert draft.total_inc_tax.amount - draft.total_ex_tax.amount == tax


def test_three_units_of_ten_lose_no_cent() -> None:
    line = order_line(
        quantity=3,
        unit_price=usd("3.33"),
        item_total=usd("10.00"),
        tax=usd("0"),
        shipping=usd("0"),
        shipping_tax=usd("0"),
    )

    draft = draft_order(amazon_order(lines=(line,)), SkuResolution({}, {}), OrderPolicy())

    assert draft.lines[0].price_ex_tax.amount == Decimal("3.3333")
    assert draft.total_inc_tax == usd("10.00")


@given(orders, resolutions)
def test_only_orders_that_the_merchant_ships_take_from_the_stores_stock(
    order: AmazonOrder, skus: SkuResolution
) -> None:
    draft = draft_order(order, skus, OrderPolicy())

    for line in draft.lines:
        from_catalog = order.fulfilled_by is FulfilledBy.MERCHANT and line.sku in skus.resolved
        assert (line.variant_id is not None) == from_catalog
        assert (line.product_id is not None) == from_catalog


@given(st.lists(orders, unique_by=lambda one: one.order_id), st.randoms())
def test_the_plan_of_imports_does_not_depend_on_the_order_in_which_amazon_answers(
    found: list[AmazonOrder], random: object
) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)

    assert plan_imports(found, ACCOUNT).hash == plan_imports(shuffled, ACCOUNT).hash


recorded = st.builds(
    recorded_order,
    state=st.sampled_from([OrderState.IMPORTED, OrderState.SHIPPED, OrderState.CANCELLED]),
)


@given(recorded, orders, st.sets(st.sampled_from(FulfilledBy)))
def test_an_order_that_stands_in_the_store_is_never_to_be_created_again(
    known: RecordedOrder, seen: AmazonOrder, order_types: set[FulfilledBy]
) -> None:
    after = record_order(seen, known, ACCOUNT, order_types)

    assert after.store_order_id == known.store_order_id
    as_created = [replace(line, cancelled=0, cancel_requested=False) for line in after.lines]
    assert as_created == [replace(line, cancel_requested=False) for line in known.lines]
    assert after.state in (known.state, OrderState.SHIPPED)
    assert after.state not in TO_CREATE


@given(
    st.none()
    | st.builds(recorded_order, state=st.sampled_from(sorted(TO_CREATE)), store_order_id=st.none()),
    orders,
    st.sets(st.sampled_from(FulfilledBy)),
)
def test_an_order_is_to_be_created_when_it_is_paid_and_of_a_wanted_type(
    known: RecordedOrder | None, seen: AmazonOrder, order_types: set[FulfilledBy]
) -> None:
    after = record_order(seen, known, ACCOUNT, order_types)

    is_wanted = seen.status.is_paid and seen.fulfilled_by in order_types
    assert (after.state in TO_CREATE) == is_wanted
    assert bool(after.reason) == (not is_wanted)
