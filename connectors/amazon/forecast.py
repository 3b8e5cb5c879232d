"""How long Amazon takes for a batch: by its usage plans as they stand now, singly or as a feed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from affluent.domain.forecast import Forecast, Foretold, ForetoldCalls, feed_seconds
from affluent.domain.plan import LISTING_WRITES, Change, Operation
from connectors.amazon.usage_plans import plan_of
from connectors.http.token_buckets import TokenBuckets

#: The call that carries a change. What is missing here is not written to Amazon.
_OPERATIONS: Final = {
    Operation.PUT_LISTING: "putListingsItem",
    Operation.PATCH_OFFER: "patchListingsItem",
    Operation.DELETE_LISTING: "deleteListingsItem",
    Operation.CONFIRM_SHIPMENT: "confirmShipment",
}
_LISTINGS_A_SEARCH: Final = 20
_MESSAGES_A_FEED: Final = 25_000
_POLL_SECONDS: Final = 15.0


class Forecasts:
    """The port ForecastPort for one account."""

    def __init__(self, quota: TokenBuckets) -> None:
        self._quota = quota

    def of(self, changes: Sequence[Change]) -> Foretold:
        """Both ways from the buckets' present state, at the rates that are now believed."""
        written = [change for change in changes if change.operation in _OPERATIONS]
        listings = sum(change.operation in LISTING_WRITES for change in written)
        reading = self._calls(
            {
                "searchListingsItems": _parts(listings, _LISTINGS_A_SEARCH),
                "getOrder": len(_confirmed_orders(written)),
            }
        )
        return Foretold(
            singly=Forecast((*self._writes(written), *reading)),
            as_feed=self._feed(len(written), reading),
        )

    def calls(self, operation: str, count: int) -> ForetoldCalls:
        """So many calls of one operation, at the rates that are now believed."""
        return ForetoldCalls(operation, count, self._quota.seconds_for({operation: count}))

    def _writes(self, changes: Sequence[Change]) -> list[ForetoldCalls]:
        by_operation: dict[str, Counter[str]] = {}
        for change in changes:
            operation = _OPERATIONS[change.operation]
            plans = by_operation.setdefault(operation, Counter())
            plans[plan_of(operation, change.payload)] += 1
        return [
            ForetoldCalls(operation, plans.total(), self._quota.seconds_for(plans))
            for operation, plans in by_operation.items()
        ]

    def _feed(self, messages: int, reading: Sequence[ForetoldCalls]) -> Forecast:
        full, rest = divmod(messages, _MESSAGES_A_FEED)
        sizes = [_MESSAGES_A_FEED] * full + [rest] * bool(rest)
        feeds, processing = len(sizes), sum(map(feed_seconds, sizes))
        calls = self._calls({"createFeedDocument": feeds, "createFeed": feeds})
        asking = ForetoldCalls("getFeed", int(processing // _POLL_SECONDS), 0.0)
        results = self._calls({"getFeedDocument": feeds})
        return Forecast((*calls, asking, *results, *reading), processing)

    def _calls(self, counts: Mapping[str, int]) -> list[ForetoldCalls]:
        return [self.calls(operation, count) for operation, count in counts.items() if count]


def _confirmed_orders(changes: Sequence[Change]) -> set[str]:
    """The orders whose packages are read back, each once."""
    confirmations = (one for one in changes if one.operation is Operation.CONFIRM_SHIPMENT)
    return {one.payload["order_id"] for one in confirmations}


def _parts(count: int, size: int) -> int:
    """How many parts of a size so many make."""
    return -(-count // size)
