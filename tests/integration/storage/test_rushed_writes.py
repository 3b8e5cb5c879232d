"""What was rushed, and what is on its way: by SKU, for all marketplaces of an account."""

from __future__ import annotations

from datetime import timedelta

from affluent.domain.effect import EffectState, Resolution, Run
from affluent.domain.plan import Operation
from affluent.ports.storage import UnitsOfWork
from tests.integration.storage.builders import LATER, NOON, RUN, a_change

RUSHING = Run("run-9", "rush_offers")
PATCH = Operation.PATCH_OFFER


def test_only_what_one_flow_has_sent_since_a_moment_is_told(units: UnitsOfWork) -> None:
    with units() as work:
        old, by_other, planned, refused, taken, elsewhere = (
            work.ledger.record([a_change("A", PATCH, **fields)], run, at, plan_hash="p")[0]
            for fields, run, at in (
                ({}, Run("run-8", RUSHING.flow), NOON - timedelta(seconds=1)),
                ({}, RUN, NOON),
                ({}, Run("run-10", RUSHING.flow), NOON),
                ({}, Run("run-11", RUSHING.flow), NOON),
                ({}, RUSHING, NOON),
                ({"marketplace_id": "A2EUQ1WTGCTBG2"}, RUSHING, LATER),
            )
        )
        states = [
            (old, EffectState.EFFECTIVE),
            (by_other, EffectState.EFFECTIVE),
            (refused, EffectState.REFUSED),
            (taken, EffectState.ACCEPTED),
            (elsewhere, EffectState.SENT),
        ]
        work.ledger.resolve([Resolution(one.effect_id, state) for one, state in states], LATER)
        found = work.ledger.sent_by(RUSHING.flow, "acme-us", NOON, ["A", "B"])
        nothing = work.ledger.sent_by(RUSHING.flow, "acme-eu", NOON, ["A"])

    assert [one.effect_id for one in found] == [taken.effect_id, elsewhere.effect_id]
    assert planned.flow == "rush_offers"
    assert nothing == []


def test_what_is_marked_as_sent_one_by_one_is_on_its_way(units: UnitsOfWork) -> None:
    with units() as work:
        feed_change = a_change("document-1", Operation.SUBMIT_FEED)
        [feed] = work.ledger.record([feed_change], RUN, NOON, plan_hash="p")
        put, rides, answered, planned, other = work.ledger.record(
            [a_change(key) for key in ("A", "B", "C", "D", "E")], RUN, NOON, plan_hash="p"
        )
        sent = [put, rides, answered, other]
        work.ledger.resolve([Resolution(one.effect_id, EffectState.SENT) for one in sent], LATER)
        carried = Resolution(rides.effect_id, EffectState.SENT, parent_id=feed.effect_id)
        work.ledger.resolve([carried, Resolution(answered.effect_id, EffectState.ACCEPTED)], LATER)
        found = work.ledger.on_their_way("acme-us", ["A", "B", "C", "D"])

    assert [one.effect_id for one in found] == [put.effect_id]
    assert planned.state is EffectState.PLANNED
