"""Whether the account may list a page is asked before sending, and again where it may not."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from affluent.domain.amazon_catalog import Restriction, RestrictionReason
from affluent.domain.before_sending import AskingPolicy, Permission, next_permission
from affluent.domain.effect import EffectState
from affluent.domain.listing import ListingStatus
from affluent.domain.plan import Operation
from affluent.domain.restriction_words import restriction_message
from affluent.listings.permission import recheck_permissions, refusal_rows
from tests.builders.catalog import variant
from tests.fakes.clock import NOON
from tests.fakes.world import World

DAY = 86_400.0
ONE, TWO = variant(1), variant(2)
BRAND, PRODUCT = "You need approval to list this brand.", "You need approval to list."


@pytest.fixture
def restricted(world: World) -> World:
    """Amazon lets the seller list SKU-2, and SKU-1 only after an approval."""
    world.amazon.catalog_items.know(ONE.barcode, "B000TEST01")
    world.amazon.catalog_items.know(TWO.barcode, "B000TEST02")
    world.amazon.restrictions.refused = {"B000TEST01": BRAND}
    return world


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (BRAND, "Error: The seller is not allowed to list products under the restricted brand"),
        (
            PRODUCT,
            "Error: Seller is not authorized to list products in this product line or category.",
        ),
    ],
)
@pytest.mark.behaviour("S19", "S20", "S22")
def test_what_needs_an_approval_is_held_with_the_words_and_the_way_to_apply(
    restricted: World, said: str, words: str
) -> None:
    restricted.amazon.restrictions.refused = {"B000TEST01": said}

    restricted.publish(ONE, TWO)

    assert [one.key for one in restricted.amazon.listings.sent] == ["SKU-2"]
    held, _ = restricted.effects(Operation.PUT_LISTING)
    [message] = held.messages
    assert held.state is EffectState.HELD
    assert message.startswith(words)
    assert message.endswith(" Apply at https://sellercentral.example/approve?asin=B000TEST01")
    assert restricted.listing("SKU-1").status is ListingStatus.HELD


def test_an_answer_counts_until_its_time_is_over(restricted: World) -> None:
    asked = restricted.amazon.restrictions.asked
    restricted.publish(ONE)
    restricted.publish(ONE)
    assert asked == ["B000TEST01"]

    restricted.clock.sleep(DAY)
    restricted.publish(ONE)
    assert asked == ["B000TEST01", "B000TEST01"]


@pytest.mark.behaviour("S21")
def test_what_amazon_approved_goes_through_where_it_is_published_again(restricted: World) -> None:
    restricted.publish(ONE)
    restricted.amazon.restrictions.refused.clear()

    restricted.publish(ONE)
    assert restricted.amazon.listings.sent == []

    restricted.publish(ONE, again=True)
    assert restricted.listing("SKU-1").status is ListingStatus.LINKED


@pytest.mark.behaviour("S22")
def test_the_approval_of_one_page_is_none_of_another(restricted: World) -> None:
    restricted.amazon.restrictions.refused = {"B000TEST01": BRAND, "B000TEST02": PRODUCT}
    restricted.publish(ONE, TWO)
    assert restricted.amazon.listings.sent == []
    del restricted.amazon.restrictions.refused["B000TEST01"]

    restricted.publish(ONE, TWO, again=True)

    assert [one.key for one in restricted.amazon.listings.sent] == ["SKU-1"]
    assert restricted.listing("SKU-1").status is ListingStatus.LINKED
    still = restricted.listing("SKU-2")
    assert still.status is ListingStatus.HELD
    assert "approve?asin=B000TEST02" in still.reasons[0]


@pytest.mark.behaviour("S21")
def test_a_refusal_is_asked_about_again_by_itself(restricted: World) -> None:
    restricted.publish(ONE)

    assert recheck_permissions(AskingPolicy(), restricted.sender(), everything=False).asked == 0
    restricted.clock.sleep(DAY)
    still = recheck_permissions(AskingPolicy(), restricted.sender(), everything=False)
    assert [row["ASIN"] for row in refusal_rows(still)] == ["B000TEST01"]
    assert restricted.amazon.restrictions.asked == ["B000TEST01"] * 2

    restricted.amazon.restrictions.refused.clear()
    found = recheck_permissions(AskingPolicy(), restricted.sender(), everything=True)
    assert ([one.asin for one in found.lifted], found.refused) == (["B000TEST01"], ())

    restricted.publish(ONE)
    assert restricted.listing("SKU-1").status is ListingStatus.LINKED
    assert len(restricted.amazon.restrictions.asked) == 3


def test_what_is_linked_or_created_is_not_asked_about(restricted: World) -> None:
    restricted.publish(TWO)
    restricted.publish(variant(3))

    assert restricted.amazon.restrictions.asked == ["B000TEST02"]
    restricted.amazon.restrictions.refused = {"B000TEST02": BRAND}
    restricted.clock.sleep(60 * DAY)
    restricted.publish(variant(2, condition="Used"))
    assert restricted.amazon.restrictions.asked == ["B000TEST02"]


def test_a_page_that_amazon_takes_no_question_about_holds_itself_alone(restricted: World) -> None:
    restricted.amazon.restrictions.unanswered = {"B000TEST01"}

    restricted.publish(ONE, TWO)

    assert restricted.listing("SKU-1").reasons == ("Error: B000TEST01 is invalid.",)
    assert restricted.listing("SKU-2").status is ListingStatus.LINKED


@pytest.mark.parametrize(("most", "asked"), [(0, []), (1, ["B000TEST01"])])
def test_no_more_is_asked_in_a_run_than_the_settings_allow(
    restricted: World, most: int, asked: Sequence[str]
) -> None:
    restricted.asking = AskingPolicy(restrictions_a_run=most)

    restricted.publish(ONE, TWO)

    assert restricted.amazon.restrictions.asked == asked
    assert "SKU-2" in [one.key for one in restricted.amazon.listings.sent]


def test_the_pauses_between_questions_grow_up_to_a_month() -> None:
    no = (Restriction("US", "new_new", RestrictionReason.APPROVAL_REQUIRED, BRAND),)
    answer: Permission | None = None
    pauses = []
    for _ in range(8):
        answer = next_permission("B000TEST01", "new_new", no, NOON, 90, answer)
        pauses.append((answer.ask_again_at - NOON).days)
    assert pauses == [1, 2, 4, 8, 16, 30, 30, 30]

    lifted = next_permission("B000TEST01", "new_new", (), NOON, 90, answer)
    assert (lifted.refusals, (lifted.ask_again_at - NOON).days) == (0, 90)


@pytest.mark.parametrize(
    ("reason", "said", "words"),
    [
        (RestrictionReason.NOT_ELIGIBLE, "You cannot list it.", "Error: You cannot list it."),
        (RestrictionReason.ASIN_NOT_FOUND, "Not found.", "Error: Not found."),
        (RestrictionReason.UNKNOWN, "", "Error: Amazon restricts this product for this seller."),
    ],
)
def test_another_restriction_is_told_in_amazons_own_words(
    reason: RestrictionReason, said: str, words: str
) -> None:
    assert restriction_message(Restriction("US", "new_new", reason, said)) == words
