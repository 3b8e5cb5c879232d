"""The ledger: written once, moved forward, told as a log."""

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import Engine, text

from affluent.domain.effect import EffectState, Resolution, Run
from affluent.domain.errors import InvariantBroken
from affluent.domain.issue import Issue, Severity
from affluent.domain.plan import Operation
from affluent.ports.storage import UnitsOfWork
from tests.integration.storage.builders import LATER, NOON, RUN, US, a_change
from tests.integration.storage.statements import statements_of

NEXT_RUN = Run("run-2", "publish_listings")
ORDER = "123-0000444-0000444"
NINETY_220 = Issue(
    "90220", "'number_of_items' is required but not supplied.", Severity.ERROR, ("number_of_items",)
)


def test_record_answers_whole_effects_in_the_order_of_the_changes(units: UnitsOfWork) -> None:
    changes = [a_change(key) for key in ("c", "a", "b", "a")]
    with units() as work:
        effects = work.ledger.record(changes, RUN, NOON, plan_hash="p1")
        work.commit()

    assert [effect.key for effect in effects] == ["c", "a", "b", "a"]
    assert effects[1] == effects[3]
    assert effects[0].effect_id < effects[1].effect_id < effects[2].effect_id
    first = effects[0]
    assert (first.operation, first.account, first.marketplace_id) == (
        Operation.PUT_LISTING,
        "acme-us",
        US,
    )
    assert (first.state, first.attempts, first.plan_hash, first.run_id) == (
        EffectState.PLANNED,
        0,
        "p1",
        "run-1",
    )
    assert first.payload == {"productType": "LUGGAGE"}
    assert first.after == {"price": "19.90", "quantity": 7}
    assert (first.created_at, first.updated_at) == (NOON, NOON)


def test_what_happens_once_has_one_row_ever_and_the_rest_one_a_run(units: UnitsOfWork) -> None:
    order = a_change(ORDER, Operation.CREATE_ORDER)
    listing = a_change("A-1")
    with units() as work:
        first = work.ledger.record([order, listing], RUN, NOON, plan_hash="p1")
        again = work.ledger.record([order, listing], RUN, LATER, plan_hash="p1")
        later = work.ledger.record([order, listing], NEXT_RUN, LATER, plan_hash="p2")
        elsewhere = work.ledger.record(
            [replace(order, account="acme-eu")], RUN, NOON, plan_hash="p1"
        )
        work.commit()
        log = work.ledger.log(ORDER)

    assert again == first
    assert later[0] == first[0]
    assert later[1].effect_id != first[1].effect_id
    assert elsewhere[0].effect_id != first[0].effect_id
    assert [entry.account for entry in log] == ["acme-us", "acme-eu"]


def test_a_held_order_is_left_as_it_is_and_moved_on_by_resolve(units: UnitsOfWork) -> None:
    order = a_change(ORDER, Operation.CREATE_ORDER)
    words = {ORDER: ("Out of stock.",)}
    with units() as work:
        [held] = work.ledger.record(
            [order], RUN, NOON, plan_hash="p1", state=EffectState.HELD, messages=words
        )
        [same] = work.ledger.record([order], NEXT_RUN, LATER, plan_hash="p2")
        work.ledger.resolve([Resolution(same.effect_id, EffectState.SENT)], LATER)
        moved = work.ledger.effect(held.effect_id)
        log = work.ledger.log(ORDER)

    assert same == held
    assert held.messages == ("Out of stock.",)
    assert (moved.state, moved.attempts, moved.messages) == (EffectState.SENT, 1, ())
    assert [(entry.state, entry.messages) for entry in log] == [
        (EffectState.HELD, ("Out of stock.",)),
        (EffectState.SENT, ()),
    ]


def test_resolve_counts_sendings_and_keeps_reference_and_parent(units: UnitsOfWork) -> None:
    with units() as work:
        [feed, item] = work.ledger.record(
            [a_change("feed-1", Operation.SUBMIT_FEED), a_change("A-1")], RUN, NOON, plan_hash="p"
        )
        sent = Resolution(item.effect_id, EffectState.SENT, parent_id=feed.effect_id)
        work.ledger.resolve([sent, sent], NOON)
        work.ledger.resolve(
            [Resolution(item.effect_id, EffectState.ACCEPTED, reference="sub-1")], LATER
        )
        work.ledger.resolve([Resolution(item.effect_id, EffectState.EFFECTIVE)], LATER)
        known = work.ledger.effect(item.effect_id)
        children = work.ledger.children(feed.effect_id)

    assert (known.attempts, known.reference, known.parent_id) == (2, "sub-1", feed.effect_id)
    assert (known.created_at, known.updated_at) == (NOON, LATER)
    assert children == [known]


def test_what_is_effective_never_goes_back(units: UnitsOfWork) -> None:
    with units() as work:
        [other, done] = work.ledger.record(
            [a_change("A-1"), a_change("A-2")], RUN, NOON, plan_hash="p"
        )
        effective = Resolution(done.effect_id, EffectState.EFFECTIVE)
        work.ledger.resolve([effective], NOON)
        work.ledger.resolve([effective], LATER)
        work.commit()

    for state in set(EffectState) - {EffectState.EFFECTIVE}:
        moves = [
            Resolution(other.effect_id, EffectState.SENT),
            Resolution(done.effect_id, state),
        ]
        with units() as work, pytest.raises(InvariantBroken, match=f"{done.effect_id}"):
            work.ledger.resolve(moves, LATER)
    with units() as work:
        assert work.ledger.effect(done.effect_id).state is EffectState.EFFECTIVE
        assert work.ledger.effect(other.effect_id) == other
        assert not work.ledger.claim(work.ledger.effect(done.effect_id), LATER)


def test_an_effect_that_does_not_exist_is_our_mistake(units: UnitsOfWork) -> None:
    with units() as work, pytest.raises(InvariantBroken, match="no effect 4711"):
        work.ledger.resolve([Resolution(4711, EffectState.SENT)], NOON)
    with units() as work, pytest.raises(InvariantBroken, match="no effect 4711"):
        work.ledger.effect(4711)


def test_a_claim_holds_only_for_what_was_read(units: UnitsOfWork) -> None:
    with units() as work:
        [effect] = work.ledger.record(
            [a_change(ORDER, Operation.CREATE_ORDER)], RUN, NOON, plan_hash="p"
        )
        answers = [work.ledger.claim(effect, NOON), work.ledger.claim(effect, NOON)]
        first = work.ledger.effect(effect.effect_id)
        answers.append(work.ledger.claim(first, LATER))
        second = work.ledger.effect(effect.effect_id)
        log = work.ledger.log(ORDER)

    assert answers == [True, False, True]
    assert (first.state, first.attempts, second.attempts) == (EffectState.SENT, 1, 2)
    assert [entry.state for entry in log] == [
        EffectState.PLANNED,
        EffectState.SENT,
        EffectState.SENT,
    ]


def test_in_states_answers_one_operation_and_account_oldest_first(units: UnitsOfWork) -> None:
    keys = ["z", "a", "m"]
    with units() as work:
        effects = work.ledger.record([a_change(key) for key in keys], RUN, NOON, plan_hash="p")
        work.ledger.record(
            [a_change("n", account="acme-eu"), a_change("o", Operation.PATCH_OFFER)],
            RUN,
            NOON,
            plan_hash="p",
        )
        work.ledger.resolve([Resolution(effects[1].effect_id, EffectState.SENT)], LATER)
        operation, states = Operation.PUT_LISTING, EffectState
        planned = work.ledger.in_states(operation, "acme-us", [states.PLANNED])
        either = work.ledger.in_states(operation, "acme-us", iter([states.PLANNED, states.SENT]))
        none = work.ledger.in_states(operation, "acme-us", [])

    assert [effect.key for effect in planned] == ["z", "m"]
    assert [effect.key for effect in either] == keys
    assert none == []


def test_what_left_since_a_feed_is_told_oldest_first(units: UnitsOfWork) -> None:
    patch, elsewhere = a_change("A", Operation.PATCH_OFFER), a_change("A", Operation.PATCH_OFFER)
    with units() as work:
        [early] = work.ledger.record([a_change("EARLY")], RUN, NOON, plan_hash="p1")
        feed_change = a_change("document-1", Operation.SUBMIT_FEED)
        [feed] = work.ledger.record([feed_change], RUN, NOON, plan_hash="p1")
        later = [a_change(key) for key in ("B", "REFUSED", "RIDES", "PLANNED")]
        put, refused, rides, _ = work.ledger.record(later, NEXT_RUN, LATER, plan_hash="p2")
        [patched] = work.ledger.record([patch], NEXT_RUN, LATER, plan_hash="p2")
        [other] = work.ledger.record(
            [replace(elsewhere, account="acme-eu")], NEXT_RUN, LATER, plan_hash="p2"
        )
        sent = [Resolution(one.effect_id, EffectState.SENT) for one in (early, patched, other)]
        work.ledger.resolve(
            [
                *sent,
                Resolution(put.effect_id, EffectState.EFFECTIVE),
                Resolution(refused.effect_id, EffectState.REFUSED),
                Resolution(rides.effect_id, EffectState.SENT, parent_id=feed.effect_id),
            ],
            LATER,
        )
        found = work.ledger.sent_since(feed)

    assert [effect.effect_id for effect in found] == [put.effect_id, patched.effect_id]


def test_a_run_knows_its_own_effects_and_their_states(units: UnitsOfWork) -> None:
    uncounted = [a_change("feed-1", Operation.SUBMIT_FEED), a_change("A-4", Operation.LINK)]
    with units() as work:
        changes = [a_change("A-1"), a_change("A-2", account="acme-eu"), *uncounted]
        [first, second, *others] = work.ledger.record(changes, RUN, NOON, plan_hash="p")
        work.ledger.record([a_change("A-1"), a_change("A-3")], NEXT_RUN, NOON, plan_hash="p")
        work.ledger.resolve([Resolution(second.effect_id, EffectState.REFUSED)], LATER)
        counts = work.ledger.count_states(RUN.run_id)
        planned = work.ledger.of_run(RUN.run_id, iter([EffectState.PLANNED]))
        nothing = work.ledger.count_states("run-0"), work.ledger.of_run("run-0", EffectState)

    assert counts == {EffectState.PLANNED: 1, EffectState.REFUSED: 1}
    assert planned == [first, *others]
    assert nothing == ({}, [])


def test_the_log_of_an_order_has_its_shipments_and_no_other_keys(units: UnitsOfWork) -> None:
    changes = [
        a_change(ORDER, Operation.CREATE_ORDER),
        a_change(f"{ORDER}/17", Operation.CONFIRM_SHIPMENT),
        a_change(f"{ORDER}/18", Operation.CONFIRM_SHIPMENT, account="acme-eu"),
        a_change(f"{ORDER}5/19", Operation.CONFIRM_SHIPMENT),
        a_change(f"{ORDER}/A", Operation.PATCH_OFFER),
    ]
    with units() as work:
        work.ledger.record(changes, RUN, NOON, plan_hash="p")
        keys = [entry.key for entry in work.ledger.log(ORDER)]
        wild = work.ledger.log("123-%")

    assert keys == [ORDER, f"{ORDER}/17", f"{ORDER}/18"]
    assert wild == []


def test_the_log_tells_messages_and_issues_each_once(units: UnitsOfWork) -> None:
    with units() as work:
        [effect] = work.ledger.record([a_change("A-1")], RUN, NOON, plan_hash="p")
        work.ledger.resolve(
            [
                Resolution(
                    effect.effect_id,
                    EffectState.REFUSED,
                    reference="sub-1",
                    request_id="req-1",
                    issues=(NINETY_220,),
                    messages=("Amazon says no.", NINETY_220.text()),
                )
            ],
            LATER,
        )
        log = work.ledger.log("A-1")
        nothing = work.ledger.log("A-2")

    assert [(entry.at, entry.state) for entry in log] == [
        (NOON, EffectState.PLANNED),
        (LATER, EffectState.REFUSED),
    ]
    assert log[1].messages == (
        "Amazon says no.",
        "number_of_items: 'number_of_items' is required but not supplied.(90220)",
    )
    assert (log[1].reference, log[1].request_id, log[1].run_id) == ("sub-1", "req-1", "run-1")
    assert log[1].after == {"price": "19.90", "quantity": 7}
    assert nothing == []


def test_decimals_inside_a_change_are_kept_as_text(units: UnitsOfWork) -> None:
    payload = {"price": Decimal("19.90"), "lines": [{"tax": Decimal("0.10")}], "at": NOON}
    with units() as work:
        [effect] = work.ledger.record([a_change(payload=payload)], RUN, NOON, plan_hash="p")

    assert effect.payload == {
        "price": "19.90",
        "lines": [{"tax": "0.10"}],
        "at": NOON.isoformat(),
    }


def test_many_rows_take_few_statements(units: UnitsOfWork, engine: Engine) -> None:
    changes = [a_change(f"A-{number}") for number in range(5_000)]
    with units() as work, statements_of(engine) as statements:
        effects = work.ledger.record(changes, RUN, NOON, plan_hash="p")
        sent = [Resolution(effect.effect_id, EffectState.SENT) for effect in effects]
        work.ledger.resolve(sent, LATER)
        work.commit()

    assert [effect.key for effect in effects] == [change.key for change in changes]
    assert [e.effect_id for e in effects] == sorted(e.effect_id for e in effects)
    with engine.connect() as connection:
        transitions = connection.execute(text("SELECT count(*) FROM effect_transitions"))
        assert transitions.scalar_one() == 10_000
    assert len(statements) < 50
