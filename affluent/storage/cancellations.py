"""Which orders show a cancellation that is not followed yet."""

from __future__ import annotations

from typing import Final

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from affluent.domain.cancellation import WHOLE
from affluent.domain.effect import Effect, EffectState
from affluent.domain.order import OrderState, OrderStatus, RecordedOrder
from affluent.domain.plan import Operation
from affluent.storage.effect_rows import effect_from
from affluent.storage.orders import order_from
from affluent.storage.tables import EffectRow, OrderRow

_FOLLOWING: Final = (Operation.UPDATE_ORDER, Operation.RECORD_ORDER)
_ENDED: Final = (EffectState.EFFECTIVE, EffectState.REFUSED, EffectState.IGNORED)
_NEVER_LEFT: Final = (EffectState.SUPERSEDED, EffectState.REFUSED)


class SqlCancellations:
    """The Cancellations of affluent.ports.orders."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def to_follow(self, account: str) -> list[RecordedOrder]:
        """Orders in the store of which Amazon shows a cancellation: of the whole, until their
        ledger has an end of it; of some lines or a wish for it, as long as they are not shipped."""
        is_followed = (
            select(EffectRow.id)
            .where(
                EffectRow.key == OrderRow.order_id + f"/{WHOLE}",
                EffectRow.account == OrderRow.account,
                EffectRow.operation.in_(_FOLLOWING),
                EffectRow.state.in_(_ENDED),
            )
            .exists()
        )
        statement = (
            select(OrderRow)
            .where(
                OrderRow.account == account,
                OrderRow.store_order_id.is_not(None),
                or_(
                    and_(OrderRow.status == OrderStatus.CANCELLED, ~is_followed),
                    and_(OrderRow.has_cancellations, OrderRow.state == OrderState.IMPORTED),
                ),
            )
            .order_by(OrderRow.created_at, OrderRow.order_id)
        )
        return [order_from(row) for row in self._session.scalars(statement)]

    def begun(self, account: str) -> list[tuple[RecordedOrder, Effect]]:
        """Orders that Amazon cancelled though their creation in the store had begun, and that are
        not known to be there: each with that creation."""
        statement = (
            select(OrderRow, EffectRow)
            .join(
                EffectRow,
                and_(EffectRow.key == OrderRow.order_id, EffectRow.account == OrderRow.account),
            )
            .where(
                OrderRow.account == account,
                OrderRow.state == OrderState.CANCELLED,
                OrderRow.store_order_id.is_(None),
                EffectRow.operation == Operation.CREATE_ORDER,
                EffectRow.state.not_in(_NEVER_LEFT),
            )
            .order_by(OrderRow.created_at, OrderRow.order_id)
        )
        rows = self._session.execute(statement).tuples()
        return [(order_from(order), effect_from(effect)) for order, effect in rows]
