"""A purge removes what is over and says what remains; a rotation leaves nothing to the old key."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from affluent.domain.order import OrderState
from affluent.domain.safekeeping import Purge, SafekeepingRules
from affluent.ports.safekeeping import Eraser
from affluent.ports.storage import UnitsOfWork
from affluent.privacy.purging import Forgotten, forget_order, purge
from affluent.privacy.rotation import Rotation, rotate
from affluent.privacy.safe import Safe, seal_order
from affluent.sealing.fernet import new_key
from tests.builders.catalog import ACCOUNT
from tests.builders.orders import amazon_order, recorded_order
from tests.builders.privacy import safe, sealer
from tests.fakes.clock import NOON

RULES = SafekeepingRules()
OLD, NEW = new_key(), new_key()
DAY = timedelta(days=1)


@dataclass
class Erasing(Eraser):
    """Says whether it could; `asked` counts."""

    can: bool = True
    asked: int = 0

    def erase(self) -> bool:
        self.asked += 1
        return self.can


def test_it_says_what_it_removed_and_what_remains(units: UnitsOfWork) -> None:
    _keep(units, safe(), "1", days_ago=30)
    _keep(units, safe(), "2", days_ago=29)

    done = purge(RULES, units, Erasing(), NOON)
    again = purge(RULES, units, Erasing(can=False), NOON)

    assert done == Purge(1, 1, NOON, is_erased=True)
    assert done.told() == (
        "Purged the buyers' data of 1 orders; 1 remain, the oldest kept since 2026-11-24 12:00 UTC."
    )
    assert (again.purged, again.is_erased) == (0, False)
    assert "Somebody was reading" in again.told()


def test_with_fewer_days_what_is_kept_already_goes_earlier(units: UnitsOfWork) -> None:
    _keep(units, safe(), "1", days_ago=10)

    shorter = replace(RULES, purge_after=10 * DAY)

    assert purge(shorter, units, Erasing(), NOON) == Purge(1, 0, None)


def test_imported_orders_go_unless_they_are_kept(units: UnitsOfWork) -> None:
    _keep(units, safe(), "1", state=OrderState.SHIPPED)

    keeping = replace(RULES, keeps_imported=True)

    assert purge(keeping, units, Erasing(), NOON).purged == 0
    assert purge(RULES, units, Erasing(), NOON).purged == 1


def test_one_order_is_forgotten(units: UnitsOfWork) -> None:
    _keep(units, safe(), "1")
    _keep(units, safe(), "2")
    eraser = Erasing()

    done = forget_order("1", units, eraser)

    assert done == Forgotten(1, [recorded_order("1", state=OrderState.WAITING)], is_erased=True)
    assert eraser.asked == 1
    assert forget_order("1", units, eraser).removed == 0
    assert set(_kept_by(units)) == {"2"}


def test_after_a_rotation_the_new_key_alone_opens_everything(units: UnitsOfWork) -> None:
    numbers = [str(number) for number in range(7)]
    for number in numbers:
        _keep(units, safe(OLD), number)

    done = rotate(sealer(NEW, OLD), units, Erasing(), batch=3)

    assert done == Rotation(7, 0, is_erased=True)
    with units() as work:
        assert set(safe(NEW).recall(ACCOUNT, numbers, work)) == set(numbers)
        assert safe(OLD).recall(ACCOUNT, numbers, work) == {}
    assert rotate(sealer(NEW, OLD), units, Erasing()).resealed == 0


def test_what_no_key_opens_is_counted_and_left(units: UnitsOfWork) -> None:
    _keep(units, safe(), "1")
    _keep(units, safe(OLD), "2")
    before = _kept_by(units)

    done = rotate(sealer(NEW, OLD), units, Erasing(), batch=1)

    assert (done.resealed, done.unreadable) == (1, 1)
    assert _kept_by(units) == {"1": before["1"], "2": sealer(NEW).newest}


def test_a_row_that_went_meanwhile_does_not_come_back(units: UnitsOfWork) -> None:
    _keep(units, safe(OLD), "1")
    with units() as work:
        row = work.buyers.of(ACCOUNT, ["1"])["1"]
        work.buyers.forget(ACCOUNT, ["1"])

        assert work.buyers.reseal([(row, replace(row, content=b"new"))]) == 0
        assert work.buyers.of(ACCOUNT, ["1"]) == {}


def _keep(
    units: UnitsOfWork,
    ours: Safe,
    order_id: str,
    days_ago: int = 0,
    state: OrderState = OrderState.WAITING,
) -> None:
    assert ours.sealer is not None
    since = NOON - days_ago * DAY
    sealed = seal_order(ours.sealer, ACCOUNT, amazon_order(order_id), NOON, since)
    with units() as work:
        work.orders.save([recorded_order(order_id, state=state)], NOON)
        work.buyers.save([sealed])
        work.commit()


def _kept_by(units: UnitsOfWork) -> dict[str, str]:
    """The keys by which orders are sealed."""
    with units() as work:
        found = work.buyers.of(ACCOUNT, [str(number) for number in range(9)])
    return {order_id: one.key_id for order_id, one in found.items()}
