"""The safe: orders that are not in the store yet, with their buyers' data, sealed.

Without a key nothing is kept, and a waiting order is asked for again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from affluent.domain.order import TO_CREATE, AmazonOrder, OrderStatus, RecordedOrder
from affluent.domain.safekeeping import (
    SafekeepingRules,
    SealedOrder,
    buyer_shown,
    counted_from,
)
from affluent.ports.safekeeping import Sealer
from affluent.ports.storage import UnitOfWork
from affluent.privacy.form import order_of, text_of


@dataclass(frozen=True)
class Safe:
    """Where orders are kept until they are in the store; `sealer` is None where no key is."""

    sealer: Sealer | None = None
    rules: SafekeepingRules = field(default_factory=SafekeepingRules)

    def follow(
        self,
        account: str,
        shown: Iterable[tuple[AmazonOrder, RecordedOrder]],
        work: UnitOfWork,
        now: datetime,
    ) -> None:
        """Keep what Amazon shows of orders that are to be created, and let go of those that no
        longer are.

        What Amazon has withdrawn since stays as it was; what is older than what is kept, or past
        its time, is not kept.
        """
        listed = list(shown)
        over = [order.order_id for order, record in listed if not self._wants(record)]
        work.buyers.forget(account, over)
        if self.sealer is None:
            return
        kept = work.buyers.of(account, [order.order_id for order, _ in listed])
        work.buyers.save(
            [
                sealed
                for order, record in listed
                if self._wants(record)
                and (record.state in TO_CREATE or order.order_id in kept)
                and (sealed := self._renewed(self.sealer, account, order, kept, now))
            ]
        )

    def recall(
        self, account: str, order_ids: Sequence[str], work: UnitOfWork
    ) -> dict[str, AmazonOrder]:
        """Those of these orders that are kept and can be opened, by order id."""
        if self.sealer is None:
            return {}
        opened = {
            order_id: open_order(self.sealer, sealed)
            for order_id, sealed in work.buyers.of(account, order_ids).items()
        }
        return {order_id: order for order_id, order in opened.items() if order is not None}

    def release(self, record: RecordedOrder, work: UnitOfWork) -> None:
        """Let go of an order that is not to be created any more."""
        if not self._wants(record):
            work.buyers.forget(record.account, [record.order_id])

    def _wants(self, record: RecordedOrder) -> bool:
        return record.state in self.rules.wanted

    def _renewed(
        self,
        sealer: Sealer,
        account: str,
        order: AmazonOrder,
        kept: dict[str, SealedOrder],
        now: datetime,
    ) -> SealedOrder | None:
        """The order as it is to be kept from now on; None where what is kept is right already."""
        sealed = kept.get(order.order_id)
        before = open_order(sealer, sealed) if sealed else None
        since = counted_from(order)
        if sealed and before:
            buyer, recipient = buyer_shown(order, before)
            order = replace(order, buyer=buyer, recipient=recipient)
            if order == before or order.last_updated_at < before.last_updated_at:
                return None
            if before.status is OrderStatus.SHIPPED:
                since = sealed.counted_from
        if self.rules.is_over(since, now):
            return None
        return seal_order(sealer, account, order, now, since)


#: Where no key is named, and nothing is kept.
NOTHING_KEPT: Final = Safe()


def seal_order(
    sealer: Sealer, account: str, order: AmazonOrder, stored_at: datetime, since: datetime
) -> SealedOrder:
    """The order, sealed with the newest key for this account and order id alone."""
    content = sealer.seal(owner_of(account, order.order_id), text_of(order))
    return SealedOrder(account, order.order_id, sealer.newest, content, stored_at, since)


def open_order(sealer: Sealer, sealed: SealedOrder) -> AmazonOrder | None:
    """The order; None where it cannot be read, so that Amazon must be asked for it again."""
    text = sealer.open(owner_of(sealed.account, sealed.order_id), sealed.key_id, sealed.content)
    return None if text is None else order_of(text)


def owner_of(account: str, order_id: str) -> str:
    """What a sealed order is bound to."""
    return f"{account}\n{order_id}"
