"""What of our records is told: failures with the error book's fix, of the kinds asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from affluent.domain.account import AccountState
from affluent.domain.effect import EffectState, Resolution, Run
from affluent.domain.errors import AffluentError
from affluent.domain.listing import Listing, ListingStatus
from affluent.domain.notice import Incident, NoticeKind, NoticeRules
from affluent.domain.order import OrderState
from affluent.domain.plan import Change, Operation
from affluent.notices.expiry import expired_accounts
from affluent.notices.incidents import find_incidents
from affluent.ports.storage import UnitsOfWork
from tests.builders.catalog import ACCOUNT, US
from tests.builders.orders import recorded_order
from tests.fakes.clock import NOON
from tests.integration.storage.test_day_reports import FIGURES

HOUR = timedelta(hours=1)
RULES = NoticeRules(frozenset(NoticeKind), held_over=1, feed=6 * HOUR)
SHORT = "Quantities of one or more products are out of stock or did not meet quantity requirements."


def incidents(units: UnitsOfWork, rules: NoticeRules = RULES) -> list[Incident]:
    with units() as work:
        return find_incidents([ACCOUNT], rules, work, NOON)


def test_a_waiting_order_comes_with_the_error_books_fix(units: UnitsOfWork) -> None:
    with units() as work:
        waiting = recorded_order("A", state=OrderState.WAITING, store_order_id=None, reason=SHORT)
        odd = replace(waiting, order_id="B", reason="Something new. " * 20)
        work.orders.save([waiting, odd, recorded_order("C")], NOON)
        work.commit()

    known, unknown = incidents(units)

    assert (known.key, known.title) == ("A", "A product is out of stock in the store")
    assert "Raise the stock" in known.fix
    assert (len(unknown.title), unknown.fix) == (120, "Ask `affluent explain order B`.")
    assert incidents(units, replace(RULES, kinds={NoticeKind.STUCK_FEEDS})) == []


def test_a_refused_confirmation_and_an_old_feed_are_told(units: UnitsOfWork) -> None:
    record(units, Operation.CONFIRM_SHIPMENT, "701-1/2", EffectState.REFUSED, hours=1)
    record(units, Operation.CONFIRM_SHIPMENT, "701-2/1", EffectState.EFFECTIVE, hours=1)
    record(units, Operation.SUBMIT_FEED, "old", EffectState.ACCEPTED, hours=7, reference="feed-7")
    record(units, Operation.SUBMIT_FEED, "young", EffectState.ACCEPTED, hours=1)

    assert [(one.kind, one.key) for one in incidents(units)] == [
        (NoticeKind.FAILED_CONFIRMATIONS, "701-1/2"),
        (NoticeKind.STUCK_FEEDS, "feed-7"),
    ]


def record(
    units: UnitsOfWork,
    operation: Operation,
    key: str,
    state: EffectState,
    *,
    hours: int,
    reference: str = "",
) -> None:
    change = Change(operation, ACCOUNT, US.marketplace_id, key, {}, why="a test")
    at = NOON - hours * HOUR
    with units() as work:
        [effect] = work.ledger.record([change], Run(key, "a flow"), at, plan_hash="p")
        work.ledger.resolve([Resolution(effect.effect_id, state, reference)], at)
        work.commit()


def test_a_stopped_batch_is_open_until_a_run_goes_through(units: UnitsOfWork) -> None:
    stopped = replace(FIGURES, stopped=("40% move.",), ended_at=NOON - 3 * HOUR, run_id="1")
    with units() as work:
        work.runs.save(stopped)
        work.runs.save(replace(stopped, run_id="2", ended_at=NOON - HOUR, stopped=("45% move.",)))
        work.commit()
    [incident] = incidents(units)
    with units() as work:
        work.runs.save(replace(stopped, run_id="3", ended_at=NOON - HOUR / 2, stopped=()))
        work.commit()

    assert (incident.key, incident.words) == ("publish_listings US", "45% move.")
    assert incident.since == NOON - 3 * HOUR
    assert incidents(units) == []


def test_held_items_are_told_from_the_limit_on(units: UnitsOfWork) -> None:
    with units() as work:
        work.listings.save(
            [
                Listing(ACCOUNT, US.marketplace_id, sku, ListingStatus.HELD, store_sku=sku)
                for sku in ("A", "B")
            ],
            NOON,
        )
        work.commit()

    assert [(one.key, one.words[:16]) for one in incidents(units)] == [("US", "2 items are held")]
    assert incidents(units, replace(RULES, held_over=2)) == []


class _Sellers:
    def __init__(self, state: AccountState | AffluentError) -> None:
        self._state = state

    def state(self) -> tuple[AccountState, tuple[str, ...]]:
        if isinstance(self._state, AffluentError):
            raise self._state
        return self._state, ()


def test_only_what_amazon_calls_expired_is_called_so() -> None:
    sellers = {
        "fine": _Sellers(AccountState.ACTIVE),
        "ended": _Sellers(AccountState.EXPIRED),
        "silent": _Sellers(AffluentError("No answer.")),
    }

    assert expired_accounts(sellers) == ["ended"]
