"""The ASGI app: every operation of Amazon that the sandbox knows, at its real path."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from sandbox.amazon.catalog.catalog_items import CatalogItemsApi
from sandbox.amazon.catalog.restrictions import RestrictionsApi
from sandbox.amazon.fba_inventory import FbaInventoryApi
from sandbox.amazon.feeds.feeds import FeedsApi, create_feed_plan
from sandbox.amazon.gateway import DEFAULT_DIALECT, Dialect, Gateway, Handler
from sandbox.amazon.listings.listings_items import ListingsItemsApi
from sandbox.amazon.login import NOTIFICATIONS_SCOPE, LoginWithAmazon
from sandbox.amazon.notifications.notifications import NotificationsApi
from sandbox.amazon.orders.orders import OrdersApi
from sandbox.amazon.product_types.definitions import DefinitionsApi
from sandbox.amazon.reports.reports import ReportsApi
from sandbox.amazon.seller import SellersApi
from sandbox.amazon.state import AmazonState
from sandbox.amazon.throttling import Throttle
from sandbox.amazon.wire import error_list, json_response
from sandbox.clock import SandboxClock

BaseUrl = Callable[[], str]

CATALOG = "/catalog/2022-04-01/items"
DEFINITIONS = "/definitions/2020-09-01/productTypes"
FEEDS = "/feeds/2021-06-30"
LISTINGS = "/listings/2021-08-01"
NOTIFICATIONS = "/notifications/v1"
ORDERS = "/orders/2026-01-01/orders"
REPORTS = "/reports/2021-06-30"

LISTINGS_DIALECT = Dialect(bad_request_code="BAD_REQUEST")
RESTRICTIONS_DIALECT = Dialect(bad_request_code="BAD_REQUEST", has_bare_errors=True)


@dataclass(frozen=True)
class _Operation:
    """An operation with its method, path and handler; its name is Amazon's.

    A `scope` is that of the grantless token that it asks for.
    """

    name: str
    method: str
    path: str
    handler: Handler
    dialect: Dialect = DEFAULT_DIALECT
    scope: str | None = None


def create_app(
    state: AmazonState, clock: SandboxClock, *, quotas: bool, base_url: BaseUrl
) -> Starlette:
    """Amazon's Selling Partner API, its login and its documents.

    `base_url` gives the app's own public root, which stands before document and schema links.
    """
    login = LoginWithAmazon(clock, state.seller)
    throttle = Throttle(clock, enabled=quotas)
    gateway = Gateway(state.agenda, login, throttle, state.seller.seller_id)
    operations = [
        *_listing_operations(state, clock),
        *_definition_operations(state, base_url),
        *_feed_operations(state, clock, base_url),
        *_report_operations(state, clock, base_url),
        *_order_operations(state, clock),
        *_notification_operations(state),
    ]
    routes = [_route(gateway, operation) for operation in operations]
    app = Starlette(
        routes=[*_open_routes(gateway, login, state, base_url), *routes],
        exception_handlers={HTTPException: _unrouted},
    )
    app.router.redirect_slashes = False
    return app


def _open_routes(
    gateway: Gateway, login: LoginWithAmazon, state: AmazonState, base_url: BaseUrl
) -> Iterator[BaseRoute]:
    definitions = DefinitionsApi(state, base_url)
    yield Route("/auth/o2/token", gateway.open(login.token), methods=["POST"])
    yield Route(
        "/product-type-schemas/{digest}", gateway.open(definitions.download_schema), methods=["GET"]
    )
    yield Route(
        "/documents/{signature}",
        gateway.open(state.documents.serve),
        methods=["GET", "PUT"],
    )


def _listing_operations(state: AmazonState, clock: SandboxClock) -> Iterator[_Operation]:
    items = ListingsItemsApi(state, clock)
    item = f"{LISTINGS}/items/{{seller_id}}/{{sku:path}}"
    dialect = LISTINGS_DIALECT
    yield _Operation("putListingsItem", "PUT", item, items.put_listings_item, dialect)
    yield _Operation("patchListingsItem", "PATCH", item, items.patch_listings_item, dialect)
    yield _Operation("deleteListingsItem", "DELETE", item, items.delete_listings_item, dialect)
    yield _Operation("getListingsItem", "GET", item, items.get_listings_item, dialect)
    yield _Operation(
        "searchListingsItems",
        "GET",
        f"{LISTINGS}/items/{{seller_id}}",
        items.search_listings_items,
        dialect,
    )
    yield _Operation(
        "getListingsRestrictions",
        "GET",
        f"{LISTINGS}/restrictions",
        RestrictionsApi(state).get_listings_restrictions,
        RESTRICTIONS_DIALECT,
    )


def _definition_operations(state: AmazonState, base_url: BaseUrl) -> Iterator[_Operation]:
    definitions = DefinitionsApi(state, base_url)
    catalog = CatalogItemsApi(state)
    yield _Operation(
        "searchDefinitionsProductTypes",
        "GET",
        DEFINITIONS,
        definitions.search_product_types,
        LISTINGS_DIALECT,
    )
    yield _Operation(
        "getDefinitionsProductType",
        "GET",
        f"{DEFINITIONS}/{{product_type}}",
        definitions.get_product_type,
        LISTINGS_DIALECT,
    )
    yield _Operation("searchCatalogItems", "GET", CATALOG, catalog.search_catalog_items)
    yield _Operation("getCatalogItem", "GET", f"{CATALOG}/{{asin}}", catalog.get_catalog_item)


def _feed_operations(
    state: AmazonState, clock: SandboxClock, base_url: BaseUrl
) -> Iterator[_Operation]:
    api = FeedsApi(state, clock, base_url)
    feed, document = f"{FEEDS}/feeds/{{feed_id}}", f"{FEEDS}/documents/{{document_id}}"
    yield _Operation("createFeedDocument", "POST", f"{FEEDS}/documents", api.create_feed_document)
    yield _Operation("createFeed", "POST", f"{FEEDS}/feeds", api.create_feed)
    yield _Operation("getFeeds", "GET", f"{FEEDS}/feeds", api.get_feeds)
    yield _Operation("getFeed", "GET", feed, api.get_feed)
    yield _Operation("cancelFeed", "DELETE", feed, api.cancel_feed)
    yield _Operation("getFeedDocument", "GET", document, api.get_feed_document)


def _report_operations(
    state: AmazonState, clock: SandboxClock, base_url: BaseUrl
) -> Iterator[_Operation]:
    api = ReportsApi(state, clock, base_url)
    report, document = f"{REPORTS}/reports/{{report_id}}", f"{REPORTS}/documents/{{document_id}}"
    yield _Operation("createReport", "POST", f"{REPORTS}/reports", api.create_report)
    yield _Operation("getReports", "GET", f"{REPORTS}/reports", api.get_reports)
    yield _Operation("getReport", "GET", report, api.get_report)
    yield _Operation("cancelReport", "DELETE", report, api.cancel_report)
    yield _Operation("getReportDocument", "GET", document, api.get_report_document)


def _order_operations(state: AmazonState, clock: SandboxClock) -> Iterator[_Operation]:
    orders = OrdersApi(state, clock)
    yield _Operation("searchOrders", "GET", ORDERS, orders.search_orders)
    yield _Operation("getOrder", "GET", f"{ORDERS}/{{order_id}}", orders.get_order)
    yield _Operation(
        "confirmShipment",
        "POST",
        "/orders/v0/orders/{order_id}/shipmentConfirmation",
        orders.confirm_shipment,
    )
    yield _Operation(
        "getInventorySummaries",
        "GET",
        "/fba/inventory/v1/summaries",
        FbaInventoryApi(state, clock).get_inventory_summaries,
    )
    yield _Operation(
        "getMarketplaceParticipations",
        "GET",
        "/sellers/v1/marketplaceParticipations",
        SellersApi(state.seller).get_marketplace_participations,
    )


def _notification_operations(state: AmazonState) -> Iterator[_Operation]:
    api = NotificationsApi(state)
    destinations = f"{NOTIFICATIONS}/destinations"
    destination = f"{destinations}/{{destination_id}}"
    of_type = f"{NOTIFICATIONS}/subscriptions/{{notification_type}}"
    by_id = f"{of_type}/{{subscription_id}}"
    yield _Operation("createSubscription", "POST", of_type, api.create_subscription)
    yield _Operation("getSubscription", "GET", of_type, api.get_subscription)
    for name, method, path, handler in (
        ("createDestination", "POST", destinations, api.create_destination),
        ("getDestinations", "GET", destinations, api.get_destinations),
        ("getDestination", "GET", destination, api.get_destination),
        ("deleteDestination", "DELETE", destination, api.delete_destination),
        ("getSubscriptionById", "GET", by_id, api.get_subscription_by_id),
        ("deleteSubscriptionById", "DELETE", by_id, api.delete_subscription_by_id),
    ):
        yield _Operation(name, method, path, handler, scope=NOTIFICATIONS_SCOPE)


def _route(gateway: Gateway, operation: _Operation) -> Route:
    plan_name = create_feed_plan if operation.name == "createFeed" else None
    handler = gateway.guard(
        operation.name, operation.handler, operation.dialect, plan_name, operation.scope
    )
    return Route(operation.path, handler, methods=[operation.method])


async def _unrouted(_request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    return json_response({"errors": error_list("NotFound", "No such operation.", None)}, status)
