"""Single puts and patches: written down before they leave, resolved after."""

from __future__ import annotations

import pytest

from affluent.domain.effect import EffectState
from affluent.domain.errors import ConfigurationError, Refused, Retryable
from affluent.domain.forecast import Forecast, Foretold, ForetoldCalls
from affluent.domain.listing import ListingStatus, SubmissionPath
from affluent.domain.plan import Operation
from affluent.submissions.path import choose_path
from tests.builders.catalog import variant
from tests.builders.listings import error
from tests.fakes.world import World


def states(world: World) -> list[EffectState]:
    return [effect.state for effect in world.effects(Operation.PUT_LISTING)]


def test_every_row_says_sent_before_its_request_leaves(world: World) -> None:
    seen: dict[str, list[EffectState]] = {}

    def look(request: str) -> None:
        seen[request] = states(world)

    world.wire.witness = look
    world.publish(variant(1), variant(2))

    assert seen["put SKU-1"] == [EffectState.SENT] * 2
    assert seen["put SKU-2"] == [EffectState.SENT] * 2


def test_invalid_is_a_refusal_though_the_status_is_200(world: World) -> None:
    world.amazon.listings.invalid["SKU-1"] = error()

    world.publish(variant(1), variant(2))

    assert states(world) == [EffectState.REFUSED, EffectState.EFFECTIVE]


def test_a_refused_request_stops_no_other(world: World) -> None:
    world.amazon.listings.failures["SKU-1"] = [
        Refused("The SKU is malformed.", vendor="Amazon", operation="putListingsItem")
    ]

    world.publish(variant(1), variant(2))

    assert states(world) == [EffectState.REFUSED, EffectState.EFFECTIVE]
    assert world.listing("SKU-1").reasons == ("The SKU is malformed.",)


def test_a_request_without_an_answer_is_unknown_until_amazon_shows_it(world: World) -> None:
    world.amazon.listings.failures["SKU-1"] = [
        Retryable("No answer.", vendor="Amazon", operation="putListingsItem")
    ]
    world.amazon.listings.taken_all_the_same = {"SKU-1"}

    world.publish(variant(1))

    assert states(world) == [EffectState.EFFECTIVE]
    assert len(world.amazon.listings.sent) == 1


def test_what_a_person_must_mend_is_raised_after_the_neighbours_were_resolved(
    world: World,
) -> None:
    world.amazon.listings.failures["SKU-1"] = [ConfigurationError("The role is missing.")]

    with pytest.raises(ConfigurationError, match="role is missing"):
        world.publish(variant(1), variant(2))

    assert states(world) == [EffectState.UNKNOWN, EffectState.ACCEPTED]
    world.publish(variant(1), variant(2))
    assert {one.status for one in world.listings()} == {ListingStatus.LINKED}
    assert world.unresolved() == []


@pytest.mark.parametrize(
    ("wanted", "singly", "as_feed", "chosen"),
    [
        (SubmissionPath.AUTO, 10, 310, SubmissionPath.SINGLE),
        (SubmissionPath.AUTO, 5_000, 1_800, SubmissionPath.FEED),
        (SubmissionPath.FEED, 1, 300, SubmissionPath.FEED),
        (SubmissionPath.SINGLE, 5_000, 1_800, SubmissionPath.SINGLE),
    ],
)
def test_the_faster_path_is_taken_where_the_merchant_leaves_the_choice(
    wanted: SubmissionPath, singly: float, as_feed: float, chosen: SubmissionPath
) -> None:
    patches = ForetoldCalls("patchListingsItem", 1, singly)
    foretold = Foretold(Forecast((patches,)), Forecast((), as_feed))
    assert choose_path(wanted, foretold) is chosen
