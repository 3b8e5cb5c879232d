"""The pure rules of the vocabulary: selection, quantities and prices, plans, reservations."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from affluent.domain.account import FulfilledBy
from affluent.domain.issue import Finding, Reason, Weight
from affluent.domain.marketplace import MARKETPLACES, find_marketplace
from affluent.domain.money import json_number
from affluent.domain.offer import (
    OfferProfile,
    PriceMode,
    QuantityMode,
    offered_price,
    offered_quantity,
)
from affluent.domain.order import OrderState, OrderStatus
from affluent.domain.plan import Change, Operation, Plan, sift
from affluent.domain.reservation import reserved_units
from affluent.domain.selection import select
from tests.builders.catalog import US, selling_list, usd, variant
from tests.builders.orders import recorded_order
from tests.fakes.clock import NOON


def change(key: str, **after: object) -> Change:
    return Change(Operation.PATCH_OFFER, "acme-us", "ATVPDKIKX0DER", key, after, "why")


@pytest.mark.behaviour("S4", "S5")
@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ({}, ["SKU-1", "SKU-2"]),
        ({"category_ids": frozenset({9})}, ["SKU-2"]),
        ({"brands": frozenset({"Rollwell"})}, ["SKU-1"]),
        ({"skus": frozenset({"SKU-2"})}, ["SKU-2"]),
        ({"skus": frozenset({"SKU-1"}), "category_ids": frozenset({9})}, ["SKU-1", "SKU-2"]),
        ({"excluded_skus": frozenset({"SKU-1"})}, ["SKU-2"]),
        ({"excluded_category_ids": frozenset({9})}, ["SKU-1"]),
    ],
)
def test_a_list_takes_in_what_its_rules_name(
    rules: dict[str, frozenset[object]], expected: list[str]
) -> None:
    variants = [variant(1), variant(2, brand="Other", category_ids=(9,))]

    chosen = select([replace(selling_list(), **rules)], variants)

    assert [one.variant.sku for one in chosen] == expected


def test_a_product_is_sold_through_the_first_list_that_takes_it_in_and_only_if_visible() -> None:
    lists = [selling_list("Narrow", skus=frozenset({"SKU-1"})), selling_list("Wide")]

    chosen = select(lists, [variant(1), variant(2), variant(3, is_visible=False)])

    assert [(one.variant.sku, one.selling_list.name) for one in chosen] == [
        ("SKU-1", "Narrow"),
        ("SKU-2", "Wide"),
    ]


@pytest.mark.behaviour("S51", "S52", "S53")
@pytest.mark.parametrize(
    ("mode", "value", "in_store", "expected"),
    [
        (QuantityMode.PRODUCT, 0, 7, 7),
        (QuantityMode.PRODUCT, 0, -3, 0),
        (QuantityMode.PRODUCT, 0, None, 50),
        (QuantityMode.CUSTOM, 4, 0, 4),
        (QuantityMode.SINGLE, 0, 0, 1),
        (QuantityMode.AT_MOST, 5, 7, 5),
        (QuantityMode.AT_MOST, 5, 3, 3),
        (QuantityMode.BUFFER, 5, 7, 2),
        (QuantityMode.BUFFER, 5, 3, 0),
    ],
)
def test_each_quantity_mode_follows_the_store_in_its_way(
    mode: QuantityMode, value: int, in_store: int | None, expected: int
) -> None:
    profile = OfferProfile("one", quantity_mode=mode, quantity_value=value, untracked_quantity=50)

    assert offered_quantity(profile, in_store) == expected


@pytest.mark.behaviour("S54")
@pytest.mark.parametrize(
    ("mode", "value", "expected"),
    [
        (PriceMode.PRODUCT, "1", "19.90"),
        (PriceMode.CUSTOM, "12.345", "12.35"),
        (PriceMode.RATIO, "1.15", "22.89"),
        (PriceMode.RATIO, "1.005", "20.00"),
    ],
)
def test_each_price_mode_follows_the_store_in_its_way(
    mode: PriceMode, value: str, expected: str
) -> None:
    profile = OfferProfile("one", price_mode=mode, price_value=Decimal(value))

    offered = offered_price(profile, variant(price=usd("19.90")), US)

    assert offered.price == usd(expected)


def test_a_price_is_written_as_the_number_that_it_is() -> None:
    assert (json_number(Decimal("19.90")), json_number(Decimal("20.00"))) == (19.9, 20)


def test_a_plans_hash_follows_from_its_changes_and_their_order() -> None:
    one, two = change("A", price="1", quantity=2), change("B")
    same = change("A", quantity=2, price="1")

    assert Plan((one, two)).hash == Plan((same, two), unchanged=3, notes=("said",)).hash
    assert Plan((one, two)).hash != Plan((two, one)).hash
    assert Plan((one,)).hash != Plan((change("A", price="1.00", quantity=2),)).hash


def test_a_finding_holds_its_change_and_a_stop_holds_the_batch() -> None:
    plan = Plan((change("A"), change("B")))
    hold = Finding("A", Reason.LOW_PRICE, "Too low.")
    stop = Finding("", Reason.PRICE_MOVED, "Too many.", weight=Weight.STOP)

    gated = sift(plan, (hold, stop))

    assert [one.key for one in gated.passed] == ["B"]
    assert gated.held_by_reason() == {"low_price": 1}
    assert gated.is_stopped
    assert not sift(plan, (hold,)).is_stopped


@pytest.mark.parametrize(
    ("fields", "reserved"),
    [
        ({"state": OrderState.WAITING}, {"STORE": 2}),
        ({"state": OrderState.RECORDED}, {"STORE": 2}),
        ({"state": OrderState.IGNORED, "status": OrderStatus.PENDING}, {"STORE": 2}),
        ({"state": OrderState.IGNORED, "status": OrderStatus.UNSHIPPED}, {}),
        ({"state": OrderState.WAITING, "fulfilled_by": FulfilledBy.AMAZON}, {}),
        ({"state": OrderState.IMPORTED}, {}),
        ({"state": OrderState.CANCELLED}, {}),
    ],
)
def test_units_are_reserved_while_the_store_does_not_know_that_they_are_sold(
    fields: dict[str, object], reserved: dict[str, int]
) -> None:
    order = replace(recorded_order(), **fields)

    assert reserved_units([order], {"SKU-1": "STORE"}) == reserved


@pytest.mark.parametrize(
    ("bought_before", "fields", "reserved"),
    [
        (timedelta(days=2), {"state": OrderState.IGNORED, "status": OrderStatus.PENDING}, 2),
        (timedelta(days=3), {"state": OrderState.IGNORED, "status": OrderStatus.PENDING}, 0),
        (timedelta(days=9), {"state": OrderState.WAITING}, 2),
    ],
)
def test_an_unpaid_order_lets_its_units_go_after_a_while_and_a_paid_one_does_not(
    bought_before: timedelta, fields: dict[str, object], reserved: int
) -> None:
    order = replace(recorded_order(), created_at=NOON - bought_before, **fields)

    units = reserved_units([order], {}, unpaid_since=NOON - timedelta(days=3))

    assert units.get("SKU-1", 0) == reserved


def test_a_marketplace_is_found_by_its_country_or_its_id() -> None:
    assert len(MARKETPLACES) == 23
    assert find_marketplace("uk") == find_marketplace("A1F83G8C2ARO7P")
    assert find_marketplace("XX") is None
