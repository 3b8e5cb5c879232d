"""What an order lacks in the store's stock, and raising the stock by just that.

Amazon has sold the units already, so the order that takes them leaves the stock at zero and not
above. BigCommerce knows no idempotency key here either: an adjustment whose answer was lost is
looked for, and no other one is sent for the same order before the lost one can no longer arrive.
What lacks is read anew each time, so that whatever arrived by then counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from affluent.domain.effect import LEASE_SECONDS, UNRESOLVED, Effect, EffectState, Resolution
from affluent.domain.errors import (
    ConfigurationError,
    OutcomeUnknown,
    Refused,
    Retryable,
    VendorError,
)
from affluent.domain.order import DraftLine, OrderDraft, Shortage
from affluent.domain.plan import Change, Operation, Plan
from affluent.orders.desk import INDEX_SECONDS, PAUSE_SECONDS, OrderDesk
from affluent.ports.bigcommerce import Shelf

_OUT_OF_STOCK: Final = "OutOfStock"
#: States of an adjustment that may have arrived.
_MAY_HAVE_ARRIVED: Final = (EffectState.SENT, EffectState.UNKNOWN, EffectState.EFFECTIVE)


@dataclass(frozen=True, slots=True)
class Raised:
    """What was raised, in words, and what stands in the way of the order, if anything."""

    told: tuple[str, ...] = ()
    obstacle: str = ""


@dataclass(frozen=True, slots=True)
class _Lack:
    """So many units of the order's that the shelf does not hold."""

    sku: str
    variant_id: int
    shelf: Shelf
    wanted: int

    @property
    def units(self) -> int:
        return self.wanted - self.shelf.available

    @property
    def told(self) -> str:
        return (
            f"{self.sku}: the store's stock was raised by {self.units}, from "
            f"{self.shelf.available}, because Amazon had sold {self.wanted}."
        )


def short_lines(draft: OrderDraft, shortages: Sequence[Shortage]) -> list[DraftLine]:
    """The lines that are short: BigCommerce names the variant, or its product alone."""
    return [line for line in draft.lines if any(_is_short(line, one) for one in shortages)]


def is_of_stock_alone(shortages: Sequence[Shortage]) -> bool:
    """Whether more stock would mend all of it; a limit of the product's remains."""
    return all(one.kind == _OUT_OF_STOCK for one in shortages)


def words_of(draft: OrderDraft, shortages: Sequence[Shortage]) -> Iterator[str]:
    """Each short line in a sentence."""
    for line in draft.lines:
        for shortage in shortages:
            if _is_short(line, shortage):
                left = "" if shortage.available is None else f", {shortage.available} in the store"
                yield f"{line.sku}: {line.quantity} sold{left}."


def raise_stock(draft: OrderDraft, creation: Effect, desk: OrderDesk) -> Raised:
    """Raise the store's stock by what the order lacks, and wait until the store shows it."""
    told: tuple[str, ...] = ()
    try:
        for lack in _lacks(draft, desk):
            if obstacle := _raise_once(lack, creation, desk):
                return Raised(told, obstacle)
            told += (lack.told,)
    except ConfigurationError as barred:
        return Raised(told, f"The store's stock could not be raised: {barred.what}")
    except VendorError as failure:
        return Raised(told, f"The store's stock could not be read: {failure.what}")
    return Raised(told)


def settle_raises(creation: Effect, desk: OrderDesk) -> None:
    """Settle what a worker that died has left: the order that lacked it was taken."""
    with desk.units() as work:
        found = work.ledger.of_orders(Operation.RAISE_STOCK, creation.account, [creation.key])
        words = "Whether it arrived is not known; the order that lacked it was created."
        work.ledger.resolve(_superseded(found, words), desk.clock.now())
        work.commit()


def _superseded(effects: Sequence[Effect], words: str) -> list[Resolution]:
    return [
        Resolution(one.effect_id, EffectState.SUPERSEDED, messages=(words,))
        for one in effects
        if one.state in UNRESOLVED
    ]


def _is_short(line: DraftLine, shortage: Shortage) -> bool:
    if shortage.variant_id is not None:
        return line.variant_id == shortage.variant_id
    return line.product_id is not None and line.product_id == shortage.product_id


def _lacks(draft: OrderDraft, desk: OrderDesk) -> list[_Lack]:
    """What the shelves do not hold; lines that take from the same shelf count together."""
    found: dict[tuple[int, int | None], _Lack] = {}
    for line in draft.lines:
        if line.product_id is None or line.variant_id is None:
            continue
        shelf = desk.store.stock.shelf(line.product_id, line.variant_id)
        if shelf is not None:
            first = _Lack(line.sku, line.variant_id, shelf, 0)
            known = found.get(shelf.place, first)
            found[shelf.place] = replace(known, wanted=known.wanted + line.quantity)
    return [lack for lack in found.values() if lack.units > 0]


def _raise_once(lack: _Lack, creation: Effect, desk: OrderDesk) -> str:
    """Raise one shelf's stock; answers what stands in the way, if anything."""
    effect = _claimed(lack, creation, desk)
    if effect is None:
        return f"{lack.sku}: the store's stock was raised a moment ago, and does not show it yet."
    resolution = _sent(effect, lack, desk)
    with desk.units() as work:
        work.ledger.resolve([resolution], desk.clock.now())
        work.commit()
    if resolution.state is not EffectState.EFFECTIVE:
        return " ".join(resolution.messages)
    if not _shows(lack, desk):
        return f"{lack.sku}: the raised stock does not show yet. The next run tries again."
    return ""


def _claimed(lack: _Lack, creation: Effect, desk: OrderDesk) -> Effect | None:
    """The row of a new adjustment, ours to send; None where an earlier one may yet arrive.

    An earlier one that cannot arrive any more is settled: what it brought shows by now.
    """
    now, key = desk.clock.now(), f"{creation.key}/{lack.sku}"
    with desk.units() as work:
        found = work.ledger.of_orders(Operation.RAISE_STOCK, creation.account, [creation.key])
        earlier = [one for one in found if one.key == key]
        ages = [
            (now - one.updated_at).total_seconds()
            for one in earlier
            if one.state in _MAY_HAVE_ARRIVED
        ]
        if any(age <= LEASE_SECONDS for age in ages):
            return None
        words = "Whether it arrived is not known; what lacked later was read anew."
        work.ledger.resolve(_superseded(earlier, words), now)
        change = _change(lack, creation, str(len(earlier) + 1) if earlier else "")
        plan_hash = Plan((change,)).hash
        [effect] = work.ledger.record([change], desk.run, now, plan_hash=plan_hash)
        is_ours = effect.state is EffectState.PLANNED and work.ledger.claim(effect, now)
        work.commit()
    return effect if is_ours else None


def _change(lack: _Lack, creation: Effect, revision: str) -> Change:
    shelf = lack.shelf
    return Change(
        operation=Operation.RAISE_STOCK,
        account=creation.account,
        marketplace_id=creation.marketplace_id,
        key=f"{creation.key}/{lack.sku}",
        before={"stock": shelf.available},
        after={"stock": lack.wanted},
        why=f"Amazon has sold {lack.wanted}",
        payload={
            "product_id": shelf.product_id,
            "variant_id": shelf.variant_id,
            "location_id": shelf.location_id,
            "quantity": lack.units,
        },
        revision=revision,
    )


def _sent(effect: Effect, lack: _Lack, desk: OrderDesk) -> Resolution:
    """One request, and what became of it."""

    def resolved(state: EffectState, words: str, reference: str = "") -> Resolution:
        return Resolution(effect.effect_id, state, reference=reference, messages=(words,))

    try:
        reason = f"Amazon has sold more than there is ({effect.key})"
        transaction = desk.store.stock.raise_by(lack.shelf, lack.units, reason)
    except OutcomeUnknown as lost:
        if _shows(lack, desk):
            return resolved(EffectState.EFFECTIVE, lack.told)
        words = f"{lost.what} The stock is looked at before it is raised again."
        return resolved(EffectState.UNKNOWN, words)
    except (Refused, ConfigurationError) as refusal:
        words = f"{lack.sku}: the store's stock could not be raised: {refusal.what}"
        return resolved(EffectState.REFUSED, words)
    except Retryable as busy:
        words = f"The store's stock was not raised: {busy.what} The next run tries again."
        return resolved(EffectState.REFUSED, words)
    return resolved(EffectState.EFFECTIVE, lack.told, transaction)


def _shows(lack: _Lack, desk: OrderDesk) -> bool:
    """Whether the store shows what is wanted, once it had the time to."""
    until = desk.clock.now().timestamp() + INDEX_SECONDS
    while True:
        shelf = desk.store.stock.shelf(lack.shelf.product_id, lack.variant_id)
        if shelf is not None and shelf.available >= lack.wanted:
            return True
        if desk.clock.now().timestamp() >= until:
            return False
        desk.clock.sleep(PAUSE_SECONDS)
