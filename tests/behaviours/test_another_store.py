"""The rivers know a store by its ports alone: with another one, all steps are the same."""

from __future__ import annotations

import sys
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from affluent.catalog.extract import extract_catalog
from affluent.domain.effect import EffectState
from affluent.domain.listing import ListingStatus
from affluent.domain.order import OrderState
from affluent.domain.plan import Operation
from affluent.domain.product import Variant
from affluent.ports.bigcommerce import StorePorts
from affluent.ports.progress import NoProgress
from tests.builders.orders import ORDER_ID, amazon_order, order_line
from tests.fakes.bazaar import Bazaar
from tests.fakes.fixtures import units, world
from tests.fakes.world import World

__all__ = ["units", "world"]

LAMP, BOWL = "LAMP", "BOWL"


@pytest.fixture
def bazaar(world: World, monkeypatch: pytest.MonkeyPatch) -> Bazaar:
    """The world's store is a bazaar, and nothing of BigCommerce can be imported."""
    for name in ["connectors.bigcommerce", *sys.modules]:
        if name.partition(".")[0] == "connectors" and "bigcommerce" in name:
            monkeypatch.setitem(sys.modules, name, None)
    bazaar = Bazaar(world.clock)
    bazaar.add(LAMP, 1990, 7, "4006300000018")
    bazaar.add(BOWL, 2450, 3, "4006300000025")
    any_store: Any = bazaar
    world.store = any_store
    return bazaar


def read(world: World, *, full: bool) -> list[Variant]:
    """extract_catalog; answers what our snapshot holds."""
    store: StorePorts = world.store
    extract_catalog(
        store.catalog, world.units, world.clock, NoProgress(), full=full, may_shrink=False
    )
    with world.units() as work:
        return work.variants.all()


@pytest.mark.behaviour("S32")
def test_a_product_of_another_store_is_published_and_kept_in_step(
    world: World, bazaar: Bazaar
) -> None:
    assert world.publish(*read(world, full=True)) == 2
    assert {one.status for one in world.listings()} == {ListingStatus.LINKED}

    world.clock.sleep(3600)
    bazaar.change(LAMP, cents=2190)
    bazaar.change(BOWL, pieces=0)
    assert world.sync(*read(world, full=False)) == 2

    lamp, bowl = (world.amazon.listings.show()[one] for one in (LAMP, BOWL))
    assert lamp.price is not None
    assert (lamp.price.amount, lamp.quantity) == (Decimal("21.90"), 7)
    assert bowl.quantity == 0
    assert world.sync(*read(world, full=False)) == 0


@pytest.mark.behaviour("S32")
def test_an_order_becomes_a_ticket_and_its_parcel_a_confirmation(
    world: World, bazaar: Bazaar
) -> None:
    world.publish(*read(world, full=True))
    world.amazon.orders.place(amazon_order(lines=(replace(order_line(), sku=LAMP),)))

    for _ in range(2):
        assert world.import_orders() == {}
    [ticket] = bazaar.tickets
    assert (ticket.note, ticket.pieces) == (ORDER_ID, {LAMP: 2})
    assert bazaar.article(LAMP).pieces == 5

    world.clock.sleep(600)
    bazaar.orders.send_parcel(ticket.number, "1Z999")
    assert world.confirm_shipments() == 0

    [confirmation] = world.amazon.orders.confirmations
    assert (confirmation.tracking_number, confirmation.carrier.code) == ("1Z999", "UPS")
    assert confirmation.quantities == (("item-1", 2),)
    [effect] = world.effects(Operation.CONFIRM_SHIPMENT)
    assert effect.state is EffectState.EFFECTIVE


@pytest.mark.behaviour("S32")
def test_what_another_store_is_short_of_waits(world: World, bazaar: Bazaar) -> None:
    read(world, full=True)
    world.amazon.orders.place(amazon_order(lines=(replace(order_line(), sku=BOWL, quantity=4),)))

    world.import_orders()
    assert world.order(ORDER_ID).state is OrderState.WAITING
    assert bazaar.tickets == []

    bazaar.change(BOWL, pieces=4)
    world.clock.sleep(3600)
    world.import_orders()
    assert [one.pieces for one in bazaar.tickets] == [{BOWL: 4}]
