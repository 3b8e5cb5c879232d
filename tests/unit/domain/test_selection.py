"""Which variants a selling list takes in, and why."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import Any

import pytest

from affluent.domain.price_span import PriceSpan
from affluent.domain.selection import Rule, judge, select, with_subcategories
from tests.builders.catalog import selling_list, usd, variant

CUSTOM = {"custom_fields": {"season": "summer", "origin": "IT"}}
CHEAP = PriceSpan(None, Decimal("19.90"))
DEAR = PriceSpan(Decimal("19.91"))


@pytest.mark.behaviour("S2", "S4", "S5")
@pytest.mark.parametrize(
    ("rules", "fields", "is_in", "rule", "value"),
    [
        ({}, {}, True, Rule.EVERYTHING, ""),
        ({"skus": {"SKU-1"}}, {}, True, Rule.SKUS, ""),
        ({"category_ids": {3}}, {"category_ids": (9, 3)}, True, Rule.CATEGORIES, "3"),
        ({"brands": {"Rollwell"}}, {}, True, Rule.BRANDS, "Rollwell"),
        (
            {"custom_fields": {"season": frozenset({"winter", "summer"})}},
            CUSTOM,
            True,
            Rule.CUSTOM_FIELDS,
            "season = summer",
        ),
        ({"custom_fields": {"season": frozenset({"winter"})}}, CUSTOM, False, Rule.NO_RULE, ""),
        ({"skus": {"OTHER"}}, {}, False, Rule.NO_RULE, ""),
        ({"prices": CHEAP}, {}, True, Rule.EVERYTHING, ""),
        ({"prices": DEAR}, {}, False, Rule.PRICE, "19.90 USD is not from 19.91"),
        ({"brands": {"Rollwell"}, "prices": DEAR}, {}, False, Rule.PRICE, None),
        ({"skus": {"SKU-1"}, "prices": DEAR}, {}, True, Rule.SKUS, ""),
        ({"in_stock_only": True}, {"quantity": 1}, True, Rule.EVERYTHING, ""),
        ({"in_stock_only": True}, {"quantity": 0}, False, Rule.IN_STOCK_ONLY, ""),
        ({"in_stock_only": True}, {"quantity": None}, True, Rule.EVERYTHING, ""),
        ({"in_stock_only": True, "skus": {"SKU-1"}}, {"quantity": 0}, True, Rule.SKUS, ""),
        ({"excluded_skus": {"SKU-1"}, "skus": {"SKU-1"}}, {}, False, Rule.EXCLUDE_SKUS, ""),
        (
            {"excluded_category_ids": {3}, "skus": {"SKU-1"}},
            {},
            False,
            Rule.EXCLUDE_CATEGORIES,
            "3",
        ),
        ({"excluded_brands": {"Rollwell"}}, {}, False, Rule.EXCLUDE_BRANDS, "Rollwell"),
        ({"excluded_prices": CHEAP, "skus": {"SKU-1"}}, {}, False, Rule.EXCLUDE_PRICE, None),
        ({"excluded_prices": DEAR}, {}, True, Rule.EVERYTHING, ""),
    ],
)
def test_a_rule_or_an_exception_decides_and_says_so(
    rules: dict[str, Any], fields: dict[str, Any], is_in: bool, rule: Rule, value: str | None
) -> None:
    verdict = judge(selling_list(**rules), variant(1, **fields))

    assert (verdict.is_in, verdict.rule) == (is_in, rule)
    assert value is None or verdict.value == value
    assert "{" not in str(verdict)


@pytest.mark.parametrize(
    ("amount", "is_in"), [("9.99", False), ("10", True), ("20.00", True), ("20.01", False)]
)
def test_both_ends_of_a_span_of_prices_belong_to_it(amount: str, is_in: bool) -> None:
    priced = selling_list(prices=PriceSpan(Decimal(10), Decimal(20)))

    assert judge(priced, variant(1, price=usd(amount))).is_in is is_in


def test_the_first_list_that_takes_a_sku_has_it() -> None:
    lists = [
        selling_list("Cheap", prices=PriceSpan(None, Decimal(10))),
        selling_list("Rest"),
        selling_list("Never reached"),
    ]

    chosen = select(lists, [variant(1, price=usd(5)), variant(2), variant(3, is_visible=False)])

    assert [(one.selling_list.name, one.variant.sku) for one in chosen] == [
        ("Cheap", "SKU-1"),
        ("Rest", "SKU-2"),
    ]
    assert {one.why.rule for one in chosen} == {Rule.EVERYTHING}


TREE = {1: {1, 2, 3}, 2: {2, 3}, 3: {3}, 9: {9}}


def below(category_ids: Collection[int]) -> frozenset[int]:
    return frozenset(child for one in category_ids for child in TREE[one])


@pytest.mark.behaviour("S4")
def test_a_category_stands_for_all_below_it_in_rules_and_exceptions() -> None:
    opened = with_subcategories(
        selling_list(category_ids=frozenset({1}), excluded_category_ids=frozenset({2})), below
    )

    assert judge(opened, variant(1, category_ids=(1,))).is_in
    verdict = judge(opened, variant(1, category_ids=(3,)))
    assert (verdict.is_in, verdict.rule) == (False, Rule.EXCLUDE_CATEGORIES)


def test_a_category_stands_for_itself_where_the_list_says_so() -> None:
    alone = selling_list(category_ids=frozenset({1}), include_subcategories=False)

    assert with_subcategories(alone, below) == alone
    assert not judge(alone, variant(1, category_ids=(3,))).is_in


def test_of_creation_profiles_that_of_the_nearest_category_above_counts() -> None:
    profiles = {0: "any", 1: "garden", 2: "tools"}

    opened = with_subcategories(selling_list(creation_profiles=profiles), below)

    assert opened.creation_profiles == {0: "any", 1: "garden", 2: "tools", 3: "tools"}
