"""The plan of what is due equals the plan of everything, whatever has happened before: no change
of anything that an offer follows from is missed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from affluent.domain.account import SyncSwitches
from affluent.domain.given import GivenOverride
from affluent.domain.listing import Listing, ListingStatus
from affluent.domain.marketplace import MARKETPLACES, Marketplace
from affluent.domain.money import Money
from affluent.domain.offer import OfferProfile, QuantityMode, WhenGone
from affluent.domain.offer.override import OfferOverride
from affluent.domain.offer.rates import CurrencyRates
from affluent.domain.order import OrderState, OrderStatus, RecordedLine
from affluent.domain.plan import Change
from affluent.domain.price_list import PriceRecord
from affluent.offers.extract import OfferRules, gather_due, gather_offers, keep_due
from affluent.offers.plan import OffersKnown, plan_prices, plan_quantities
from affluent.storage.engine import open_engine
from affluent.storage.unit_of_work import SqlUnitsOfWork
from tests.builders.catalog import ACCOUNT, US, selling_list, usd, variant
from tests.builders.listings import listing
from tests.builders.orders import account, recorded_order
from tests.fakes.clock import NOON

CANADA: Marketplace = next(one for one in MARKETPLACES if one.country == "CA")
PLACES = (US, CANADA)
SKUS = ("S-1", "S-2", "S-3")
PRICE_LIST = 7
RATES = CurrencyRates({("USD", "CAD"): Decimal(1)})

skus = st.sampled_from(SKUS)
amounts = st.sampled_from(["9.90", "12.00", "19.95"]).map(usd)
stock = st.none() | st.integers(-1, 6)
profiles = st.builds(
    OfferProfile,
    name=st.just("default"),
    rates=st.just(RATES),
    quantity_mode=st.sampled_from(QuantityMode),
    quantity_value=st.integers(0, 3),
    untracked_quantity=st.integers(0, 2),
    price_value=st.sampled_from([Decimal(1), Decimal("1.5")]),
    when_gone=st.sampled_from(WhenGone),
)


class Business:
    """Our own store of one merchant, and his rules."""

    def __init__(self, units: SqlUnitsOfWork) -> None:
        self.units = units
        self.now = NOON
        self.account = account(marketplaces=PLACES, price_list_id=PRICE_LIST)
        self.profiles = {"default": OfferProfile("default", rates=RATES)}
        self.lists = [
            selling_list(f"{name} {place.country}", marketplace_id=place.marketplace_id)
            for place in PLACES
            for name in ("Summer", "Winter")
        ]

    def begin(self) -> None:
        """Three products, each on both marketplaces, all in step and nothing due."""
        numbers = (1, 2, 3)
        self.write(
            lambda work: work.variants.save([variant(n, sku=f"S-{n}") for n in numbers], self.now)
        )
        linked = [
            listing(
                n,
                sku=f"A-{n}",
                store_sku=f"S-{n}",
                marketplace_id=place.marketplace_id,
                selling_list=f"Summer {place.country}",
                price=money(place),
            )
            for n in numbers
            for place in PLACES
        ]
        self.write(lambda work: work.listings.save(linked, self.now))
        for place in PLACES:
            assert self.plan_and_compare(place, dry_run=False) == []

    def rules(self, place: Marketplace) -> OfferRules:
        here, elsewhere = (
            [one for one in self.lists if (one.marketplace_id == place.marketplace_id) is wanted]
            for wanted in (True, False)
        )
        return OfferRules(here, self.profiles, {}, elsewhere)

    def write(self, change: Callable[[Any], object]) -> None:
        self.now += timedelta(minutes=1)
        with self.units() as work:
            change(work)
            work.commit()

    def plan_and_compare(self, place: Marketplace, *, dry_run: bool) -> list[Change]:
        rules = self.rules(place)
        everything = gather_offers(self.account, place, rules, self.units)
        due = gather_due(self.account, place, rules, self.units, dry_run=dry_run)
        plans = [plan_quantities(due.known), plan_prices(due.known)]

        assert changes_of(due.known) == changes_of(everything)

        if not dry_run:
            keep_due(due, plans, ACCOUNT, place.marketplace_id, self.units)
        return changes_of(due.known)

    def sync(self, place: Marketplace, *, dry_run: bool, ignored: frozenset[str]) -> None:
        """Plan, and let Amazon show what was sent, but for what it ignores."""
        for change in self.plan_and_compare(place, dry_run=dry_run):
            if not dry_run and change.key not in ignored:
                self.write(
                    lambda work, change=change: work.listings.save(shown(work, change), self.now)
                )


def money(place: Marketplace) -> Money:
    return Money(Decimal("19.90"), place.currency)


def changes_of(known: OffersKnown) -> list[Change]:
    return [*plan_quantities(known).changes, *plan_prices(known).changes]


def shown(work: Any, change: Change) -> list[Listing]:
    known = work.listings.named(ACCOUNT, change.marketplace_id, [change.key])[change.key]
    price, quantity = change.after.get("price"), change.after.get("quantity", known.quantity)
    currency = change.after.get("currency", "")
    offered = Money(Decimal(price), currency) if price else known.price
    return [replace(known, quantity=quantity, price=offered)]


@st.composite
def listings(draw: st.DrawFn) -> Listing:
    place = draw(st.sampled_from(PLACES))
    return listing(
        sku=draw(st.sampled_from(["A-1", "A-2", "A-3"])),
        marketplace_id=place.marketplace_id,
        status=draw(st.sampled_from(ListingStatus)),
        selling_list=f"{draw(st.sampled_from(['Summer', 'Winter']))} {place.country}",
        store_sku=draw(skus),
        variant_id=draw(st.integers(1, 3)),
        channel=draw(st.sampled_from(["DEFAULT", "DEFAULT", "AMAZON_NA"])),
        quantity=draw(st.none() | st.integers(0, 6)),
        price=draw(st.none() | amounts),
    )


variants = st.builds(
    variant, st.integers(1, 3), sku=skus, price=amounts, quantity=stock, is_visible=st.booleans()
)
orders = st.builds(
    lambda order, sku, units, fields: recorded_order(
        order, lines=(RecordedLine("item", sku, units),), **fields
    ),
    st.sampled_from(["order-1", "order-2"]),
    st.sampled_from(["A-1", "A-2", "S-1"]),
    st.integers(1, 3),
    st.fixed_dictionaries(
        {
            "account": st.sampled_from([ACCOUNT, "another"]),
            "state": st.sampled_from(OrderState),
            "status": st.sampled_from([OrderStatus.PENDING, OrderStatus.UNSHIPPED]),
        }
    ),
)
records = st.builds(
    lambda variant_id, price: PriceRecord(variant_id, "USD", price and price.amount, None),
    st.integers(1, 3),
    st.none() | amounts,
)
overrides = st.builds(
    lambda name, place, sku, quantity: GivenOverride(
        f"{name} {place.country}", sku, OfferOverride(quantity=quantity)
    ),
    st.sampled_from(["Summer", "Winter"]),
    st.sampled_from(PLACES),
    skus,
    st.integers(0, 9),
)
events = st.one_of(
    st.tuples(st.just("override"), overrides),
    st.tuples(st.just("no override"), overrides),
    st.tuples(st.just("variants"), st.lists(variants, min_size=1, max_size=3)),
    st.tuples(st.just("gone"), st.sets(st.integers(1, 3))),
    st.tuples(st.just("take"), st.dictionaries(skus, st.integers(1, 3), min_size=1)),
    st.tuples(st.just("price"), records),
    st.tuples(st.just("order"), orders),
    st.tuples(st.just("listing"), listings()),
    st.tuples(st.just("profile"), profiles),
    st.tuples(st.just("switches"), st.builds(SyncSwitches, st.booleans(), st.booleans())),
    st.tuples(st.just("list"), st.integers(0, 3)),
    st.tuples(
        st.just("sync"),
        st.tuples(
            st.sampled_from(PLACES), st.booleans(), st.frozensets(st.sampled_from(["A-1", "A-2"]))
        ),
    ),
)


def happen(business: Business, kind: str, what: Any) -> None:  # noqa: C901  one line an event
    match kind:
        case "variants":
            business.write(lambda work: work.variants.save(what, business.now))
        case "gone":
            business.write(lambda work: lose(work, what, business))
        case "take":
            business.write(lambda work: work.variants.take(what, business.now))
        case "price":
            business.write(
                lambda work: work.price_lists.save(PRICE_LIST, "USD", [what], business.now)
            )
        case "order":
            business.write(lambda work: work.orders.save([what], business.now))
        case "listing":
            business.write(lambda work: work.listings.save([what], business.now))
        case "override":
            business.write(lambda work: work.overrides.save([what], business.now))
        case "no override":
            business.write(lambda work: work.overrides.remove([what]))
        case "profile":
            business.profiles = {"default": what}
        case "switches":
            business.account = replace(business.account, sync=what)
        case "list":
            business.lists = [one for at, one in enumerate(business.lists) if at != what]
        case "sync":
            place, dry_run, ignored = what
            business.sync(place, dry_run=dry_run, ignored=ignored)


def lose(work: Any, ids: set[int], business: Business) -> None:
    """A whole reading of the store that no longer finds these variants."""
    there = [one for one in work.variants.all() if one.variant_id not in ids]
    work.variants.save(there, business.now)
    work.variants.mark_gone(business.now, business.now)


@contextmanager
def business_on(file: Path) -> Iterator[Business]:
    engine = open_engine(f"sqlite:///{file}")
    yield Business(SqlUnitsOfWork(engine))
    engine.dispose()


@pytest.fixture
def files(sqlite_template: Path, tmp_path: Path) -> Iterator[Path]:
    """A fresh database for each example."""
    return (Path(shutil.copy(sqlite_template, tmp_path / f"{number}.db")) for number in count())


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(happenings=st.lists(events, min_size=1, max_size=8))
def test_what_is_due_is_all_that_differs(
    files: Iterator[Path], happenings: list[tuple[str, Any]]
) -> None:
    with business_on(next(files)) as business:
        business.begin()
        for kind, what in happenings:
            happen(business, kind, what)
            for place in PLACES:
                business.plan_and_compare(place, dry_run=True)
