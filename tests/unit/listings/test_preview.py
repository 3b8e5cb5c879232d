"""Amazon's opinion is asked of none, a sample or all, and holds what it would refuse."""

from __future__ import annotations

import pytest

from affluent.domain.before_sending import AskingPolicy, Preview
from affluent.domain.effect import EffectState
from affluent.domain.issue import Issue, Severity
from affluent.domain.listing import ListingStatus
from affluent.domain.plan import Operation
from tests.builders.catalog import variant
from tests.fakes.world import World

THREE = (variant(1), variant(2), variant(3))
WRONG = Issue("90220", "'number_of_items' is required but not supplied.", Severity.ERROR, ("a",))
ADVICE = Issue("18448", "More would be better.", Severity.WARNING)


@pytest.mark.parametrize(("preview", "asked"), [("none", 0), ("sample", 2), ("all", 3)])
def test_so_many_are_shown_to_amazon(world: World, preview: str, asked: int) -> None:
    world.preview = Preview(preview)
    world.asking = AskingPolicy(preview_sample=2)

    world.publish(*THREE)

    assert len(world.amazon.listings.previewed) == asked
    assert len(world.amazon.listings.sent) == 3


def test_what_amazon_would_refuse_is_held_in_its_words_and_the_others_go(world: World) -> None:
    world.preview = Preview.ALL
    world.amazon.listings.opinions = {"SKU-1": (ADVICE, WRONG), "SKU-2": (ADVICE,)}

    world.publish(*THREE)

    assert [one.key for one in world.amazon.listings.sent] == ["SKU-2", "SKU-3"]
    assert world.listing("SKU-1").reasons == (WRONG.text(),)
    logs = {}
    with world.units() as work:
        for number in (2, 3):
            logs[number] = work.ledger.log(f"SKU-{number}")[0].messages
    assert logs == {2: (ADVICE.text(),), 3: ("Amazon's preview takes the listing.",)}


def test_a_sample_takes_of_each_product_type_in_turn(world: World) -> None:
    world.preview = Preview.SAMPLE
    world.asking = AskingPolicy(preview_sample=2)
    last = THREE[-1]
    world.amazon.catalog_items.know(last.barcode, "B000TEST03", product_type="TROLLEY")

    world.publish(*THREE)

    assert world.amazon.listings.previewed == ["SKU-1", "SKU-3"]


def test_what_is_held_already_is_not_shown(world: World) -> None:
    world.preview = Preview.ALL
    world.gate.held_listings = {"SKU-1", "SKU-2", "SKU-3"}

    world.publish(*THREE)

    assert world.amazon.listings.previewed == []
    assert {one.state for one in world.effects(Operation.PUT_LISTING)} == {EffectState.HELD}
    assert world.listing("SKU-1").status is ListingStatus.HELD
