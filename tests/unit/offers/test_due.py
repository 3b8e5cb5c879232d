"""What is planned again, and what is left alone: marks come with a change and go with a plan."""

from __future__ import annotations

from dataclasses import replace

import pytest

from affluent.domain.account import SyncSwitches
from affluent.domain.listing import ListingStatus
from affluent.domain.offer import QuantityMode, WhenGone
from affluent.domain.order import OrderState, OrderStatus, RecordedLine
from affluent.offers.extract import gather_due, keep_due
from affluent.ports.storage import UnitsOfWork
from tests.builders.catalog import ACCOUNT, PROFILE, US, selling_list, usd, variant
from tests.builders.listings import listing
from tests.builders.orders import account, recorded_order
from tests.fakes.clock import NOON
from tests.unit.offers.due_business import CANADA, Business

SOLD = {"state": OrderState.RECORDED, "status": OrderStatus.UNSHIPPED}


@pytest.fixture
def business(units: UnitsOfWork) -> Business:
    """Three products, linked and in step, and nothing due."""
    business = Business(units)
    business.in_store(*(variant(number) for number in (1, 2, 3)))
    business.on_amazon(*(listing(number) for number in (1, 2, 3)))
    assert business.changes() == []
    return business


def order(business: Business, sku: str, units: int, **fields: object) -> None:
    sold = recorded_order(lines=(RecordedLine("item-1", sku, units),), **{**SOLD, **fields})
    with business.units() as work:
        work.orders.save([sold], NOON)
        work.commit()


def test_only_what_changed_is_planned_and_then_nothing_is(business: Business) -> None:
    assert business.marks() == set()

    business.in_store(variant(1), variant(2, quantity=3), variant(3))

    assert business.marks() == {"SKU-2"}
    assert business.quantities() == {"SKU-2": 3}
    assert business.quantities() == {}
    assert business.marks() == set()


def test_what_amazon_does_not_show_stays_due(business: Business) -> None:
    business.in_store(variant(2, quantity=3))

    first, second = business.changes(), business.changes()

    assert [one.key for one in first] == ["SKU-2"]
    assert second == first


def test_a_mark_that_comes_while_a_plan_is_made_is_left(business: Business) -> None:
    business.in_store(variant(2, name="Another name"))
    gathered = gather_due(business.account, US, business.rules(US), business.units)

    business.in_store(variant(2, quantity=3))
    keep_due(gathered, [], ACCOUNT, US.marketplace_id, business.units)

    assert business.quantities() == {"SKU-2": 3}


def test_a_dry_run_leaves_everything_as_due_as_it_was(business: Business) -> None:
    business.profiles = {"default": replace(PROFILE, quantity_mode=QuantityMode.CUSTOM)}
    business.in_store(variant(2, price=usd(21)))

    first = business.plans(dry_run=True)
    second = business.plans(dry_run=True)

    assert first == second
    assert len(first[0].changes) == 3
    assert business.marks() == {"SKU-2"}


@pytest.mark.parametrize(
    "changed",
    [
        {"profiles": {"default": replace(PROFILE, quantity_mode=QuantityMode.CUSTOM)}},
        {"account": account(sync=SyncSwitches(price=False))},
        {"account": account(price_list_id=5)},
    ],
    ids=["profile", "switches", "price list"],
)
def test_a_change_of_the_rules_makes_the_whole_list_due_once(
    business: Business, changed: dict[str, object]
) -> None:
    for name, value in changed.items():
        setattr(business, name, value)

    due, again = (
        gather_due(business.account, US, business.rules(US), business.units) for _ in range(2)
    )

    assert len(due.known.listings) == 3
    keep_due(again, [], ACCOUNT, US.marketplace_id, business.units)
    assert gather_due(business.account, US, business.rules(US), business.units).marks == {}


def test_a_list_that_exists_no_longer_is_named(business: Business) -> None:
    business.lists = []

    [quantities, _] = business.plans()
    [again, _] = business.plans()

    assert quantities.notes == again.notes
    assert quantities.notes == (
        "Offers stand in the selling list 'Summer', which exists no longer: none is synced.",
    )


def test_everything_is_planned_where_that_is_asked(business: Business) -> None:
    gathered = gather_due(business.account, US, business.rules(US), business.units, everything=True)

    assert [one.sku for one in gathered.known.listings] == ["SKU-1", "SKU-2", "SKU-3"]
    assert gathered.marks == {}


class TestReserved:
    def test_orders_of_every_account_count_against_the_store_s_stock(
        self, business: Business
    ) -> None:
        business.on_amazon(listing(sku="THEIRS", account="other", store_sku="SKU-1"))
        order(business, "THEIRS", 2, account="other")

        assert business.quantities() == {"SKU-1": 5}

    def test_all_skus_of_a_variant_are_lowered_at_once(self, business: Business) -> None:
        business.on_amazon(listing(sku="TWIN"))
        assert business.quantities() == {}

        order(business, "TWIN", 3)

        assert business.quantities() == {"SKU-1": 4, "TWIN": 4}

    def test_a_sku_that_only_the_mapping_knows_counts(self, business: Business) -> None:
        business.sku_mappings = {ACCOUNT: {"MAPPED": "SKU-3"}}

        order(business, "MAPPED", 1)

        assert business.quantities() == {"SKU-3": 6}

    def test_units_count_for_a_variant_that_was_given_another_sku(self, business: Business) -> None:
        order(business, "SKU-1", 2)
        business.in_store(variant(1, sku="RENAMED"))

        assert business.quantities() == {"SKU-1": 5}

    def test_what_is_not_set_aside_any_more_is_noticed(self, business: Business) -> None:
        order(business, "SKU-1", 2)
        assert business.quantities() == {"SKU-1": 5}

        order(business, "SKU-1", 2, state=OrderState.CANCELLED)

        assert business.quantities() == {"SKU-1": 7}
        assert business.quantities() == {}
        assert business.marks() == set()


class TestGone:
    def lose(self, business: Business, *numbers: int) -> None:
        """A whole reading of the store that finds these no longer."""
        later = NOON.replace(hour=13)
        with business.units() as work:
            left = [one for one in work.variants.all() if one.variant_id not in numbers]
            work.variants.save(left, later)
            work.variants.mark_gone(later, later)
            work.commit()

    def test_a_product_that_the_store_lost_is_sold_out(self, business: Business) -> None:
        self.lose(business, 2)

        [change] = business.changes()

        assert (change.key, change.after["quantity"]) == ("SKU-2", 0)
        assert change.why == "the store has the product no longer"

    def test_a_hidden_product_is_sold_out_and_comes_back(self, business: Business) -> None:
        business.in_store(variant(2, is_visible=False))
        assert business.quantities() == {"SKU-2": 0}

        business.in_store(variant(2))

        assert business.quantities() == {"SKU-2": 7}

    @pytest.mark.parametrize("mode", [QuantityMode.SINGLE, QuantityMode.CUSTOM])
    def test_so_is_what_does_not_follow_the_stock(
        self, business: Business, mode: QuantityMode
    ) -> None:
        business.profiles = {"default": replace(PROFILE, quantity_mode=mode, quantity_value=7)}
        self.lose(business, 2)

        assert business.quantities() == {"SKU-2": 0}

    def test_the_profile_may_leave_it(self, business: Business) -> None:
        business.profiles = {"default": replace(PROFILE, when_gone=WhenGone.LEAVE)}
        self.lose(business, 2)
        business.in_store(variant(3, is_visible=False))

        assert business.quantities() == {}

    def test_what_the_store_never_had_is_left_alone(self, business: Business) -> None:
        business.on_amazon(listing(sku="STRANGE", store_sku="UNKNOWN", variant_id=99))

        assert business.quantities() == {}


class TestSharedStock:
    @pytest.fixture
    def abroad(self, units: UnitsOfWork) -> Business:
        """One SKU on two marketplaces, whose lists have different rules."""
        buffered = replace(PROFILE, quantity_mode=QuantityMode.BUFFER, quantity_value=2)
        business = Business(
            units,
            account=account(marketplaces=(CANADA, US)),
            lists=[
                selling_list(),
                selling_list(
                    "North", marketplace_id=CANADA.marketplace_id, offer_profile="buffered"
                ),
            ],
            profiles={"default": PROFILE, "buffered": buffered},
        )
        business.in_store(variant(1))
        north = listing(marketplace_id=CANADA.marketplace_id, selling_list="North", price=None)
        business.on_amazon(listing(), north)
        return business

    def test_the_account_s_first_marketplace_decides(self, abroad: Business) -> None:
        [quantities, _] = abroad.plans()

        assert quantities.changes == ()
        assert quantities.notes == (
            "The quantities of 1 SKUs are decided on CA: the account's marketplaces share their "
            "stock.",
        )
        assert abroad.quantities(CANADA) == {"SKU-1": 5}

    def test_another_decides_once_the_first_has_ended(self, abroad: Business) -> None:
        abroad.quantities(CANADA)
        assert abroad.quantities() == {}

        with abroad.units() as work:
            [north] = work.listings.named(ACCOUNT, CANADA.marketplace_id, ["SKU-1"]).values()
        abroad.on_amazon(replace(north, status=ListingStatus.ENDED), listing(quantity=5))

        assert abroad.quantities() == {"SKU-1": 7}
