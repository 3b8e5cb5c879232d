"""The marks of what is due, on both databases: who leaves them, and how they are found."""

from dataclasses import replace

from sqlalchemy import Engine

from affluent.domain.given import GivenOverride
from affluent.domain.listing import ListingStatus
from affluent.domain.offer.override import OfferOverride
from affluent.domain.order import OrderState, OrderStatus, RecordedLine
from affluent.ports.offers import Scope
from affluent.ports.storage import UnitOfWork, UnitsOfWork
from tests.integration.storage.builders import LATER, NOON, US, a_listing, a_variant, an_order
from tests.integration.storage.test_snapshots import statements_of

ACCOUNT = "acme-us"


def seed(units: UnitsOfWork) -> None:
    """Two variants, each sold once, and nothing due."""
    with units() as work:
        work.variants.save([a_variant(1), a_variant(2)], NOON)
        work.listings.save(
            [a_listing("A-1"), a_listing("A-2", store_sku="SKU-2", variant_id=2)], NOON
        )
        forget(work)
        work.commit()


def marks(work: UnitOfWork) -> dict[str, list[int]]:
    found = work.offers.read(ACCOUNT, US, Scope()).marks
    return {sku: list(ones) for sku, ones in found.items()}


def forget(work: UnitOfWork) -> set[str]:
    """Take all marks off; answers the SKUs that had some."""
    had = marks(work)
    work.offers.remove([mark for ones in had.values() for mark in ones])
    return set(had)


def test_each_change_of_what_an_offer_follows_from_leaves_a_mark(units: UnitsOfWork) -> None:
    seed(units)
    override = GivenOverride("Summer", "SKU-2", OfferOverride(quantity=1))
    with units() as work:
        work.variants.save([a_variant(1), a_variant(2, quantity=5)], LATER)
        changed = forget(work)
        work.variants.save([a_variant(1), a_variant(2, quantity=5)], LATER)
        same = forget(work)
        work.variants.take({"SKU-1": 1}, LATER)
        taken = forget(work)
        work.variants.save([a_variant(1, sku="RENAMED")], LATER)
        renamed = forget(work)
        work.overrides.save([override], LATER)
        given = forget(work)
        work.overrides.remove([override])
        withdrawn = forget(work)
        work.listings.save([a_listing("A-1", quantity=99)], LATER)
        shown = forget(work)
        work.listings.save([a_listing("A-1", quantity=99, fingerprint="other")], LATER)
        content = forget(work)
        work.variants.mark_gone(LATER, LATER)
        nothing_gone = forget(work)
        work.variants.mark_gone(LATER.replace(hour=20), LATER)
        gone = forget(work)

    assert (changed, same, taken, renamed) == ({"A-2"}, set(), {"A-1"}, {"A-1"})
    assert (given, withdrawn) == ({"A-2"}, {"A-2"})
    assert (shown, content, nothing_gone, gone) == ({"A-1"}, set(), set(), {"A-1", "A-2"})


def test_what_is_due_is_read_with_its_variants_by_one_statement(
    units: UnitsOfWork, engine: Engine
) -> None:
    seed(units)
    with units() as work:
        work.variants.save([a_variant(2, quantity=5)], LATER)
        work.commit()
        with statements_of(engine) as statements:
            due = work.offers.read(ACCOUNT, US, Scope())

    assert [one.sku for one in due.listings] == ["A-2"]
    assert due.variants == [a_variant(2, quantity=5)]
    assert sum("JOIN variants" in statement for statement, _ in statements) == 1
    assert len(statements) == 2


def test_the_scope_adds_lists_and_what_sells_a_sku(units: UnitsOfWork) -> None:
    seed(units)
    with units() as work:
        work.listings.save([a_listing("A-3", selling_list="Winter", store_sku="OLD")], NOON)
        forget(work)
        by_list = work.offers.read(ACCOUNT, US, Scope(lists=["Winter"]))
        by_sku = work.offers.read(ACCOUNT, US, Scope(store_skus=["SKU-1"]))
        everything = work.offers.read(ACCOUNT, US, Scope(everything=True))

    assert [one.sku for one in by_list.listings] == ["A-3"]
    # A-3 is linked to the variant that has the SKU now.
    assert [one.sku for one in by_sku.listings] == ["A-1", "A-3"]
    assert [one.sku for one in everything.listings] == ["A-1", "A-2", "A-3"]


def test_of_equal_skus_the_oldest_variant_is_sold_and_what_is_gone_is_told(
    units: UnitsOfWork,
) -> None:
    seed(units)
    with units() as work:
        work.variants.save([a_variant(7, sku="SKU-1"), a_variant(1)], LATER)
        twins = work.offers.read(ACCOUNT, US, Scope(store_skus=["SKU-1"]))
        work.variants.mark_gone(LATER, LATER)
        lost = work.offers.read(ACCOUNT, US, Scope(everything=True))

    assert [one.variant_id for one in twins.variants] == [1]
    assert (lost.gone, [one.variant_id for one in lost.variants]) == ({2}, [1])


def test_only_what_is_sent_or_linked_is_due(units: UnitsOfWork) -> None:
    seed(units)
    with units() as work:
        ended = a_listing("A-1", status=ListingStatus.ENDED, quantity=5)
        wrong = a_listing("A-2", status=ListingStatus.ERROR, quantity=5, variant_id=2)
        work.listings.save([ended, replace(wrong, store_sku="SKU-2")], LATER)
        forget(work)
        work.variants.save([a_variant(1, quantity=1)], LATER)

        assert marks(work) == {}
        assert work.offers.has_offers(ACCOUNT, US, a_listing().selling_list)
        assert not work.offers.has_offers(ACCOUNT, US, "Winter")
        assert work.offers.in_stock(ACCOUNT, US) == 1


def test_units_are_reserved_by_the_store_s_sku_of_now(units: UnitsOfWork) -> None:
    seed(units)
    waiting = {"state": OrderState.WAITING, "status": OrderStatus.UNSHIPPED}
    pending = {"state": OrderState.IGNORED, "status": OrderStatus.PENDING}
    with units() as work:
        work.variants.save([a_variant(1, sku="RENAMED")], LATER)
        orders = [
            an_order("1", lines=(RecordedLine("i", "A-1", 2),), **waiting),
            an_order("2", lines=(RecordedLine("i", "A-1", 1),), **pending),
            an_order("3", lines=(RecordedLine("i", "A-1", 9),), **pending | {"account": "other"}),
            an_order("4", lines=(RecordedLine("i", "MAPPED", 4),), **waiting),
            replace(an_order("5", lines=(RecordedLine("i", "A-2", 5),)), state=OrderState.IMPORTED),
        ]
        work.orders.save(orders, NOON)
        mappings = {ACCOUNT: {"MAPPED": "SKU-2", "A-1": "WRONG"}}
        reserved = work.orders.reserved(mappings)
        later = work.orders.reserved(mappings, unpaid_since=NOON)

    assert reserved == {"RENAMED": 3, "A-1": 9, "SKU-2": 4}
    assert later == {"RENAMED": 2, "SKU-2": 4}
