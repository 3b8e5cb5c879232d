"""A plan as a person reads it: each field before and after, and why; golden plans."""

from __future__ import annotations

from dataclasses import replace

from affluent.domain.plan import Change
from affluent.domain.planned_field import planned_fields
from affluent.listings.comparing import compared
from tests.builders.catalog import CREATION, usd, variant
from tests.builders.families import PROFILE, SCHEMA, child
from tests.builders.listings import listing, on_amazon
from tests.fakes.world import World

RED = child(1, "Red")


def told(change: Change) -> list[tuple[str, str, str, str]]:
    return [(one.field, one.before, one.after, one.why) for one in planned_fields(change)]


def put(world: World) -> Change:
    world.creations = {CREATION.name: PROFILE}
    world.amazon.product_types.schema = SCHEMA
    world.publish(RED)
    return world.amazon.listings.sent[-1]


def test_a_new_page_tells_of_each_attribute_by_which_rule_it_is_filled(world: World) -> None:
    made_by = f"({PROFILE.name} {PROFILE.version})"

    fields = {name: rest for name, *rest in told(put(world))}

    assert fields["color"] == ["", "Red", f"option Color {made_by}"]
    assert fields["item_name"] == ["", "Suitcase - Red", f"field name {made_by}"]
    assert fields["condition_type"] == ["", "new_new", "condition in the store"]
    assert fields["externally_assigned_product_identifier"][1:] == [
        RED.barcode,
        "barcode in the store",
    ]
    assert fields["purchasable_offer"][2].endswith(": 19.9 USD in the store")
    assert fields["fulfillment_availability"][2].endswith(": mode product")


def test_a_page_that_is_sent_again_tells_only_what_differs(world: World) -> None:
    first = put(world)
    last = {**first.payload["attributes"], "color": [{"value": "Blue"}], "size": [{"value": "L"}]}

    fields = {name: (before, after) for name, before, after, _ in told(compared(first, last))}

    assert fields == {"color": ("Blue", "Red"), "size": ("L", "")}


def test_a_patch_tells_its_price_with_its_steps(world: World) -> None:
    world.remember(listing(1))
    world.amazon.listings.place(on_amazon(1))
    world.sync(replace(variant(1), price=usd("21.00"), quantity=7))

    [price] = world.amazon.listings.sent

    assert told(price) == [("price", "19.90", "21.00", "21 USD in the store → 21.00 USD")]
