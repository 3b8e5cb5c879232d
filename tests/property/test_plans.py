"""Plans are pure, and empty once what they planned is true: over random catalogs and profiles."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import count

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from affluent.domain.account import SyncSwitches
from affluent.domain.listing import CatalogMatch, Listing, ListingStatus, SubmissionPath
from affluent.domain.offer import OfferProfile, PriceMode, QuantityMode
from affluent.domain.plan import Plan
from affluent.domain.product import Variant
from affluent.domain.selection import select
from affluent.listings.known import ListingsKnown
from affluent.listings.plan import plan_listings
from affluent.offers.plan import OffersKnown, plan_prices, plan_quantities
from affluent.ports.storage import UnitsOfWork
from tests.builders.catalog import ACCOUNT, CREATION, US, selling_list, usd, variant
from tests.builders.listings import listing
from tests.fakes.amazon import FakeProductTypes
from tests.fakes.world import World

ON_DISK = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
ACCOUNTS = (f"account-{number}" for number in count())

stock = st.none() | st.integers(-2, 30)
prices = st.decimals("0.01", "99999", places=2).map(usd)
conditions = st.sampled_from(["New", "Used", "Refurbished"])
profiles = st.builds(
    OfferProfile,
    name=st.just("default"),
    quantity_mode=st.sampled_from(QuantityMode),
    quantity_value=st.integers(0, 20),
    untracked_quantity=st.integers(0, 20),
    price_mode=st.sampled_from([PriceMode.PRODUCT, PriceMode.CUSTOM, PriceMode.RATIO]),
    # What is held is planned again and again.
    ceiling=st.just(Decimal(10**9)),
    price_value=st.decimals("0.5", "3", places=2),
    lead_time_days=st.none() | st.integers(0, 30),
)


@st.composite
def catalogs(draw: st.DrawFn) -> tuple[Variant, ...]:
    return tuple(
        variant(
            number,
            price=draw(prices),
            quantity=draw(stock),
            condition=draw(conditions),
            is_visible=draw(st.booleans()),
        )
        for number in range(1, draw(st.integers(1, 5)) + 1)
    )


@st.composite
def later(draw: st.DrawFn, catalog: tuple[Variant, ...]) -> tuple[Variant, ...]:
    return tuple(replace(one, price=draw(prices), quantity=draw(stock)) for one in catalog)


def listings_known(
    catalog: tuple[Variant, ...],
    listings: list[Listing],
    profile: OfferProfile,
    asins: dict[str, list[str]],
) -> ListingsKnown:
    definition = FakeProductTypes()
    return ListingsKnown(
        account=ACCOUNT,
        marketplace=US,
        listings={one.sku: one for one in listings},
        on_amazon=frozenset(),
        prices={},
        matches={
            one.barcode: tuple(
                CatalogMatch(one.barcode, asin, f"TYPE-{asin}", "", "")
                for asin in asins.get(one.sku, [])
            )
            for one in catalog
        },
        offer_profiles={"default": profile},
        creation_profiles={CREATION.name: CREATION},
        definitions={"SUITCASE": definition.definition(US.marketplace_id, "SUITCASE", "LISTING")},
        reserved={},
    )


known_listings = st.lists(
    st.builds(
        listing,
        st.integers(1, 5),
        status=st.sampled_from(ListingStatus),
        quantity=st.none() | st.integers(0, 30),
        price=st.none() | prices,
        fingerprint=st.sampled_from(["", "old"]),
        created_by_us=st.booleans(),
        channel=st.sampled_from(["DEFAULT", "AMAZON_NA"]),
    ),
    unique_by=lambda one: one.sku,
)


@given(
    catalogs(),
    known_listings,
    profiles,
    st.dictionaries(
        st.sampled_from([f"SKU-{number}" for number in range(1, 6)]),
        st.lists(st.sampled_from(["B01", "B02", "B03"]), unique=True),
    ),
)
def test_the_same_catalog_makes_the_same_plan_of_listings_in_whatever_order_it_is_known(
    catalog: tuple[Variant, ...],
    listings: list[Listing],
    profile: OfferProfile,
    asins: dict[str, list[str]],
) -> None:
    selected = select([selling_list()], catalog)
    backwards = {sku: found[::-1] for sku, found in reversed(asins.items())}

    plan = plan_listings(selected, listings_known(catalog, listings, profile, asins))
    again = plan_listings(
        selected, listings_known(catalog[::-1], listings[::-1], profile, backwards)
    )

    assert plan.hash == again.hash
    assert (plan.unchanged, plan.notes) == (again.unchanged, again.notes)


@given(catalogs(), known_listings, profiles)
def test_the_same_stock_makes_the_same_plan_of_offers_in_whatever_order_it_is_known(
    catalog: tuple[Variant, ...], listings: list[Listing], profile: OfferProfile
) -> None:
    def plans(catalog: tuple[Variant, ...], listings: list[Listing]) -> list[Plan]:
        known = OffersKnown(
            marketplace=US,
            listings=listings,
            variants={one.sku: one for one in catalog},
            profiles={"Summer": profile},
            sync=SyncSwitches(),
            reserved={},
        )
        return [plan_quantities(known), plan_prices(known)]

    forwards, backwards = plans(catalog, listings), plans(catalog[::-1], listings[::-1])

    assert [plan.hash for plan in forwards] == [plan.hash for plan in backwards]


@ON_DISK
@given(
    catalogs(), profiles, st.sampled_from([SubmissionPath.FEED, SubmissionPath.SINGLE]), st.data()
)
def test_after_a_verified_apply_the_plan_is_empty(
    units: UnitsOfWork,
    catalog: tuple[Variant, ...],
    profile: OfferProfile,
    path: SubmissionPath,
    data: st.DataObject,
) -> None:
    assume(any(one.is_visible for one in catalog))
    world = World(units, name=next(ACCOUNTS))
    world.lists = [selling_list(account=world.account.name, path=path)]
    world.profiles = {"default": profile}
    world.amazon.catalog_items.know(catalog[0].barcode, "B0KNOWN001")
    world.amazon.listings.lag_seconds = data.draw(st.sampled_from([0, 45]))

    assert world.publish(*catalog) == sum(one.is_visible for one in catalog)
    assert world.publish(*catalog) == 0
    assert world.sync(*catalog) == 0

    changed = data.draw(later(catalog))
    world.sync(*changed)

    assert world.sync(*changed) == 0
    assert world.publish(*changed) == 0
    assert world.unresolved() == []
