"""Feeds of order acknowledgements: POST_ORDER_ACKNOWLEDGEMENT_DATA.

The one way in which a seller's program cancels an order: Orders API 2026-01-01 has no call for it.
Messages follow OrderAcknowledgement.xsd. Amazon cancels an order whose every item is named with a
reason under the status Failure.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from xml.etree.ElementTree import Element, ParseError, SubElement, fromstring, tostring

from affluent.domain.cancellation import Acknowledgement, AcknowledgementReport
from affluent.domain.feed import Feed
from connectors.amazon.documents import Documents
from connectors.amazon.feed_queue import FeedKind, FeedQueue
from connectors.http.exchange import malformed
from connectors.http.transport import HttpClient

_KIND: Final = FeedKind("POST_ORDER_ACKNOWLEDGEMENT_DATA", "text/xml; charset=UTF-8")
_VERSION: Final = "1.01"
_FAILURE: Final = "Failure"
_ERROR: Final = "Error"


class OrderAcknowledgements(FeedQueue):
    """The port AcknowledgementsPort for one seller."""

    def __init__(self, client: HttpClient, documents: Documents, seller_id: str) -> None:
        super().__init__(client, documents, _KIND)
        self._seller_id = seller_id

    def upload(self, messages: Sequence[Acknowledgement]) -> str:
        """A document of these cancellations; answers its id. Nothing takes effect yet."""
        return self.put_up(_document(messages, self._seller_id))

    def report(self, feed: Feed) -> AcknowledgementReport:
        """The processing report of a feed that is done; NotFound where it has none."""
        answer, content = self.report_of(feed)
        try:
            return AcknowledgementReport(_refusals(fromstring(content)))
        except (ParseError, ValueError) as error:
            raise malformed(answer.call, answer.status, answer.request_id, error) from error


def _document(messages: Sequence[Acknowledgement], seller_id: str) -> bytes:
    envelope = Element("AmazonEnvelope")
    header = SubElement(envelope, "Header")
    SubElement(header, "DocumentVersion").text = _VERSION
    SubElement(header, "MerchantIdentifier").text = seller_id
    SubElement(envelope, "MessageType").text = "OrderAcknowledgement"
    for message in messages:
        _add(envelope, message)
    content: bytes = tostring(envelope, encoding="UTF-8", xml_declaration=True)
    return content


def _add(envelope: Element, message: Acknowledgement) -> None:
    wrapper = SubElement(envelope, "Message")
    SubElement(wrapper, "MessageID").text = str(message.message_id)
    acknowledgement = SubElement(wrapper, "OrderAcknowledgement")
    SubElement(acknowledgement, "AmazonOrderID").text = message.order_id
    SubElement(acknowledgement, "StatusCode").text = _FAILURE
    for item_id in message.order_item_ids:
        item = SubElement(acknowledgement, "Item")
        SubElement(item, "AmazonOrderItemCode").text = item_id
        SubElement(item, "CancelReason").text = message.reason.value


def _refusals(envelope: Element) -> dict[int, str]:
    """Amazon's words on each message that it refused."""
    return {
        int(result.findtext("MessageID") or 0): result.findtext("ResultDescription") or _ERROR
        for result in envelope.iter("Result")
        if result.findtext("ResultCode") == _ERROR
    }
