"""ORDER_CHANGE notifications, payload version 1.0: what would lie in the seller's queue.

Nothing is delivered from here: whoever watches the sandbox takes the messages from its admin port
and puts them into a queue of their own.
"""

from __future__ import annotations

from datetime import datetime

from sandbox.amazon.notifications.book import NotificationBook, Subscription
from sandbox.amazon.orders.order import (
    CANCELLED,
    MERCHANT,
    PARTIALLY_SHIPPED,
    PENDING,
    PENDING_AVAILABILITY,
    SHIPPED,
    UNFULFILLABLE,
    UNSHIPPED,
    Order,
    OrderLine,
)
from sandbox.amazon.wire import Json, timestamp

ORDER_CHANGE = "ORDER_CHANGE"
_APPLICATION_ID = "amzn1.sp.solution.00000000-0000-4000-8000-000000000000"
_STATUSES = {
    PENDING_AVAILABILITY: "PendingAvailability",
    PENDING: "Pending",
    UNSHIPPED: "Unshipped",
    PARTIALLY_SHIPPED: "PartiallyShipped",
    SHIPPED: "Shipped",
    CANCELLED: "Canceled",
    UNFULFILLABLE: "Unfulfillable",
}


def tell_of_change(book: NotificationBook, seller_id: str, order: Order, moment: datetime) -> None:
    """Send each subscriber one message, or as many as the order is to have: none is a loss."""
    for subscription in book.subscriptions(ORDER_CHANGE):
        notification_id = book.next_notification_id()
        message = _message(notification_id, subscription, seller_id, order, moment)
        for _ in range(order.notices):
            book.sent.append(message)


def _message(
    notification_id: str,
    subscription: Subscription,
    seller_id: str,
    order: Order,
    moment: datetime,
) -> Json:
    return {
        "NotificationVersion": "1.0",
        "NotificationType": ORDER_CHANGE,
        "PayloadVersion": subscription.payload_version,
        "EventTime": timestamp(moment),
        "Payload": {
            "OrderChangeNotification": {
                "NotificationLevel": "OrderLevel",
                "SellerId": seller_id,
                "AmazonOrderId": order.order_id,
                "OrderChangeType": "OrderStatusChange",
                "OrderChangeTrigger": {
                    "TimeOfOrderChange": timestamp(moment),
                    "ChangeReason": "Order Status Change",
                },
                "Summary": _summary(order),
            }
        },
        "NotificationMetadata": {
            "ApplicationId": _APPLICATION_ID,
            "SubscriptionId": subscription.subscription_id,
            "PublishTime": timestamp(moment),
            "NotificationId": notification_id,
        },
    }


def _summary(order: Order) -> Json:
    return {
        "MarketplaceId": order.marketplace_id,
        "OrderStatus": _STATUSES[order.status],
        "PurchaseDate": timestamp(order.created_at),
        "DestinationPostalCode": order.recipient.get("postalCode") if order.is_paid else None,
        "FulfillmentType": "MFN" if order.fulfilled_by == MERCHANT else "AFN",
        "OrderType": "StandardOrder",
        "OrderPrograms": list(order.programs),
        "OrderItems": [_item(order, line) for line in order.lines],
    }


def _item(order: Order, line: OrderLine) -> Json:
    return {
        "OrderItemId": line.order_item_id,
        "SellerSKU": line.sku,
        "SupplySourceId": None,
        "Quantity": line.quantity,
        "QuantityShipped": order.shipped_quantity(line.order_item_id),
    }
