"""How each operation is called, and how what it answers is checked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from amazon_by_example import Json, marketplace_in
from amazon_facts import (
    Facts,
    destination_facts,
    feed_facts,
    item_facts,
    listing_facts,
    match_facts,
    order_facts,
    report_facts,
    restriction_facts,
    submission_facts,
    subscription_facts,
)

from affluent.domain.account import AccountState
from affluent.domain.feed import Feed, FeedStatus
from affluent.domain.listing import Definition, Requirements
from affluent.domain.notification import SqsQueue
from affluent.domain.plan import Change, Operation
from connectors.amazon.account import AmazonAccount
from connectors.amazon.listing_filter import ListingFilter
from tests.builders.listings import deletion

NOW = datetime(2026, 11, 24, tzinfo=UTC)
QUEUE = SqsQueue("arn:aws:sqs:us-east-2:444455556666:queue1")
ORDERS = "ORDER_CHANGE"

Call = Callable[[AmazonAccount, Any], Any]


@dataclass(frozen=True)
class Reading:
    """`call` is told the answer that will come; `facts` pairs what was read with what was told."""

    call: Call
    facts: Callable[[Any, Any], Facts]


def change(operation: Operation) -> Change:
    return Change(operation, "us", "ATVPDKIKX0DER", "A/1", after={}, why="", payload={})


def match_barcodes(account: AmazonAccount, body: Json) -> Any:
    marketplace_id = marketplace_in(body)
    barcodes = [
        one["identifier"]
        for item in body["items"]
        for group in item["identifiers"]
        for one in group["identifiers"]
    ]
    return list(account.catalog_items.match(marketplace_id, barcodes))


def known_definition(account: AmazonAccount, body: Json) -> Any:
    checksum = body["schema"]["checksum"]
    known = Definition("LUGGAGE", Requirements.LISTING, "ATVPDKIKX0DER", checksum, {})
    read = account.product_types.definition(
        "ATVPDKIKX0DER", "LUGGAGE", Requirements.LISTING, known=known
    )
    return read.schema is known.schema


def participants(body: Json) -> tuple[str, ...]:
    return tuple(
        one["marketplace"]["id"]
        for one in body["payload"]
        if one["participation"]["isParticipating"]
    )


def orders_of(account: AmazonAccount, _: Any) -> Any:
    return next(account.orders.updated_since(["ATVPDKIKX0DER"], NOW)).orders


READINGS: dict[str, Reading] = {
    "getMarketplaceParticipations": Reading(
        lambda account, _: account.sellers.state(),
        lambda read, body: [(read, (AccountState.ACTIVE, participants(body)))],
    ),
    "searchDefinitionsProductTypes": Reading(
        lambda account, _: account.product_types.search("ATVPDKIKX0DER", keywords=["bag"]),
        lambda read, body: [
            (
                [(one.name, one.display_name) for one in read],
                [(one["name"], one["displayName"]) for one in body["productTypes"]],
            )
        ],
    ),
    "getDefinitionsProductType": Reading(known_definition, lambda read, _: [(read, True)]),
    "getListingsRestrictions": Reading(
        lambda account, _: account.restrictions.of("ATVPDKIKX0DER", "B01"), restriction_facts
    ),
    "searchCatalogItems": Reading(match_barcodes, match_facts),
    "getCatalogItem": Reading(
        lambda account, body: account.catalog_items.item(marketplace_in(body), body["asin"]),
        item_facts,
    ),
    "putListingsItem": Reading(
        lambda account, _: account.listings.put(change(Operation.PUT_LISTING)), submission_facts
    ),
    "patchListingsItem": Reading(
        lambda account, _: account.listings.patch(change(Operation.PATCH_OFFER)), submission_facts
    ),
    "deleteListingsItem": Reading(
        lambda account, _: account.listings.delete(deletion("A/1")), submission_facts
    ),
    "getListingsItem": Reading(
        lambda account, body: next(account.listings.find(marketplace_in(body), ["with, comma"])),
        listing_facts,
    ),
    "searchListingsItems": Reading(
        lambda account, body: next(account.listings.search(marketplace_in(body), ListingFilter())),
        lambda read, body: listing_facts(read, body["items"][0]),
    ),
    "createFeedDocument": Reading(
        lambda account, _: account.feeds.upload([]),
        lambda read, body: [(read, body["feedDocumentId"])],
    ),
    "createFeed": Reading(
        lambda account, _: account.feeds.create("d1", "ATVPDKIKX0DER"),
        lambda read, body: [(read, body["feedId"])],
    ),
    "getFeeds": Reading(
        lambda account, _: next(account.feeds.search()),
        lambda read, body: feed_facts(read, body["feeds"][0]),
    ),
    "getFeed": Reading(lambda account, _: account.feeds.status("f1"), feed_facts),
    "cancelFeed": Reading(
        lambda account, _: account.feeds.cancel("f1"), lambda read, _: [(read, None)]
    ),
    "getFeedDocument": Reading(
        lambda account, _: account.feeds.report(Feed("f1", FeedStatus.DONE, "d1")),
        lambda read, _: [(read.processed, 4)],
    ),
    "getReports": Reading(
        lambda account, _: next(account.reports.search(NOW)),
        lambda read, body: report_facts(read, body["reports"][0]),
    ),
    "cancelReport": Reading(
        lambda account, _: account.reports.cancel("r1"), lambda read, _: [(read, None)]
    ),
    "searchOrders": Reading(
        orders_of,
        lambda read, body: [
            fact
            for order, told in zip(read, body["orders"], strict=True)
            for fact in order_facts(order, told)
        ],
    ),
    "getOrder": Reading(
        lambda account, _: account.orders.order("1"),
        lambda read, body: order_facts(read, body["order"]),
    ),
    "createDestination": Reading(
        lambda account, _: account.notifications.create_destination("ours", QUEUE),
        lambda read, body: destination_facts(read, body["payload"]),
    ),
    "getDestination": Reading(
        lambda account, _: account.notifications.destination("d1"),
        lambda read, body: destination_facts(read, body["payload"]),
    ),
    "getDestinations": Reading(
        lambda account, _: account.notifications.destinations(),
        lambda read, body: destination_facts(read[0], body["payload"][0]),
    ),
    "deleteDestination": Reading(
        lambda account, _: account.notifications.delete_destination("d1"),
        lambda read, _: [(read, None)],
    ),
    "createSubscription": Reading(
        lambda account, _: account.notifications.subscribe(ORDERS, "d1", "1.0"),
        subscription_facts,
    ),
    "getSubscription": Reading(
        lambda account, _: account.notifications.subscription(ORDERS), subscription_facts
    ),
    "getSubscriptionById": Reading(
        lambda account, _: account.notifications.subscription_by_id(ORDERS, "s1"),
        subscription_facts,
    ),
    "deleteSubscriptionById": Reading(
        lambda account, _: account.notifications.unsubscribe(ORDERS, "s1"),
        lambda read, _: [(read, None)],
    ),
}
