"""POST_ORDER_ACKNOWLEDGEMENT_DATA: the one way in which a seller cancels an order.

An acknowledgement with the status Failure cancels the order; Success changes nothing. Messages
follow OrderAcknowledgement.xsd.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from sandbox.amazon.feeds.queue import Feed, UnreadableFeed
from sandbox.amazon.orders.order import CANCELLED, MERCHANT, UNSHIPPED, OrderBook
from sandbox.amazon.wire import NotFound

ORDER_ACKNOWLEDGEMENT = "POST_ORDER_ACKNOWLEDGEMENT_DATA"
SUCCESS = "Success"
FAILURE = "Failure"
DEFAULT_REASON = "GeneralAdjustment"


class _Refused(Exception):
    """One acknowledgement cannot be carried out; the text says why."""


@dataclass
class OrderAcknowledgementFeed:
    """The feed's messages, and the errors met while they are processed."""

    feed: Feed
    messages: list[Element]
    orders: OrderBook
    errors: list[tuple[str, str]] = field(default_factory=list)
    content_type: str = "text/xml; charset=UTF-8"

    @property
    def message_count(self) -> int:
        """How many messages there are."""
        return len(self.messages)

    def process(self, moment: datetime) -> float:
        """Carry out each acknowledgement."""
        for message in self.messages:
            try:
                self._acknowledge(message, moment)
            except _Refused as refusal:
                self.errors.append((message.findtext("MessageID", "0"), str(refusal)))
        return 0.0

    def report(self) -> bytes:
        """The processing report, as an AmazonEnvelope."""
        envelope = Element("AmazonEnvelope")
        SubElement(envelope, "MessageType").text = "ProcessingReport"
        message = SubElement(envelope, "Message")
        SubElement(message, "MessageID").text = "1"
        report = SubElement(message, "ProcessingReport")
        SubElement(report, "DocumentTransactionID").text = self.feed.feed_id
        SubElement(report, "StatusCode").text = "Complete"
        summary = SubElement(report, "ProcessingSummary")
        for name, number in self._counts().items():
            SubElement(summary, name).text = str(number)
        for message_id, description in self.errors:
            result = SubElement(report, "Result")
            SubElement(result, "MessageID").text = message_id
            SubElement(result, "ResultCode").text = "Error"
            SubElement(result, "ResultDescription").text = description
        content: bytes = ElementTree.tostring(envelope, encoding="UTF-8", xml_declaration=True)
        return content

    def _counts(self) -> dict[str, int]:
        return {
            "MessagesProcessed": len(self.messages),
            "MessagesSuccessful": len(self.messages) - len(self.errors),
            "MessagesWithError": len(self.errors),
            "MessagesWithWarning": 0,
        }

    def _acknowledge(self, message: Element, moment: datetime) -> None:
        acknowledgement = message.find("OrderAcknowledgement")
        if acknowledgement is None:
            raise _Refused("The message holds no OrderAcknowledgement.")
        status = acknowledgement.findtext("StatusCode")
        if status == SUCCESS:
            return
        if status != FAILURE:
            raise _Refused("StatusCode must be Success or Failure.")
        self._cancel(
            acknowledgement.findtext("AmazonOrderID", ""),
            acknowledgement.findtext("Item/CancelReason", DEFAULT_REASON),
            moment,
        )

    def _cancel(self, order_id: str, reason: str, moment: datetime) -> None:
        try:
            order = self.orders.get(order_id)
        except NotFound:
            raise _Refused(f"The order {order_id} does not exist.") from None
        if order.status != UNSHIPPED or order.fulfilled_by != MERCHANT:
            raise _Refused(f"The order {order_id} cannot be cancelled: it is {order.status}.")
        order.cancel_reason, order.cancelled_by = reason, MERCHANT
        order.change_to(CANCELLED, moment)


def read_order_acknowledgements(feed: Feed, orders: OrderBook) -> OrderAcknowledgementFeed:
    """Read the envelope of the feed. Raises UnreadableFeed."""
    try:
        envelope = ElementTree.fromstring(feed.input_document.content or b"")
    except ElementTree.ParseError as malformed:
        raise UnreadableFeed(feed.feed_id) from malformed
    if envelope.findtext("MessageType") != "OrderAcknowledgement":
        raise UnreadableFeed(feed.feed_id)
    return OrderAcknowledgementFeed(feed, envelope.findall("Message"), orders)
