"""Of every value that was sent, where it came from can be told: source, rule, run and request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from affluent.domain.effect import EffectState
from affluent.domain.given import GivenOverride
from affluent.domain.listing import SubmissionPath
from affluent.domain.offer import OfferProfile, QuantityMode
from affluent.domain.offer.formula import parse_formula
from affluent.domain.offer.override import OfferOverride
from affluent.domain.offer.profile import PriceMode
from affluent.domain.offer.template import PriceRange
from affluent.domain.plan import Operation
from affluent.domain.sent_value import SentValue
from affluent.explanations.origins import explain_attribute
from tests.builders.catalog import CREATION, PROFILE, selling_list, usd, variant
from tests.builders.families import PROFILE as BY_OPTIONS
from tests.builders.families import SCHEMA, child
from tests.builders.listings import listing, on_amazon
from tests.fakes.world import World

GOOD = variant(1)


def told(world: World, attribute: str, sku: str = "SKU-1") -> tuple[SentValue, ...]:
    with world.units() as work:
        return explain_attribute(sku, attribute, work)


def attributes_of(payload: Mapping[str, Any]) -> set[str]:
    if "attributes" in payload:
        return set(payload["attributes"])
    return {patch["path"].removeprefix("/attributes/") for patch in payload["patches"]}


def synced(world: World, attribute: str, profile: OfferProfile, **fields: object) -> SentValue:
    """What sync_offers sends of it once the variant stands so in the store."""
    world.profiles = {"default": profile}
    world.remember(listing(1))
    world.amazon.listings.place(on_amazon(1))
    world.sync(variant(1, **fields))
    [sent] = told(world, attribute)
    return sent


@pytest.mark.parametrize("path", [SubmissionPath.SINGLE, SubmissionPath.FEED])
def test_every_attribute_that_is_sent_has_an_origin(world: World, path: SubmissionPath) -> None:
    world.lists = [selling_list(variations=True, path=path)]
    world.creations = {CREATION.name: BY_OPTIONS}
    world.profiles = {"default": replace(PROFILE, lead_time_days=2)}
    world.amazon.product_types.schema = SCHEMA
    offered = variant(5)
    world.amazon.catalog_items.know(offered.barcode, "B0-OFFERED")

    world.publish(child(1, "Red"), child(2, "Blue"), offered)
    world.sync(replace(offered, price=usd("25.00"), quantity=3))

    effects = world.effects(Operation.PUT_LISTING, Operation.PATCH_OFFER)
    sent = {(one.key, name) for one in effects for name in attributes_of(one.payload)}
    assert {key for key, _ in sent} == {"SKU-1-parent", "SKU-1", "SKU-2", "SKU-5"}
    for key, name in sent:
        newest, *_ = told(world, name, key)
        assert newest.value
        assert newest.origins
        assert newest.run_id.startswith("run-")
        assert newest.plan_hash
        assert newest.reference


def test_an_attribute_follows_from_its_rule(world: World) -> None:
    world.creations = {CREATION.name: BY_OPTIONS}
    world.amazon.product_types.schema = SCHEMA

    world.publish(child(1, "Red"))

    [color] = told(world, "color")
    [origin] = color.origins
    assert (origin.source, origin.raw) == ("option Color", "Red")
    assert (origin.profile, origin.version) == (BY_OPTIONS.name, BY_OPTIONS.version)
    assert (color.state, color.operation) == (EffectState.EFFECTIVE, Operation.PUT_LISTING)


def test_an_asin_is_amazons_or_was_given(world: World) -> None:
    world.lists = [selling_list(asins={"SKU-2": "B0-GIVEN"})]
    world.amazon.catalog_items.know(GOOD.barcode, "B0-FOUND")

    world.publish(GOOD, variant(2))

    [found], [given] = (told(world, "merchant_suggested_asin", sku) for sku in ("SKU-1", "SKU-2"))
    assert found.origins[0].raw == GOOD.barcode
    assert found.origins[0].steps == ("the one match for the barcode",)
    assert given.origins[0].override == "B0-GIVEN"


def test_a_price_tells_the_steps_of_its_formula(world: World) -> None:
    formula = (PriceRange(parse_formula("x1.2 +1")),)
    profile = OfferProfile("dear", price_mode=PriceMode.TEMPLATE, price_template=formula)

    sent = synced(world, "price", profile, price=usd("20.00"))

    [origin] = sent.origins
    assert origin.raw == "20.00 USD"
    assert origin.steps[0] == "20 USD in the store"
    assert origin.steps[-1].endswith("makes 25 USD")
    assert (origin.profile, origin.version) == ("dear", profile.version)
    assert sent.attribute == "purchasable_offer"


def test_a_price_that_was_set_by_hand_says_so(world: World) -> None:
    given = GivenOverride("Summer", "SKU-1", OfferOverride(price=Decimal("25.50")))
    with world.units() as work:
        work.overrides.save([given], world.clock.now())
        work.commit()

    [origin] = synced(world, "price", PROFILE).origins

    assert origin.override == "price 25.50"
    assert origin.steps == ("25.5 USD set by hand",)


@pytest.mark.parametrize(
    ("profile", "fields", "raw", "steps"),
    [
        (
            OfferProfile("default", QuantityMode.BUFFER, 2, quantity_maximum=9),
            {"quantity": 5},
            "5",
            ("mode buffer 2", "at most 9"),
        ),
        (
            OfferProfile("default", QuantityMode.AT_MOST, 4, quantity_minimum=3),
            {"quantity": 8},
            "8",
            ("mode at_most 4", "none below 3"),
        ),
        (
            OfferProfile("default", untracked_quantity=6),
            {"quantity": None},
            "not tracked",
            ("6 stand for it", "mode product"),
        ),
        (OfferProfile("default"), {"is_visible": False}, "hidden", ("when gone zero",)),
    ],
)
def test_a_quantity_tells_its_stock_and_mode(
    world: World,
    profile: OfferProfile,
    fields: dict[str, Any],
    raw: str,
    steps: tuple[str, ...],
) -> None:
    [origin] = synced(world, "quantity", profile, **fields).origins

    assert (origin.raw, origin.steps) == (raw, steps)
    assert (origin.profile, origin.version) == ("default", profile.version)


def test_a_part_is_told_alone_and_a_whole_with_its_parts(world: World) -> None:
    world.profiles = {"default": replace(PROFILE, lead_time_days=2)}
    world.amazon.catalog_items.know(GOOD.barcode, "B0-FOUND")
    world.publish(GOOD)

    [whole] = told(world, "fulfillment_availability")
    [days] = told(world, "lead_time_days")

    assert [one.path.partition(".")[2] for one in whole.origins] == [
        "quantity",
        "lead_time_to_ship_max_days",
    ]
    assert [one.raw for one in days.origins] == ["2"]
    assert told(world, "fulfillment") == ()


def test_what_is_held_was_not_sent_and_has_none(world: World) -> None:
    world.gate.held_listings.add("SKU-1")

    world.publish(GOOD)

    assert told(world, "condition_type") == ()


def test_what_is_left_to_the_owner_of_a_page_is_said_once(world: World) -> None:
    world.creations = {CREATION.name: BY_OPTIONS}
    world.amazon.catalog_items.know(GOOD.barcode, "B0-FOUND")

    world.publish(GOOD, variant(2))
    world.publish(replace(GOOD, condition="Used"))

    words = "left alone: item_name, main_product_image_locator, brand, color, size: the page is"
    with world.units() as work:
        said = [text for entry in work.ledger.log("SKU-1") for text in entry.messages]
        ours = [text for entry in work.ledger.log("SKU-2") for text in entry.messages]
    assert [text for text in said if text.startswith("left alone")] == [f"{words} not ours"]
    assert not [text for text in ours if text.startswith("left alone")]


def test_a_profile_that_says_something_else_has_another_version() -> None:
    one = OfferProfile("default", sells_both_ways=frozenset({"A", "B", "C"}))

    assert one.version == replace(one, sells_both_ways=frozenset({"C", "B", "A"})).version
    assert one.version != replace(one, quantity_value=1).version
