"""Recording Amazon's orders: the first of two stages. Nothing is created here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from affluent.domain.account import Account
from affluent.domain.errors import Refused
from affluent.domain.order import TO_CREATE, AmazonOrder, OrderPage, RecordedOrder
from affluent.orders.plan import record_order
from affluent.submissions.context import Sender

#: Orders are searched again over this span, because Amazon is seen to show some late.
_OVERLAP: Final = timedelta(minutes=10)


@dataclass(frozen=True)
class Recorded:
    """What a search brought: how many orders Amazon showed, and those still to be created.

    The orders hold buyers' data; they live in memory and nowhere else.
    """

    read: int
    orders: dict[str, AmazonOrder]
    known: dict[str, RecordedOrder]


def record_orders(account: Account, sender: Sender, first: timedelta) -> Recorded:
    """Search what was updated since the cursor, keep it, and gather what is to be created.

    Orders that wait from earlier runs are asked for again, one by one: we keep no addresses.
    """
    name = f"orders/{account.name}"
    with sender.units() as work:
        cursor = work.cursors.get(name)
    since = cursor - _OVERLAP if cursor else sender.clock.now() - first
    marketplaces = [row.marketplace_id for row in account.marketplaces]
    fetched: dict[str, AmazonOrder] = {}
    for page in sender.amazon.orders.updated_since(marketplaces, since):
        _keep(page, account, sender)
        fetched |= {order.order_id: order for order in page.orders}
        cursor = page.updated_before
        sender.progress.show("orders read", len(fetched))
    if cursor is not None:
        with sender.units() as work:
            work.cursors.set(name, cursor)
            work.commit()
    return _to_create(fetched, account, sender)


def _keep(page: OrderPage, account: Account, sender: Sender) -> None:
    with sender.units() as work:
        known = ((order, work.orders.get(account.name, order.order_id)) for order in page.orders)
        records = [
            record_order(order, before, account.name, account.order_types)
            for order, before in known
        ]
        work.orders.save(records, sender.clock.now())
        work.commit()


def _to_create(fetched: dict[str, AmazonOrder], account: Account, sender: Sender) -> Recorded:
    with sender.units() as work:
        waiting = work.orders.in_states(account.name, TO_CREATE)
    orders = dict(_with_details(waiting, fetched, sender))
    return Recorded(
        read=len(fetched),
        orders=orders,
        known={one.order_id: one for one in waiting if one.order_id in orders},
    )


def _with_details(
    waiting: Iterable[RecordedOrder], fetched: dict[str, AmazonOrder], sender: Sender
) -> Iterable[tuple[str, AmazonOrder]]:
    for record in waiting:
        try:
            order = fetched.get(record.order_id) or sender.amazon.orders.order(record.order_id)
        except Refused:
            continue
        if order.status.is_paid:
            yield record.order_id, order
