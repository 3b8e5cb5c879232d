"""Cancellations and refunds, from either side to the other."""

from __future__ import annotations

from affluent.bootstrap import Application
from affluent.cancellations.apply import apply_cancellations
from affluent.cancellations.extract import Gathered, gather_cancellations, remember
from affluent.cancellations.verify import verify_cancellations
from affluent.domain.plan import Gated
from affluent.submissions.context import Sender
from tasks.runtime import reading, writing


@reading
def read_cancellations(application: Application, sender: Sender) -> Gathered:
    """Who cancelled or refunded what, on either side."""
    return gather_cancellations(application.store.orders, sender)


@writing
def follow(application: Application, gated: Gated, gathered: Gathered, sender: Sender) -> None:
    """Change the store's orders, and tell Amazon; each once."""
    apply_cancellations(gated, gathered.orders, application.store, sender)
    remember(gathered, sender)


@reading
def read_back(application: Application, sender: Sender) -> tuple[str, ...]:
    """Tells of the cancellations that Amazon does not show yet."""
    return verify_cancellations(application.store.orders, sender)
