"""Linking what is on Amazon already, by SKU; nothing is written to Amazon."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from affluent.domain.listing import ListingStatus, ReportRow
from affluent.domain.product import Variant
from affluent.domain.selection import select
from affluent.links.apply import apply_links
from affluent.links.plan import LinkPlan, LinksKnown, plan_links
from affluent.ports.storage import UnitsOfWork
from tests.builders.catalog import ACCOUNT, US, selling_list, usd, variant
from tests.builders.listings import listing, report_row
from tests.fakes.clock import NOON
from tests.fakes.world import World

MIGRATED = "Migrated for acme-us US"


def plan(rows: Sequence[ReportRow], *variants: Variant, **known: Any) -> LinkPlan:
    values: dict[str, Any] = {
        "account": ACCOUNT,
        "marketplace": US,
        "variants": {one.sku: one for one in variants},
        "listings": {},
        "lists": [selling_list()],
        "sku_mapping": {},
    }
    return plan_links(rows, LinksKnown(**{**values, **known}))


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


@pytest.mark.behaviour("S43")
def test_a_row_is_linked_by_the_sku_mapping_before_its_own_sku() -> None:
    found = plan([report_row(1)], variant(1), variant(2), sku_mapping={"SKU-1": "SKU-2"})

    [linked] = found.linked
    assert (linked.sku, linked.store_sku, linked.variant_id) == ("SKU-1", "SKU-2", 2)


@pytest.mark.behaviour("S34")
def test_what_stands_in_no_list_goes_to_a_list_of_exactly_this_name() -> None:
    found = plan([report_row(1)], variant(1), lists=[selling_list(brands=frozenset({"Other"}))])

    [linked] = found.linked
    assert linked.selling_list == MIGRATED
    assert found.migrated is not None
    assert (found.migrated.name, found.migrated.account) == (MIGRATED, ACCOUNT)
    assert found.migrated.marketplace_id == US.marketplace_id


@pytest.mark.behaviour("S33")
def test_a_migrated_list_takes_nothing_else_of_the_store_in() -> None:
    found = plan([report_row(1)], variant(1), variant(2), lists=[])

    assert found.migrated is not None
    selected = select([found.migrated], [variant(1), variant(2)])
    assert [one.variant.sku for one in selected] == ["SKU-1"]


def test_no_list_is_made_where_none_is_needed() -> None:
    assert plan([report_row(1)], variant(1)).migrated is None
    assert plan([report_row(9)], variant(1), lists=[]).migrated is None


def test_what_nothing_answers_to_is_named_with_its_reason_and_nearest_candidates() -> None:
    rows = [report_row(9, sku="sku 1"), report_row(8, barcode="0400630000002")]

    found = plan(rows, variant(1), variant(2, barcode="400630000002"), variant(3))

    assert [one.candidates for one in found.unlinked] == [("SKU-1",), ("SKU-2",)]
    assert found.unlinked[0].reason == (
        "no product of the store has this SKU, and no SKU mapping names it"
    )


def test_a_mapping_to_a_product_that_the_store_lacks_is_the_reason() -> None:
    found = plan([report_row(1)], variant(1), sku_mapping={"SKU-1": "GONE"})

    [unlinked] = found.unlinked
    assert unlinked.reason == "the SKU mapping names GONE, which the store does not have"


@pytest.mark.parametrize(
    "status", [ListingStatus.LINKED, ListingStatus.ERROR, ListingStatus.PENDING]
)
def test_what_is_linked_already_stays_as_it_is(status: ListingStatus) -> None:
    known = {"SKU-1": listing(1, status=status)}

    found = plan([report_row(1, price="1.00")], variant(1), listings=known)

    assert (found.linked, found.unlinked, found.already) == ((), (), 1)


def test_what_we_held_and_the_merchant_listed_by_hand_is_linked() -> None:
    known = {"SKU-1": listing(1, status=ListingStatus.HELD)}

    found = plan([report_row(1)], variant(1), listings=known)

    assert [one.status for one in found.linked] == [ListingStatus.LINKED]


def test_stock_that_amazon_keeps_is_linked_as_such() -> None:
    found = plan([report_row(1, channel="AMAZON_NA", quantity=None)], variant(1))

    assert found.linked[0].fulfilled_by_amazon


def test_a_price_that_is_no_number_is_no_price() -> None:
    assert plan([report_row(1, price="")], variant(1)).linked[0].price is None


def test_an_empty_report_unlinks_nothing(world: World, units: UnitsOfWork) -> None:
    world.remember(listing(1))

    found = plan([], variant(1), listings={"SKU-1": listing(1)})
    apply_links(found, units, NOON)

    assert world.listing("SKU-1").status is ListingStatus.LINKED


def test_links_and_their_list_are_kept(world: World, units: UnitsOfWork) -> None:
    apply_links(plan([report_row(1)], variant(1), lists=[]), units, NOON)

    assert world.listing("SKU-1").selling_list == MIGRATED
    with units() as work:
        assert [one.name for one in work.selling_lists.all()] == [MIGRATED]


def test_the_order_of_rows_changes_no_link() -> None:
    rows = [report_row(number) for number in (1, 2, 3)]
    variants = [variant(number) for number in (1, 2)]

    forwards, backwards = plan(rows, *variants), plan(rows[::-1], *variants[::-1])

    assert set(map(repr, forwards.linked)) == set(map(repr, backwards.linked))
    assert set(forwards.unlinked) == set(backwards.unlinked)
