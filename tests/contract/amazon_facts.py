"""What of an answer is used: what was read, paired with what was told, to be compared."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from amazon_by_example import Json, marketplace_in

Facts = list[tuple[Any, Any]]


def submission_facts(read: Any, body: Json) -> Facts:
    return [
        (read.sku, body["sku"]),
        (read.status, body["status"]),
        (read.submission_id, body["submissionId"]),
        *issue_facts(read.issues, body["issues"]),
    ]


def issue_facts(read: Any, issues: list[Json]) -> Facts:
    return [
        ([one.code for one in read], [one["code"] for one in issues]),
        ([one.message for one in read], [one["message"] for one in issues]),
        ([one.severity for one in read], [one["severity"] for one in issues]),
        (
            [list(one.attribute_names) for one in read],
            [one.get("attributeNames") or [] for one in issues],
        ),
        ([list(one.categories) for one in read], [one.get("categories") or [] for one in issues]),
    ]


def listing_facts(read: Any, body: Json) -> Facts:
    marketplace_id = marketplace_in(body)
    [summary] = [one for one in body["summaries"] if one["marketplaceId"] == marketplace_id]
    facts = [
        (read.sku, body["sku"]),
        (read.asin, summary["asin"]),
        (read.product_type, summary["productType"]),
        (read.title, summary["itemName"]),
        (sorted(read.statuses), sorted(summary["status"])),
        *issue_facts(read.issues, body.get("issues", [])),
    ]
    for offer in body.get("offers", []):
        if (offer["offerType"], offer["marketplaceId"]) == ("B2C", marketplace_id):
            price = offer["price"]
            facts.append((read.price.amount, Decimal(str(price["amount"]))))
            facts.append((read.price.currency, price["currencyCode"]))
    for availability in body.get("fulfillmentAvailability", []):
        facts.append((read.channel, availability["fulfillmentChannelCode"]))
        facts.append((read.quantity, availability.get("quantity")))
    return facts


def order_facts(read: Any, body: Json) -> Facts:
    fulfilment = body.get("fulfillment", {})
    address = body.get("recipient", {}).get("deliveryAddress", {})
    facts = [
        (read.order_id, body["orderId"]),
        (read.created_at, datetime.fromisoformat(body["createdTime"])),
        (read.last_updated_at, datetime.fromisoformat(body["lastUpdatedTime"])),
        (read.marketplace_id, body["salesChannel"]["marketplaceId"]),
        (list(read.programs), body.get("programs", [])),
        (read.status.value, fulfilment.get("fulfillmentStatus", "UNKNOWN")),
        (read.fulfilled_by.name, fulfilment.get("fulfilledBy", "MERCHANT")),
        (read.buyer.name, body.get("buyer", {}).get("buyerName", "")),
        (read.buyer.email, body.get("buyer", {}).get("buyerEmail", "")),
        (read.recipient.name, address.get("name", "")),
        (read.recipient.city, address.get("city", "")),
        (read.recipient.postal_code, address.get("postalCode", "")),
        (read.recipient.country, address.get("countryCode", "")),
        (read.recipient.phone, address.get("phone", "")),
        (
            [package.tracking_number for package in read.packages],
            [package.get("trackingNumber", "") for package in body.get("packages", [])],
        ),
    ]
    for line, item in zip(read.lines, body["orderItems"], strict=True):
        facts += line_facts(line, item)
    return facts


def line_facts(line: Any, item: Json) -> Facts:
    product = item["product"]
    facts = [
        (line.order_item_id, item["orderItemId"]),
        (line.quantity, item["quantityOrdered"]),
        (line.quantity_shipped, item.get("fulfillment", {}).get("quantityFulfilled", 0)),
        (line.asin, product.get("asin", "")),
        (line.sku, product.get("sellerSku", "")),
        (line.title, product.get("title", "")),
    ]
    if unit_price := product.get("price", {}).get("unitPrice"):
        facts.append((line.unit_price.amount, Decimal(unit_price["amount"])))
        facts.append((line.unit_price.currency, unit_price["currencyCode"]))
    subtotals = {"SHIPPING": line.shipping, "GIFT_WRAP": line.gift_wrap}
    for entry in item.get("proceeds", {}).get("breakdowns", []):
        if entry["type"] in subtotals:
            facts.append((subtotals[entry["type"]].amount, Decimal(entry["subtotal"]["amount"])))
    return facts


def match_facts(read: Any, body: Json) -> Facts:
    [item] = body["items"]
    [summary] = item["summaries"]
    return [
        ({one.asin for one in read}, {item["asin"]}),
        ({one.brand for one in read}, {summary["brand"]}),
        ({one.item_name for one in read}, {summary["itemName"]}),
        ({one.product_type for one in read}, {item["productTypes"][0]["productType"]}),
    ]


def item_facts(read: Any, body: Json) -> Facts:
    identifiers = [
        (one["identifierType"], one["identifier"])
        for group in body.get("identifiers", [])
        for one in group["identifiers"]
    ]
    return [
        (read.asin, body["asin"]),
        (read.brand, body["summaries"][0].get("brand", "")),
        (read.item_name, body["summaries"][0].get("itemName", "")),
        (read.product_type, body["productTypes"][0]["productType"]),
        (sorted((k, v) for k, vs in read.identifiers.items() for v in vs), sorted(identifiers)),
    ]


def restriction_facts(read: Any, body: Json) -> Facts:
    expected = [
        (
            entry["marketplaceId"],
            entry["conditionType"],
            reason.get("reasonCode", "UNKNOWN"),
            reason["message"],
            tuple(link["resource"] for link in reason.get("links", [])),
        )
        for entry in body["restrictions"]
        for reason in entry["reasons"]
    ]
    return [([(r.marketplace_id, r.condition, r.reason, r.message, r.links) for r in read],
             expected)]  # fmt: skip


def feed_facts(read: Any, body: Json) -> Facts:
    return [
        (read.feed_id, body["feedId"]),
        (read.status, body["processingStatus"]),
        (read.report_document_id, body.get("resultFeedDocumentId", "")),
    ]


def report_facts(read: Any, body: Json) -> Facts:
    return [
        (read.report_id, body["reportId"]),
        (read.status, body["processingStatus"]),
        (read.document_id, body.get("reportDocumentId", "")),
        (read.created_at, datetime.fromisoformat(body["createdTime"])),
    ]


def destination_facts(read: Any, body: Json) -> Facts:
    return [
        (read.destination_id, body["destinationId"]),
        (read.name, body["name"]),
        (read.resource.arn, body["resource"]["sqs"]["arn"]),
    ]


def subscription_facts(read: Any, body: Json) -> Facts:
    payload = body["payload"]
    return [
        (read.subscription_id, payload["subscriptionId"]),
        (read.destination_id, payload["destinationId"]),
        (read.payload_version, payload["payloadVersion"]),
    ]
