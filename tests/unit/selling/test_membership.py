"""Who enters and leaves a list, and why."""

from __future__ import annotations

from typing import Any

from affluent.domain.listing import Listing, ListingStatus, SellingList
from affluent.domain.product import Variant
from affluent.domain.selection import Rule
from affluent.selling.membership import Step, plan_membership
from tests.builders.catalog import selling_list, variant
from tests.builders.listings import listing

NAMED = selling_list("Named", skus=frozenset({"SKU-1", "SKU-2"}))
BRAND = selling_list("Brand", brands=frozenset({"Rollwell"}))


def planned(
    lists: list[SellingList], variants: list[Variant], *listings: Listing
) -> list[tuple[Any, ...]]:
    found = plan_membership(lists, variants, listings)
    return [(one.selling_list, one.sku, one.step, one.why.rule) for one in found]


def listed_in(name: str, number: int = 1, **fields: Any) -> Listing:
    return listing(number, selling_list=name, **fields)


def test_who_is_not_listed_yet_enters_and_who_is_stays() -> None:
    assert planned([NAMED], [variant(1), variant(2)], listed_in("Named", 2)) == [
        ("Named", "SKU-1", Step.ENTERS, Rule.SKUS),
        ("Named", "SKU-2", Step.STAYS, Rule.SKUS),
    ]


def test_what_no_rule_names_any_more_leaves() -> None:
    assert planned([NAMED], [variant(3)], listed_in("Named", 3)) == [
        ("Named", "SKU-3", Step.LEAVES, Rule.NO_RULE)
    ]


def test_what_an_exception_takes_out_leaves_by_that_exception() -> None:
    without = selling_list("Named", excluded_skus=frozenset({"SKU-1"}))

    assert planned([without], [variant(1)], listed_in("Named")) == [
        ("Named", "SKU-1", Step.LEAVES, Rule.EXCLUDE_SKUS)
    ]


def test_what_an_earlier_list_takes_enters_there_and_leaves_here() -> None:
    assert planned([NAMED, BRAND], [variant(1)], listed_in("Brand")) == [
        ("Named", "SKU-1", Step.ENTERS, Rule.SKUS),
        ("Brand", "SKU-1", Step.LEAVES, Rule.EARLIER_LIST),
    ]


def test_what_the_store_hides_or_has_no_more_leaves() -> None:
    hidden = variant(1, is_visible=False)
    gone = listed_in("Named", 2)

    assert planned([NAMED], [hidden], listed_in("Named"), gone) == [
        ("Named", "SKU-1", Step.LEAVES, Rule.HIDDEN),
        ("Named", "SKU-2", Step.LEAVES, Rule.GONE),
    ]


def test_what_was_listed_by_a_list_that_is_no_more_leaves_it() -> None:
    assert planned([NAMED], [variant(1)], listed_in("Old")) == [
        ("Named", "SKU-1", Step.ENTERS, Rule.SKUS),
        ("Old", "SKU-1", Step.LEAVES, Rule.NO_LIST),
    ]


def test_what_an_exception_keeps_out_is_named_and_what_no_rule_names_is_not() -> None:
    in_stock = selling_list("Brand", brands=frozenset({"Rollwell"}), in_stock_only=True)
    variants = [variant(1, quantity=0), variant(2, brand="Other"), variant(3, is_visible=False)]

    assert planned([in_stock], variants) == [
        ("Brand", "SKU-1", Step.KEPT_OUT, Rule.IN_STOCK_ONLY),
        ("Brand", "SKU-3", Step.KEPT_OUT, Rule.HIDDEN),
    ]


def test_a_listing_under_another_sku_stands_for_its_variant() -> None:
    other = listed_in("Named", 1, sku="AMZ-1")
    ended = listed_in("Named", 2, status=ListingStatus.ENDED)

    assert planned([NAMED], [variant(1), variant(2)], other, ended) == [
        ("Named", "SKU-1", Step.STAYS, Rule.SKUS),
        ("Named", "SKU-2", Step.ENTERS, Rule.SKUS),
    ]
