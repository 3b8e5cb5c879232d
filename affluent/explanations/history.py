"""A SKU or an order over time: the store's side from versions, ours from the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from affluent.domain.cancellation import WHOLE
from affluent.domain.effect import EffectState, LogEntry
from affluent.domain.order import OrderState
from affluent.domain.plan import LISTING_WRITES, Operation
from affluent.domain.product import Variant
from affluent.domain.variant_history import FieldChange, VariantVersion, changed_fields
from affluent.explanations.order import explain_order
from affluent.explanations.places import country_of
from affluent.explanations.sku import explain_sku
from affluent.ports.storage import UnitOfWork

_FAILED: Final = (EffectState.HELD, EffectState.REFUSED, EffectState.UNKNOWN)


@dataclass(frozen=True, slots=True)
class VersionStep:
    """A version of a variant, and what changed with it; at the first one known, nothing did."""

    variant_id: int
    valid_from: datetime
    valid_until: datetime | None
    is_gone: bool
    changes: tuple[FieldChange, ...]
    variant: Variant


@dataclass(frozen=True, slots=True)
class BroughtAbout:
    """The price and quantity of one listing that our last effective writes before a moment set.

    Amazon lowers the quantity with every sale, and a person may change either by hand.
    """

    account: str
    marketplace: str
    sku: str
    price: str = ""
    quantity: str = ""
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class SkuHistory:
    """A SKU over time, or at one moment: `store` holds its versions then, `sent` what was sent."""

    sku: str
    at: datetime | None
    store: tuple[VersionStep, ...]
    on_amazon: tuple[BroughtAbout, ...]
    sent: tuple[LogEntry, ...]

    @property
    def is_known(self) -> bool:
        """Whether anything is known of it."""
        return bool(self.store or self.sent)


@dataclass(frozen=True, slots=True)
class OrderHistory:
    """An order of one account over time; `state` is that of the moment that was asked for."""

    order_id: str
    account: str
    marketplace: str
    at: datetime | None
    state: OrderState | None
    timeline: tuple[LogEntry, ...]


def sku_history(sku: str, work: UnitOfWork, at: datetime | None = None) -> SkuHistory:
    """What the SKU was at a moment, or at any time."""
    explanation = explain_sku(sku, work)
    linked = [listing.store.sku for listing in explanation.listings if listing.store]
    steps = [step for one in dict.fromkeys([sku, *linked]) for step in _steps(one, work)]
    sent = [entry for entry in explanation.log if at is None or entry.at <= at]
    return SkuHistory(
        sku=sku,
        at=at,
        store=tuple(step for step in steps if at is None or _holds(step, at)),
        on_amazon=tuple(_brought_about(sent)),
        sent=tuple(sent),
    )


def order_history(
    order_id: str, work: UnitOfWork, at: datetime | None = None
) -> tuple[OrderHistory, ...]:
    """Where the order stood at a moment, in every account that has it, from its transitions."""
    histories = []
    for order in explain_order(order_id, work):
        timeline = [entry for entry in order.timeline if at is None or entry.at <= at]
        was_placed = at is None or order.created_at <= at
        state = order.state if at is None else _state_of(timeline) if was_placed else None
        histories.append(
            OrderHistory(order_id, order.account, order.marketplace, at, state, tuple(timeline))
        )
    return tuple(histories)


def _steps(sku: str, work: UnitOfWork) -> Iterable[VersionStep]:
    before: VariantVersion | None = None
    for version in work.versions.of_sku(sku):
        is_first = before is None or before.variant.variant_id != version.variant.variant_id
        changes = () if is_first or before is None else _changes(before, version)
        was_gone = before is not None and before.is_gone
        # A version that differs in nothing told is the store's own bookkeeping.
        if is_first or changes or version.is_gone is not was_gone:
            yield VersionStep(
                variant_id=version.variant.variant_id,
                valid_from=version.valid_from,
                valid_until=version.valid_until,
                is_gone=version.is_gone,
                changes=changes,
                variant=version.variant,
            )
        before = version


def _changes(before: VariantVersion, after: VariantVersion) -> tuple[FieldChange, ...]:
    return changed_fields(before.variant, after.variant)


def _holds(step: VersionStep, at: datetime) -> bool:
    return step.valid_from <= at and (step.valid_until is None or at < step.valid_until)


def _brought_about(entries: Sequence[LogEntry]) -> Iterable[BroughtAbout]:
    found: dict[tuple[str, str, str], BroughtAbout] = {}
    for entry in entries:
        if entry.operation in LISTING_WRITES and entry.state is EffectState.EFFECTIVE:
            place = (entry.account, entry.marketplace_id, entry.key)
            known = found.get(place) or BroughtAbout(
                entry.account, country_of(entry.marketplace_id), entry.key
            )
            found[place] = _moved(known, entry)
    return found.values()


def _moved(known: BroughtAbout, entry: LogEntry) -> BroughtAbout:
    if entry.operation is Operation.DELETE_LISTING:
        return BroughtAbout(known.account, known.marketplace, known.sku, since=entry.at)
    currency = entry.after.get("currency", "")
    price = entry.after.get("price")
    return BroughtAbout(
        account=known.account,
        marketplace=known.marketplace,
        sku=known.sku,
        price=known.price if price is None else f"{price} {currency}".strip(),
        quantity=str(entry.after.get("quantity", known.quantity)),
        since=entry.at,
    )


def _state_of(timeline: Iterable[LogEntry]) -> OrderState:
    """By the writes that were effective: an order that could not be created then was waiting."""
    state = OrderState.RECORDED
    for entry in timeline:
        is_effective = entry.state is EffectState.EFFECTIVE
        if is_effective and _is_cancelling(entry):
            state = OrderState.CANCELLED
        elif entry.operation is Operation.CONFIRM_SHIPMENT and is_effective:
            state = OrderState.SHIPPED
        elif entry.operation is Operation.CREATE_ORDER and is_effective:
            state = OrderState.IMPORTED
        elif entry.operation is Operation.CREATE_ORDER and entry.state in _FAILED:
            state = OrderState.WAITING
    return state


def _is_cancelling(entry: LogEntry) -> bool:
    """Whether the entry says that the whole order is cancelled, on both sides."""
    is_whole = entry.key.endswith(f"/{WHOLE}")
    return is_whole or entry.operation is Operation.ACKNOWLEDGE_ORDER
