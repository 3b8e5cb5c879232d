"""The snapshots: catalog, listings, lists, orders, cursors and definitions, on both databases."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from sqlalchemy import Engine

from affluent.domain.listing import (
    Definition,
    Listing,
    ListingStatus,
    Requirements,
    SellingList,
    SubmissionPath,
)
from affluent.domain.money import Money
from affluent.domain.order import OrderState, RecordedLine
from affluent.ports.storage import UnitsOfWork
from tests.integration.storage.builders import LATER, NOON, US, a_listing, a_variant, an_order
from tests.integration.storage.statements import statements_of


def test_variants_come_back_as_they_were_by_product_and_variant(units: UnitsOfWork) -> None:
    bare = a_variant(
        5, product_id=2, quantity=None, weight=None, size=None, custom_fields={}, category_ids=()
    )
    variants = [a_variant(9), bare, a_variant(3)]
    with units() as work:
        differing = work.variants.save(variants, NOON)
        work.commit()
    with units() as work:
        known = work.variants.all()
        by_sku = work.variants.by_skus(["SKU-3", "SKU-5", "absent"])

    assert differing == 3
    assert known == [bare, a_variant(3), a_variant(9)]
    assert by_sku == {"SKU-3": a_variant(3), "SKU-5": bare}


def test_save_counts_and_rewrites_only_what_differs(units: UnitsOfWork, engine: Engine) -> None:
    moved = a_variant(2, price=Money(Decimal("19.95"), "USD"))
    with units() as work:
        work.variants.save([a_variant(number) for number in range(1, 5)], NOON)
        with statements_of(engine) as statements:
            same = work.variants.save([a_variant(1), a_variant(3)], LATER)
        differing = work.variants.save([a_variant(1), moved, a_variant(6), a_variant(6)], LATER)
        known = work.variants.all()

    assert (same, differing) == (0, 2)
    assert [statement.split()[0] for statement, _ in statements] == ["SELECT", "UPDATE"]
    assert known == [a_variant(1), moved, a_variant(3), a_variant(4), a_variant(6)]


def test_what_a_full_extraction_no_longer_finds_is_gone_until_it_is_back(
    units: UnitsOfWork,
) -> None:
    with units() as work:
        work.variants.save([a_variant(1), a_variant(2)], NOON)
        work.variants.save([a_variant(1)], LATER)
        gone = [work.variants.mark_gone(LATER, LATER) for _ in range(2)]
        left = (work.variants.count(), work.variants.all(), work.variants.by_skus(["SKU-2"]))
        back = work.variants.save([a_variant(2)], LATER + timedelta(hours=1))
        count = work.variants.count()

    assert gone == [1, 0]
    assert left == (1, [a_variant(1)], {})
    assert (back, count) == (1, 2)


def test_more_skus_than_a_statement_has_variables(units: UnitsOfWork) -> None:
    variants = [a_variant(1), a_variant(39_999)]
    with units() as work:
        work.variants.save(variants, NOON)
        found = work.variants.by_skus([f"SKU-{number}" for number in range(40_000)])

    assert list(found.values()) == variants


def test_listings_are_replaced_by_account_marketplace_and_sku(units: UnitsOfWork) -> None:
    first, second = a_listing("b"), a_listing("B", price=None, quantity=None, variant_id=None)
    elsewhere = a_listing("b", marketplace_id="A1F83G8C2ARO7P")
    ended = replace(first, status=ListingStatus.ENDED, price=None, reasons=())
    with units() as work:
        work.listings.save([first, second, elsewhere], NOON)
        work.listings.save([first, ended], LATER)
        known = work.listings.of("acme-us", US)
        by_sku = work.listings.by_sku("b")
        by_store_sku = work.listings.by_sku("SKU-1")
        nothing = work.listings.of("acme-eu", US)

    assert known == [second, replace(ended, updated_at=LATER)]
    assert [(one.marketplace_id, one.sku) for one in by_sku] == [
        ("A1F83G8C2ARO7P", "b"),
        (US, "b"),
    ]
    assert len(by_store_sku) == 3
    assert nothing == []


def test_every_field_of_a_listing_is_kept(units: UnitsOfWork) -> None:
    """A listing that differs from the defaults in every field, so that none can be forgotten."""
    listing = a_listing(channel="AMAZON_NA")
    unset = Listing("acme-us", US, "", ListingStatus.DRAFT)
    assert all(
        getattr(listing, name) != getattr(unset, name)
        for name in Listing.__dataclass_fields__
        if name not in {"account", "marketplace_id", "quantity"}
    )
    with units() as work:
        work.listings.save([listing, unset], NOON)
        assert work.listings.of("acme-us", US) == [replace(unset, updated_at=NOON), listing]


def test_a_selling_list_once_made_stays(units: UnitsOfWork) -> None:
    made = SellingList(
        name="Migrated for acme-us US",
        account="acme-us",
        marketplace_id=US,
        offer_profile="careful",
        creation_profiles={0: "any", 24: "luggage"},
        path=SubmissionPath.FEED,
        category_ids=frozenset({24, 3}),
        brands=frozenset({"Rollwell"}),
        skus=frozenset({"SKU-1", "SKU-2"}),
        excluded_category_ids=frozenset({7}),
        excluded_skus=frozenset({"SKU-9"}),
        asins={"SKU-1": "B000TEST01"},
    )
    other = SellingList("Another", "acme-us", US, skus=frozenset({"SKU-3"}))
    with units() as work:
        work.selling_lists.ensure(made)
        work.selling_lists.ensure(replace(made, skus=frozenset()))
        work.selling_lists.ensure(other)
        assert work.selling_lists.all() == [other, made]


def test_a_list_that_we_made_names_what_is_linked_in_it_and_nothing_else(
    units: UnitsOfWork,
) -> None:
    linked = a_listing(selling_list="Migrated", store_sku="SKU-1")
    ended = replace(linked, sku="A-2", store_sku="SKU-2", status=ListingStatus.ENDED)
    elsewhere = replace(linked, account="acme-eu", store_sku="SKU-3")
    with units() as work:
        work.selling_lists.ensure(SellingList("Migrated", "acme-us", US))
        assert work.selling_lists.all() == []

        work.listings.save([linked, ended, elsewhere], NOON)
        [made] = work.selling_lists.all()

    assert made == SellingList("Migrated", "acme-us", US, skus=frozenset({"SKU-1"}))


def test_an_order_never_forgets_its_store_order(units: UnitsOfWork) -> None:
    order = an_order()
    lines = (RecordedLine("item-1", "A-1", 2, store_sku="SKU-1"),)
    imported = replace(order, state=OrderState.IMPORTED, store_order_id=118, lines=lines)
    with units() as work:
        work.orders.save([order], NOON)
        work.orders.save([imported], NOON)
        work.orders.save([replace(order, reason="seen again", ship_by=None)], LATER)
        known = work.orders.get("acme-us", order.order_id)
        elsewhere = work.orders.get("acme-eu", order.order_id)

    assert known == replace(order, reason="seen again", ship_by=None, store_order_id=118)
    assert elsewhere is None


def test_orders_by_state_oldest_first_and_by_id_whatever_the_account(units: UnitsOfWork) -> None:
    young = an_order("1", created_at=LATER, state=OrderState.WAITING)
    old = an_order("2", created_at=NOON)
    done = an_order("3", state=OrderState.SHIPPED)
    elsewhere = an_order("1", account="acme-eu")
    with units() as work:
        work.orders.save([young, old, done, elsewhere], NOON)
        open_ones = work.orders.in_states(
            "acme-us", iter([OrderState.RECORDED, OrderState.WAITING])
        )
        same_id = work.orders.by_id("1")

    assert open_ones == [old, young]
    assert same_id == [elsewhere, young]


def test_a_cursor_moves(units: UnitsOfWork) -> None:
    with units() as work:
        before = work.cursors.get("orders/acme-us")
        work.cursors.set("orders/acme-us", NOON)
        work.cursors.set("orders/acme-us", LATER)
        after = work.cursors.get("orders/acme-us")

    assert (before, after) == (None, LATER)


def test_a_definition_is_kept_for_its_account_and_requirements(units: UnitsOfWork) -> None:
    schema = {"properties": {"z": {"maxUtf8ByteLength": 200}, "a": {"multipleOf": 0.01}}}
    first = Definition("LUGGAGE", Requirements.LISTING, US, "c1", schema)
    newer = replace(first, checksum="c2")
    with units() as work:
        work.definitions.save("acme-us", first, NOON)
        work.definitions.save("acme-us", newer, LATER)
        known = work.definitions.get("acme-us", US, "LUGGAGE", Requirements.LISTING)
        other = work.definitions.get("acme-us", US, "LUGGAGE", Requirements.LISTING_OFFER_ONLY)

    assert known == (newer, LATER)
    assert list(known[0].schema["properties"]) == ["z", "a"]
    assert other is None
