"""What no plan of offers ever does, whatever the catalog, the listings and the orders."""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from affluent.domain.account import SyncSwitches
from affluent.domain.listing import Listing, ListingStatus
from affluent.domain.offer import OfferProfile, PriceMode, QuantityMode
from affluent.domain.plan import Change
from affluent.domain.product import Variant
from affluent.offers.gate import gate_offers
from affluent.offers.plan import OffersKnown, merge, plan_prices, plan_quantities
from affluent.quality.gate import QualityGate
from tests.builders.catalog import US, usd, variant
from tests.builders.listings import listing
from tests.fakes.amazon_listings import FakeListings
from tests.fakes.clock import FakeClock
from tests.fakes.wire import Wire

READ_BY_THE_FAKE = ("fulfillment_availability", "purchasable_offer", "merchant_suggested_asin")
FOLLOWING = (QuantityMode.PRODUCT, QuantityMode.AT_MOST, QuantityMode.BUFFER)

prices = st.decimals("0.01", "2000", places=2).map(usd)
variants = st.builds(variant, st.integers(1, 6), quantity=st.integers(-3, 30), price=prices)
listings = st.builds(
    listing,
    st.integers(1, 6),
    status=st.sampled_from(ListingStatus),
    channel=st.sampled_from(["DEFAULT", "AMAZON_NA"]),
    quantity=st.none() | st.integers(0, 30),
    price=st.none() | prices,
)
profiles = st.builds(
    OfferProfile,
    name=st.just("default"),
    quantity_mode=st.sampled_from(FOLLOWING),
    quantity_value=st.integers(0, 20),
    price_mode=st.sampled_from([PriceMode.PRODUCT, PriceMode.CUSTOM, PriceMode.RATIO]),
    price_value=st.decimals("0.5", "3", places=2),
)


@st.composite
def worlds(draw: st.DrawFn) -> OffersKnown:
    catalog = draw(st.lists(variants, unique_by=lambda one: one.sku))
    return OffersKnown(
        marketplace=US,
        listings=draw(st.lists(listings, unique_by=lambda one: one.sku)),
        variants={one.sku: one for one in catalog},
        profiles={"Summer": draw(profiles)},
        sync=SyncSwitches(),
        reserved=draw(st.dictionaries(st.sampled_from(["SKU-1", "SKU-2"]), st.integers(1, 40))),
    )


def pairs(known: OffersKnown) -> list[tuple[Change, Listing, Variant]]:
    by_sku = {one.sku: one for one in known.listings}
    return [
        (change, by_sku[change.key], known.variants[by_sku[change.key].store_sku])
        for change in plan_quantities(known).changes
    ]


@given(worlds())
def test_no_plan_offers_more_than_the_store_has_free(known: OffersKnown) -> None:
    for change, _, sold in pairs(known):
        assert sold.quantity is not None
        free = max(sold.quantity - known.reserved.get(sold.sku, 0), 0)
        assert 0 <= change.after["quantity"] <= free
        [entry] = change.payload["patches"][0]["value"]
        assert entry["quantity"] == change.after["quantity"]
        assert entry["quantity"] is not None


@given(worlds())
def test_stock_that_amazon_keeps_never_gets_a_quantity(known: OffersKnown) -> None:
    for _, known_listing, _ in pairs(known):
        assert known_listing.channel == "DEFAULT"


@given(worlds())
def test_what_is_not_linked_is_only_ever_lowered(known: OffersKnown) -> None:
    for change, known_listing, _ in pairs(known):
        if known_listing.status is not ListingStatus.LINKED:
            assert known_listing.quantity is not None
            assert change.after["quantity"] < known_listing.quantity


@given(worlds())
def test_quantities_of_zero_leave_before_all_others(known: OffersKnown) -> None:
    quantities = [change.after["quantity"] for change in plan_quantities(known).changes]

    assert [bool(one) for one in quantities] == sorted(bool(one) for one in quantities)


@given(worlds())
def test_merging_keeps_the_order_and_loses_no_patch(known: OffersKnown) -> None:
    changes = (*plan_quantities(known).changes, *plan_prices(known).changes)

    merged = merge(changes)

    assert [one.key for one in merged] == list(dict.fromkeys(one.key for one in changes))
    by_key: dict[str, list[Any]] = {one.key: [] for one in changes}
    for change in changes:
        by_key[change.key] += change.payload["patches"]
    assert {one.key: one.payload["patches"] for one in merged} == by_key
    for change in merged:
        parts = [one for one in changes if one.key == change.key]
        for part in parts:
            assert part.after.items() <= change.after.items()
            assert part.before.items() <= change.before.items()


values = st.recursive(
    st.integers() | st.text(max_size=5) | st.booleans(),
    lambda inner: st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
siblings = st.dictionaries(
    st.text(max_size=20).filter(lambda n: n not in ("quantity", "fulfillment_channel_code")), values
)


@pytest.mark.behaviour("N14")
@given(
    product_type=st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ_", min_size=1),
    others=st.dictionaries(
        st.text(max_size=20).filter(lambda name: name not in READ_BY_THE_FAKE),
        st.lists(siblings, max_size=2),
        max_size=3,
    ),
    beside=siblings,
    quantity=st.integers(0, 6),
)
def test_a_quantity_write_changes_the_quantity_and_nothing_else(
    product_type: str, others: dict[str, Any], beside: dict[str, Any], quantity: int
) -> None:
    merchant = {**beside, "fulfillment_channel_code": "DEFAULT", "quantity": 7}
    attributes = {**others, "fulfillment_availability": [merchant]}
    known = OffersKnown(
        marketplace=US,
        listings=[listing(1, product_type=product_type)],
        variants={"SKU-1": variant(1, quantity=quantity)},
        profiles={"Summer": OfferProfile("default")},
        sync=SyncSwitches(),
        reserved={},
    )
    clock = FakeClock()
    amazon = FakeListings(clock, Wire())
    amazon.attributes["SKU-1"] = deepcopy(attributes)
    [change] = plan_quantities(known).changes

    amazon.take("SKU-1", US.marketplace_id, change.payload)

    assert change.payload["productType"] == product_type
    expected = {**others, "fulfillment_availability": [{**merchant, "quantity": quantity}]}
    assert amazon.attributes["SKU-1"] == expected


@settings(max_examples=10, deadline=None)
@given(
    st.lists(variants, min_size=1, unique_by=lambda one: one.sku),
    st.decimals("0.01", "500", places=2),
    st.decimals("500", "1500", places=2),
)
def test_no_price_leaves_outside_of_its_floor_and_ceiling(
    catalog: list[Variant], floor: Decimal, ceiling: Decimal
) -> None:
    profile = OfferProfile("default", floor=floor, ceiling=ceiling, largest_move=Decimal(10**6))
    known = OffersKnown(
        marketplace=US,
        listings=[listing(one.variant_id, price=None) for one in catalog],
        variants={one.sku: one for one in catalog},
        profiles={"Summer": profile},
        sync=SyncSwitches(),
        reserved={},
    )
    plan = plan_prices(known)

    gated = gate_offers(plan, QualityGate(), known)

    inside = {one.sku for one in catalog if floor <= one.price.amount <= ceiling}
    assert {change.key for change in gated.passed} == inside
