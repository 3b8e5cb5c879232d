"""Which flow runs an event asks for, by the names of their deployments in prefect.yaml."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from affluent.domain.account import Account
from affluent.hooks.event import HookEvent, HookKind

#: Shipped, Partially Shipped, Completed.
_SHIPPED: Final = (2, 3, 10)
_STATUS_UPDATED: Final = "store/order/statusUpdated"

#: Deployments that run side by side, and after them the next ones.
Stages = tuple[tuple[str, ...], ...]


class Course(StrEnum):
    """What is to be brought to Amazon, or into the store."""

    OFFERS = "offers"
    WAITING_ORDERS = "waiting orders"
    SHIPMENTS = "shipments"


def courses_of(event: HookEvent) -> tuple[Course, ...]:
    """What an event asks for: an order of the store has moved stock, or has been shipped."""
    match event.kind:
        case HookKind.PRODUCT:
            return (Course.OFFERS,)
        case HookKind.STOCK:
            return (Course.OFFERS, Course.WAITING_ORDERS)
        case HookKind.SHIPMENT:
            return (Course.SHIPMENTS,)
        case HookKind.ORDER:
            return _courses_of_order(event)
        case HookKind.OTHER:
            return ()


def stages_of(course: Course, accounts: Sequence[Account]) -> Stages:
    """The deployments of a course, for every account and marketplace."""
    if course is Course.SHIPMENTS:
        return (tuple(f"confirm-shipments/{account.name}" for account in accounts),)
    if course is Course.WAITING_ORDERS:
        return (tuple(f"retry-orders/{account.name}" for account in accounts),)
    # Side by side: a sync may have to wait for another run of its account, a rush never does.
    offers = (
        f"{flow}/{account.name}-{marketplace.country}"
        for account in accounts
        for marketplace in account.marketplaces
        for flow in ("rush-offers", "sync-offers")
    )
    return (("extract-catalog/incremental",), tuple(offers))


def _courses_of_order(event: HookEvent) -> tuple[Course, ...]:
    if event.scope != _STATUS_UPDATED:
        return (Course.OFFERS,)
    if event.status_id is None:
        return (Course.OFFERS, Course.SHIPMENTS)
    return (Course.SHIPMENTS,) if event.status_id in _SHIPPED else (Course.OFFERS,)
