"""Amazon's feeds of order acknowledgements: worked off after a while, each message by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from affluent.domain.cancellation import Acknowledgement, AcknowledgementReport
from affluent.domain.feed import Feed, FeedStatus
from affluent.domain.order import OrderStatus
from tests.fakes.amazon_orders import FakeAmazonOrders
from tests.fakes.clock import FakeClock
from tests.fakes.wire import Wire


class FakeAcknowledgements:
    """Feeds that end in `ending` after `seconds`; `drops` of the next messages are forgotten.

    `failures` are raised once a feed was created: its answer is lost. `cancelled` are the order ids
    of every message that cancelled an order, `asked` of every message that came.
    """

    def __init__(self, clock: FakeClock, wire: Wire, orders: FakeAmazonOrders) -> None:
        self.seconds = 30.0
        self.ending = FeedStatus.DONE
        self.drops = 0
        self.failures: list[Exception] = []
        self.asked: list[str] = []
        self.cancelled: list[str] = []
        self.reasons: list[str] = []
        self._documents: list[Sequence[Acknowledgement]] = []
        self._feeds: dict[str, tuple[Sequence[Acknowledgement], datetime]] = {}
        self._reports: dict[str, dict[int, str]] = {}
        self._clock, self._wire, self._orders = clock, wire, orders
        orders.catch_up = self.work_off

    def upload(self, messages: Sequence[Acknowledgement]) -> str:
        with self._wire.request("upload acknowledgements"):
            self._documents.append(messages)
        return str(len(self._documents) - 1)

    def create(self, document_id: str, marketplace_id: str) -> str:
        with self._wire.request("acknowledge"):
            messages = self._documents[int(document_id)]
            feed_id = f"acknowledgements-{len(self._feeds)}"
            due = self._clock.now() + timedelta(seconds=self.seconds)
            self._feeds[feed_id] = (messages, due)
            self.asked += [message.order_id for message in messages]
            self.reasons += [message.reason.value for message in messages]
            if self.failures:
                raise self.failures.pop(0)
        return feed_id

    def status(self, feed_id: str) -> Feed:
        with self._wire.request("acknowledgements' status"):
            self.work_off()
            is_over = feed_id in self._reports
            return Feed(feed_id, self.ending if is_over else FeedStatus.IN_QUEUE, "report")

    def unfinished(self) -> tuple[Feed, ...]:
        with self._wire.request("unfinished acknowledgements"):
            self.work_off()
            left = self._feeds.keys() - self._reports.keys()
            return tuple(Feed(feed_id, FeedStatus.IN_QUEUE) for feed_id in sorted(left))

    def report(self, feed: Feed) -> AcknowledgementReport:
        with self._wire.request("acknowledgements' report"):
            return AcknowledgementReport(self._reports[feed.feed_id])

    def work_off(self) -> None:
        """Let take effect what is due by now."""
        for feed_id, (messages, due) in self._feeds.items():
            if due <= self._clock.now() and feed_id not in self._reports:
                self._reports[feed_id] = {}
                for message in messages if self.ending is FeedStatus.DONE else ():
                    self._carry_out(message, self._reports[feed_id])

    def _carry_out(self, message: Acknowledgement, report: dict[int, str]) -> None:
        order = self._orders.orders[message.order_id]
        if order.status is not OrderStatus.UNSHIPPED:
            report[message.message_id] = f"It is {order.status}."
        elif self.drops:
            self.drops -= 1
        else:
            self.cancelled.append(message.order_id)
            self._orders.place(replace(order, status=OrderStatus.CANCELLED))
