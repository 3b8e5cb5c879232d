"""Amazon's catalog is asked for a barcode once, and its answer is remembered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from affluent.domain.before_sending import AskingPolicy, MatchCheck
from affluent.domain.listing import CatalogMatch, ListingStatus
from affluent.listings.likeness import likeness_findings, likeness_notes
from tests.builders.catalog import selling_list, variant
from tests.fakes.world import World

GOOD = variant(1)
DAY = 86_400.0
TWINS = ("B000TEST01", "B000TEST02")


@pytest.fixture
def undecided(world: World) -> World:
    """A world in which nothing is sent, so that each publish has everything to do."""
    world.gate.held_listings = {"SKU-1", "SKU-2"}
    return world


@pytest.mark.parametrize(("asins", "days"), [(TWINS, 7), ((), 1)])
def test_a_barcode_is_asked_for_again_when_its_answer_is_old(
    undecided: World, asins: tuple[str, ...], days: int
) -> None:
    asked = undecided.amazon.catalog_items.asked
    undecided.amazon.catalog_items.know(GOOD.barcode, *asins)

    undecided.publish(GOOD)
    undecided.clock.sleep(days * DAY - 60)
    undecided.publish(GOOD)
    assert asked == [GOOD.barcode]

    undecided.clock.sleep(60)
    undecided.publish(GOOD)
    assert asked == [GOOD.barcode, GOOD.barcode]


def test_another_barcode_of_the_product_is_asked_for_at_once(undecided: World) -> None:
    undecided.publish(GOOD)
    undecided.publish(replace(GOOD, barcode="4006300000025"))

    assert undecided.amazon.catalog_items.asked == [GOOD.barcode, "4006300000025"]


def test_what_was_remembered_is_what_is_planned(undecided: World) -> None:
    undecided.amazon.catalog_items.know(GOOD.barcode, *TWINS)
    undecided.publish(GOOD)
    undecided.amazon.catalog_items.matches.clear()
    undecided.gate.held_listings = set()

    undecided.publish(GOOD)

    [put] = undecided.amazon.listings.sent
    assert put.after["candidates"] == 2


def test_a_page_of_another_brand_is_offered_with_a_warning_in_the_log(world: World) -> None:
    world.amazon.catalog_items.know(GOOD.barcode, "B000TEST01")

    world.publish(replace(GOOD, brand="Acme"))

    assert world.listing("SKU-1").status is ListingStatus.LINKED
    with world.units() as work:
        first = work.ledger.log("SKU-1")[0]
    assert first.messages[0] == (
        "The page B000TEST01 may be of another product: Amazon has the brand 'Rollwell', and the "
        "store 'Acme'."
    )


def test_a_page_of_another_brand_holds_where_the_merchant_wants_so(world: World) -> None:
    world.asking = AskingPolicy(match_check=MatchCheck.HOLD)
    world.amazon.catalog_items.know(GOOD.barcode, "B000TEST01")

    world.publish(replace(GOOD, brand="Acme"))

    assert world.amazon.listings.sent == []
    assert world.listing("SKU-1").status is ListingStatus.HELD


def test_a_page_that_a_person_chose_is_not_doubted(world: World) -> None:
    world.asking = AskingPolicy(match_check=MatchCheck.HOLD)
    world.lists = [selling_list(asins={"SKU-1": "B000TEST01"})]
    world.amazon.catalog_items.know(GOOD.barcode, "B000TEST01")

    world.publish(replace(GOOD, brand="Acme"))

    assert world.listing("SKU-1").asin == "B000TEST01"


@pytest.mark.parametrize(
    ("brand", "title", "differs"),
    [
        ("Rollwell", "Suitcase 1", []),
        ("ROLLWELL, Inc.", "Rollwell Suitcase 1, blue", []),
        ("Roll-Well", "Suitcase", []),
        ("", "Suitcase", []),
        ("Rollwell", "", []),
        ("Acme", "Suitcase 1", ["brand"]),
        ("Rollwell", "Whisk, stainless", ["title"]),
        ("Acme", "Whisk, stainless", ["brand", "title"]),
    ],
)
def test_brand_and_title_are_compared_as_far_as_both_sides_tell_them(
    brand: str, title: str, differs: list[str]
) -> None:
    match = CatalogMatch(GOOD.barcode, "B000TEST01", "SUITCASE", brand, title)

    found = likeness_findings(GOOD, match, MatchCheck.WARN)

    assert len(found) == bool(differs)
    for name in ("brand", "title"):
        assert any(f"the {name} '" in one.message for one in found) == (name in differs)


@pytest.mark.parametrize(
    ("brands", "notes"),
    [
        (["Rollwell"], ()),
        (["Acme"], ("1 SKUs lead to pages that may be of other products: SKU-1.",)),
    ],
)
def test_the_report_names_what_leads_to_another_product(
    brands: list[str], notes: tuple[str, ...]
) -> None:
    found = [
        finding
        for brand in brands
        for finding in likeness_findings(
            GOOD, CatalogMatch(GOOD.barcode, "B000TEST01", "", brand, GOOD.name), MatchCheck.WARN
        )
    ]

    assert likeness_notes(found) == notes
