"""The token buckets: one for each usage plan and selling partner, on the sandbox's clock."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.amazon.usage_plans import USAGE_PLANS, UsagePlan
from sandbox.clock import SandboxClock


@dataclass
class _Bucket:
    tokens: float
    filled_at: float


class Throttle:
    """Takes one token a request; lets everything pass where quotas are off."""

    def __init__(self, clock: SandboxClock, *, enabled: bool) -> None:
        self._clock = clock
        self._enabled = enabled
        self._buckets: dict[tuple[str, str], _Bucket] = {}

    def admits(self, plan_name: str, seller_id: str) -> bool:
        """Take a token, or say no when the bucket is empty."""
        if not self._enabled:
            return True
        plan = USAGE_PLANS[plan_name]
        bucket = self._filled(plan_name, seller_id, plan)
        if bucket.tokens < 1:
            return False
        bucket.tokens -= 1
        return True

    def _filled(self, plan_name: str, seller_id: str, plan: UsagePlan) -> _Bucket:
        now = self._clock.seconds()
        bucket = self._buckets.setdefault((plan_name, seller_id), _Bucket(plan.burst, now))
        bucket.tokens = min(plan.burst, bucket.tokens + (now - bucket.filled_at) * plan.rate)
        bucket.filled_at = now
        return bucket
