"""What a world does about cancellations."""

from __future__ import annotations

from affluent.cancellations.apply import apply_cancellations
from affluent.cancellations.extract import gather_cancellations, remember
from affluent.cancellations.gate import gate_cancellations
from affluent.cancellations.plan import plan_cancellations
from affluent.cancellations.verify import verify_cancellations
from affluent.domain.cancellation import CancellationPolicy
from affluent.domain.plan import Gated
from affluent.submissions.context import Sender
from tests.fakes.store import FakeStore


class Cancelling:
    """The part of a world that follows cancellations."""

    store: FakeStore
    told: tuple[str, ...]
    cancellation_policy = CancellationPolicy()

    def sender(self) -> Sender:
        raise NotImplementedError

    def follow_cancellations(self) -> Gated:
        """follow_cancellations; answers what was planned, passed and held."""
        sender, orders, policy = self.sender(), self.store.orders, self.cancellation_policy
        gathered = gather_cancellations(orders, sender)
        plan = plan_cancellations(gathered.orders, policy)
        gated = gate_cancellations(plan, gathered.orders, policy)
        apply_cancellations(gated, gathered.orders, self.store, sender)
        remember(gathered, sender)
        self.told = verify_cancellations(orders, sender)
        return gated
