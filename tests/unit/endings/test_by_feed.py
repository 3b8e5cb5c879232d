"""Deletions beside feeds: carried by one, and never undone by one that ends late."""

from __future__ import annotations

import pytest

from affluent.domain.effect import EffectState
from affluent.domain.ending import Way
from affluent.domain.listing import ListingStatus, SubmissionPath
from affluent.domain.plan import Operation
from affluent.submissions.sending import clear_what_was_left
from tests.builders.catalog import variant
from tests.fakes.world import World

HOURS = 3600.0


@pytest.fixture
def choose(monkeypatch: pytest.MonkeyPatch) -> dict[str, SubmissionPath]:
    """The path that every batch takes."""
    chosen = {"path": SubmissionPath.SINGLE}
    monkeypatch.setattr("affluent.submissions.sending.choose_path", lambda *_: chosen["path"])
    return chosen


def test_a_feed_carries_deletions(world: World, choose: dict[str, SubmissionPath]) -> None:
    world.publish(variant(1), variant(2))
    choose["path"] = SubmissionPath.FEED

    world.end("SKU-1", "SKU-2", way=Way.DELETE)

    [feed] = world.amazon.feeds.feeds.values()
    assert [(one.sku, one.operation_type, one.body) for one in feed.messages] == [
        ("SKU-1", "DELETE", {}),
        ("SKU-2", "DELETE", {}),
    ]
    states = {one.state for one in world.effects(Operation.DELETE_LISTING)}
    assert states == {EffectState.EFFECTIVE}
    assert {one.status for one in world.listings()} == {ListingStatus.ENDED}


def test_a_feed_that_ends_late_does_not_bring_a_deleted_listing_back(
    world: World, choose: dict[str, SubmissionPath]
) -> None:
    world.publish(variant(1))
    choose["path"] = SubmissionPath.FEED
    world.amazon.feeds.seconds = 6 * HOURS
    world.publish(variant(1, name="Another name"))
    choose["path"] = SubmissionPath.SINGLE
    world.end("SKU-1", way=Way.DELETE)
    assert "SKU-1" not in world.amazon.listings.show()
    world.clock.sleep(6 * HOURS)

    clear_what_was_left(world.sender())

    assert "SKU-1" not in world.amazon.listings.show()
    assert world.listing("SKU-1").status is ListingStatus.ENDED
    assert world.unresolved() == []
