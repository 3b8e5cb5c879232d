"""The rule: which rows of a report are linked, to what, and why the others are not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from affluent.domain.fulfilment import FulfilmentChannel
from affluent.domain.inventory import LinkState, ReportRow
from affluent.domain.listing import Listing, ListingStatus, SellingList
from affluent.domain.product import Variant
from affluent.links.plan import VANISHED, LinkPlan, LinkRules, LinksKnown, plan_links
from affluent.ports.inventory import KnownLink
from tests.builders.catalog import ACCOUNT, US, selling_list, usd, variant
from tests.builders.listings import listing, report_row
from tests.builders.store_skus import store_sku
from tests.fakes.clock import NOON

MIGRATED = "Migrated for acme-us US"


def plan(
    rows: Sequence[ReportRow],
    *variants: Variant,
    lists: Sequence[SellingList] = (selling_list(),),
    sku_mapping: Mapping[str, str] | None = None,
    known: Sequence[Listing] = (),
) -> LinkPlan:
    """The plan of rows against a store of these variants and what is known of listings."""
    products = [store_sku(one) for one in variants]
    taken = {one.sku: one for one in known if one.status.is_taken}
    facts = LinksKnown(
        items={},
        links={sku: KnownLink(one.store_sku, one.channel) for sku, one in taken.items()},
        listings={one.sku: one for one in known},
        products={
            one.sku: [other for other in products if other.sku == one.sku] for one in products
        },
        earlier={one.variant_id: one for one in products},
    )
    return plan_links(rows, LinkRules(ACCOUNT, US, lists, sku_mapping or {}), facts, NOON)


@pytest.mark.behaviour("S40")
def test_a_row_is_linked_to_the_variant_of_its_sku() -> None:
    found = plan([report_row(1)], variant(1), variant(2))

    [linked] = found.linked
    assert (linked.status, linked.variant_id, linked.store_sku) == (
        ListingStatus.LINKED,
        1,
        "SKU-1",
    )
    assert (linked.selling_list, linked.price, linked.quantity) == ("Summer", usd("19.90"), 7)
    assert (linked.fingerprint, linked.created_by_us) == ("", False)
    [item] = found.items
    assert (item.state, item.store_sku, item.reason) == (LinkState.LINKED, "SKU-1", "")


@pytest.mark.behaviour("S43")
def test_a_row_is_linked_by_the_sku_mapping_before_its_own_sku() -> None:
    found = plan([report_row(1)], variant(1), variant(2), sku_mapping={"SKU-1": "SKU-2"})

    [linked] = found.linked
    assert (linked.sku, linked.store_sku, linked.variant_id) == ("SKU-1", "SKU-2", 2)


@pytest.mark.behaviour("S34", "S45")
@pytest.mark.parametrize(
    "lists",
    [
        [],
        [selling_list(brands=frozenset({"Other"}))],
        [selling_list(excluded_skus=frozenset({"SKU-1"}))],
    ],
    ids=["no list", "a list of other products", "a list without it"],
)
def test_what_stands_in_no_list_goes_to_a_list_of_exactly_this_name(
    lists: list[SellingList],
) -> None:
    [linked] = plan([report_row(1)], variant(1), lists=lists).linked

    assert linked.selling_list == MIGRATED


def test_what_the_store_hides_is_linked_too() -> None:
    [linked] = plan([report_row(1)], variant(1, is_visible=False)).linked

    assert linked.selling_list == MIGRATED


def test_what_nothing_answers_to_is_named_with_its_reason() -> None:
    [item] = plan([report_row(9)], variant(1)).unlinked

    assert (item.sku, item.state) == ("SKU-9", LinkState.UNLINKED)
    assert item.reason == "no product of the store has this SKU, and no SKU mapping names it"


def test_a_mapping_to_a_product_that_the_store_lacks_is_the_reason() -> None:
    [item] = plan([report_row(1)], variant(1), sku_mapping={"SKU-1": "GONE"}).unlinked

    assert item.reason == "the SKU mapping names GONE, which the store does not have"


def test_two_products_of_one_sku_hold_the_row_and_are_named() -> None:
    found = plan([report_row(1), report_row(2)], variant(1), variant(2), variant(3, sku="SKU-1"))

    [held] = found.held
    assert held.reason == (
        "the SKU SKU-1 stands for variant 1 of product 1001, variant 3 of product 1003 in the "
        "store; give each its own"
    )
    assert [one.sku for one in found.linked] == ["SKU-2"]


@pytest.mark.parametrize(
    "status", [ListingStatus.LINKED, ListingStatus.ERROR, ListingStatus.PENDING]
)
def test_what_is_linked_already_stays_as_it_is(status: ListingStatus) -> None:
    known = [listing(1, status=status)]

    found = plan([report_row(1, price="1.00")], variant(1), known=known)

    assert (found.linked, found.moved, found.unlinked, found.already) == ((), (), (), 1)


def test_what_is_linked_keeps_its_link_though_its_product_is_gone() -> None:
    found = plan([report_row(1)], known=[listing(1)])

    assert (found.already, found.unlinked) == (1, ())
    assert found.items[0].store_sku == "SKU-1"


def test_what_we_held_and_the_merchant_listed_by_hand_is_linked() -> None:
    found = plan([report_row(1)], variant(1), known=[listing(1, status=ListingStatus.HELD)])

    assert [one.status for one in found.linked] == [ListingStatus.LINKED]


def test_stock_that_amazon_keeps_is_linked_as_such() -> None:
    found = plan([report_row(1, channel="AMAZON_NA", quantity=None)], variant(1))

    assert found.linked[0].fulfilled_by_amazon
    assert found.items[0].channel is FulfilmentChannel.AMAZON


@pytest.mark.parametrize(
    ("before", "now"), [("DEFAULT", "AMAZON_NA"), ("AMAZON_NA", "DEFAULT")], ids=["to FBA", "back"]
)
def test_stock_that_moves_to_or_from_amazon_is_told_to_its_link(before: str, now: str) -> None:
    known = listing(1, channel=before, quantity=3)

    found = plan([report_row(1, channel=now)], variant(1), known=[known])

    [moved] = found.moved
    assert (moved.channel, moved.quantity, moved.status) == (now, 3, ListingStatus.LINKED)


def test_a_price_that_is_no_number_is_no_price() -> None:
    assert plan([report_row(1, price="")], variant(1)).linked[0].price is None


def test_what_had_vanished_comes_back_as_it_was() -> None:
    ended = listing(
        1,
        status=ListingStatus.ENDED,
        reasons=(VANISHED,),
        created_by_us=True,
        fingerprint="sent",
        product_type="SUITCASE",
    )

    found = plan([report_row(1)], variant(1), known=[ended])

    [back] = found.linked
    assert (back.status, back.reasons) == (ListingStatus.LINKED, ())
    assert (back.created_by_us, back.fingerprint, back.product_type) == (True, "sent", "SUITCASE")
    assert found.returned == ("SKU-1",)


def test_what_had_vanished_finds_its_product_under_another_sku() -> None:
    ended = listing(1, status=ListingStatus.ENDED, reasons=(VANISHED,))

    found = plan([report_row(1)], variant(1, sku="RENAMED"), known=[ended])

    assert [one.store_sku for one in found.linked] == ["RENAMED"]


def test_what_was_ended_here_does_not_come_back_by_itself() -> None:
    ended = listing(1, status=ListingStatus.ENDED)

    found = plan([report_row(1)], variant(1), known=[ended])

    assert found.linked == ()
    assert (
        found.unlinked[0].reason == "its listing was ended here; `affluent relist` offers it again"
    )
