"""What a person sees of a stopped batch: how far it moves, the worst of it, how to let it pass."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from affluent.domain.account import SyncSwitches
from affluent.domain.listing import Listing
from affluent.domain.money import Money
from affluent.domain.plan import Gated, Plan, sift
from affluent.domain.product import Variant
from affluent.offers.distribution import distribution, price_moves
from affluent.offers.gate import gate_offers
from affluent.offers.plan import OffersKnown, plan_prices, plan_quantities
from affluent.quality.gate import QualityGate
from tests.builders.catalog import PROFILE, US, variant
from tests.builders.listings import listing

NUMBERS = range(1, 31)
GATE = QualityGate()


def catalog() -> list[Variant]:
    """Thirty products, no two alike in price or stock."""
    return [
        variant(n, price=Money(Decimal(n * 10) + Decimal("9.90"), "USD"), quantity=n)
        for n in NUMBERS
    ]


def known(variants: list[Variant]) -> OffersKnown:
    """Amazon shows the catalog as it was; the store has these variants now."""
    listings: list[Listing] = [
        listing(one.variant_id, price=one.price, quantity=one.quantity) for one in catalog()
    ]
    return OffersKnown(
        marketplace=US,
        listings=listings,
        variants={one.sku: one for one in variants},
        profiles={"Summer": PROFILE},
        sync=SyncSwitches(),
        reserved={},
        in_stock=len(listings),
    )


def gated(variants: list[Variant], approved_hash: str = "") -> tuple[Gated, Gated]:
    """Quantities and prices after the gate."""
    now = known(variants)
    return (
        gate_offers(plan_quantities(now), GATE, now, approved_hash),
        gate_offers(plan_prices(now), GATE, now, approved_hash),
    )


def at(variant: Variant, amount: Decimal) -> Variant:
    return replace(variant, price=Money(amount, "USD"))


#: What went wrong in the store, and which of the two batches it stops.
INCIDENTS = {
    "every price to a cent": (
        [at(one, Decimal("0.01")) for one in catalog()],
        (False, True),
    ),
    "cents taken for dollars": (
        [at(one, one.price.amount * 100) for one in catalog()],
        (False, True),
    ),
    "the column of stock shifted into that of prices": (
        [
            replace(at(one, Decimal(one.quantity or 0)), quantity=int(one.price.amount))
            for one in catalog()
        ],
        (False, True),
    ),
    "the stock API answers 0 for all": (
        [replace(one, quantity=0) for one in catalog()],
        (True, False),
    ),
}


@pytest.mark.behaviour("N3")
@pytest.mark.parametrize(("variants", "stopped"), INCIDENTS.values(), ids=INCIDENTS)
def test_an_incident_stops_its_own_batch_whole_and_not_the_other(
    variants: list[Variant], stopped: tuple[bool, bool]
) -> None:
    assert tuple(one.is_stopped for one in gated(variants)) == stopped


def test_a_price_incident_does_not_hold_the_falling_stock() -> None:
    both = [replace(at(one, Decimal("0.01")), quantity=0) for one in catalog()[:10]]

    quantities, prices = gated([*both, *catalog()[10:]])

    assert prices.is_stopped
    assert [one.after["quantity"] for one in quantities.passed] == [0] * 10


def test_the_batch_is_shown_with_the_hash_that_lets_it_pass() -> None:
    quantities, prices = gated([at(one, Decimal("0.01")) for one in catalog()])

    page = distribution(quantities, prices)

    assert "## Prices: 30 changes, stopped" in page
    assert f"to less than 2 %    {'█' * 40} 30" in page
    assert "| SKU-30 | 309.90 | 0.01 |" in page
    assert page.index("SKU-30") < page.index("SKU-29")
    assert f"approved_hash={prices.plan.hash}" in page
    assert "## Stock: 0 changes\n" in page


def test_stock_is_shown_by_how_far_it_falls() -> None:
    fallen = [replace(one, quantity=0 if one.variant_id > 5 else 99) for one in catalog()]

    page = distribution(*gated(fallen))

    assert f"to zero               {'█' * 40} 25" in page
    assert "falls by half or more\n" in page
    assert f"rises                 {'█' * 8} 5" in page
    assert "| SKU-30 | 30 | 0 |" in page


def test_exactly_the_approved_batch_passes() -> None:
    cheap = [at(one, Decimal("1.00")) for one in catalog()]
    _, stopped = gated(cheap)
    assert stopped.is_stopped

    _, approved = gated(cheap, stopped.plan.hash)
    _, another = gated([at(one, Decimal("1.01")) for one in cheap], stopped.plan.hash)

    assert not approved.is_stopped
    assert len(approved.passed) == 30
    assert another.is_stopped


def test_an_approval_does_not_lift_the_floor() -> None:
    below = [at(one, Decimal("0.001")) for one in catalog()]
    _, stopped = gated(below)

    _, approved = gated(below, stopped.plan.hash)

    assert approved.passed == ()


def test_a_price_that_was_or_becomes_nothing_has_no_ratio() -> None:
    now = known([at(one, Decimal(0)) for one in catalog()])

    assert price_moves(plan_prices(now).changes) == []
    empty = sift(Plan(()), ())
    assert "## Prices: 0 changes" in distribution(empty, empty)
