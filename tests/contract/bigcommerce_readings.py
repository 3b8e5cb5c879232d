"""How each operation is called, and how what BigCommerce answers is checked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from email.utils import parsedate_to_datetime
from typing import Any

from bigcommerce_by_example import Json

from affluent.domain.money import Money
from affluent.domain.order import DraftLine, OrderDraft, Recipient
from affluent.domain.product import Variant
from affluent.ports.bigcommerce import NamedParts, Shelf
from affluent.ports.hooks import StoreHook
from connectors.bigcommerce.store import BigCommerceStore

Facts = list[tuple[Any, Any]]
AT = datetime(2026, 11, 24, tzinfo=UTC)
HOOK = StoreHook(1, "store/order/created", "https://example.com/hook", True, {})


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


DRAFT = OrderDraft(
    external_order_id="111-1",
    lines=(DraftLine("Lamp", "LAMP", 1, usd("9.00"), usd("9.90")),),
    recipient=Recipient(name="Jane Doe", street_1="1 Main Street", city="Austin", state="Texas",
                        postal_code="78751", country="US"),
    email="relay@marketplace.example.com",
    shipping_ex_tax=usd("4.90"),
    shipping_inc_tax=usd("5.30"),
    wrapping=usd("0"),
    fees=usd("0"),
    total_ex_tax=usd("12.90"),
    total_inc_tax=usd("14.20"),
    discount=usd("1.00"),
    status_id=11,
    payment_method="Amazon",
    staff_notes="Ship soon",
    created_at=AT,
)  # fmt: skip


@dataclass(frozen=True)
class Reading:
    """`call` asks for it; `facts` pairs what was read with what was told."""

    call: Callable[[BigCommerceStore], Any]
    facts: Callable[[Any, Any], Facts] = lambda read, told: []


def variants(store: BigCommerceStore) -> list[Variant]:
    return [variant for page in store.catalog.variants() for variant in page.variants]


def named_parts(store: BigCommerceStore) -> Any:
    return store.check(NamedParts(7, (1,), (1,)))


def lacks_no(part: str) -> Callable[[Any, Any], Facts]:
    return lambda read, told: [(part in read.missing_parts, False)]


def changed_variants(store: BigCommerceStore) -> list[Variant]:
    return [variant for page in store.catalog.variants(AT) for variant in page.variants]


def product_facts(read: list[Variant], told: Json) -> Facts:
    [product] = told["data"]
    rows = product["variants"]
    modified = datetime.fromisoformat(product["date_modified"])
    labels = [" / ".join(each["label"] for each in one["option_values"]) for one in rows]
    return [
        ([one.variant_id for one in read], [one["id"] for one in rows]),
        ([one.sku for one in read], [one["sku"] or "" for one in rows]),
        ([one.name for one in read],
         [f"{product['name']} - {label}" if label else product["name"] for label in labels]),
        ({one.product_id for one in read}, {product["id"]}),
        ({one.description for one in read}, {product["description"]}),
        ({one.category_ids for one in read}, {tuple(product["categories"])}),
        ({one.modified_at for one in read}, {modified}),
        ({one.condition for one in read}, {product["condition"]}),
        ([one.price.amount for one in read], [_asked(product, one) for one in rows]),
        ([one.barcode for one in read], [one.get("gtin") or one["upc"] or "" for one in rows]),
        ([list(one.image_urls) for one in read],
         [[url] if (url := one["image_url"]) else [] for one in rows]),
        ([one.is_visible for one in read],
         [product["is_visible"] and not one["purchasing_disabled"] for one in rows]),
    ]  # fmt: skip


def _asked(product: Json, variant: Json) -> Decimal:
    """The sale price where there is one, else the price; null is the product's."""
    sale, price = (
        product[name] if variant[name] is None else variant[name]
        for name in ("sale_price", "price")
    )
    return Decimal(str(sale or price))


def order_facts(read: list[Any], told: list[Json]) -> Facts:
    return [
        ([one.order_id for one in read], [one["id"] for one in told]),
        ([one.status_id for one in read], [one["status_id"] for one in told]),
        ([one.external_order_id for one in read],
         [one.get("external_order_id") or "" for one in told]),
        ([one.modified_at for one in read],
         [parsedate_to_datetime(one["date_modified"]) for one in told]),
    ]  # fmt: skip


def refund_facts(read: Any, told: Json) -> Facts:
    return [
        ([(one.refund_id, one.order_id) for one in read],
         [(one["id"], one["order_id"]) for one in told["data"]]),
        ([one.amount for one in read],
         [Decimal(str(one["total_amount"])) for one in told["data"]]),
        ([one.created_at for one in read],
         [datetime.fromisoformat(one["created"]) for one in told["data"]]),
    ]  # fmt: skip


def line_facts(read: Any, told: list[Json]) -> Facts:
    names = ("product_id", "name", "sku", "quantity", "quantity_shipped")
    return [
        ([one.line_id for one in read], [one["id"] for one in told]),
        *(
            ([getattr(one, name) for one in read], [one[name] for one in told])
            for name in names
        ),
    ]  # fmt: skip


def shipment_facts(read: Any, told: list[Json]) -> Facts:
    names = {
        "shipment_id": "id",
        "order_id": "order_id",
        "tracking_number": "tracking_number",
        "provider": "shipping_provider",
        "method": "shipping_method",
        "tracking_carrier": "tracking_carrier",
    }
    return [
        *(
            ([getattr(one, ours) for one in read], [one[theirs] for one in told])
            for ours, theirs in names.items()
        ),
        ([one.created_at for one in read],
         [parsedate_to_datetime(one["date_created"]) for one in told]),
        ([[(line.line_id, line.quantity) for line in one.lines] for one in read],
         [[(item["order_product_id"], item["quantity"]) for item in one["items"]]
          for one in told]),
    ]  # fmt: skip


def modifier_facts(read: Any, told: Json) -> Facts:
    return [
        ([(one.modifier_id, one.display_name, one.kind, one.required) for one in read],
         [(one["id"], one["display_name"], one["type"], one["required"])
          for one in told["data"]]),
        ([[(each.value_id, each.label) for each in one.choices] for one in read],
         [[(each["id"], each["label"]) for each in one["option_values"]]
          for one in told["data"]]),
    ]  # fmt: skip


def record_facts(read: Any, told: Json) -> Facts:
    def amounts(record: Json) -> list[Decimal]:
        return [Decimal(str(record[name])) for name in ("price", "sale_price")]

    return [
        ([one.variant_id for one in read], [one["variant_id"] for one in told["data"]]),
        ([one.currency for one in read], [one["currency"].upper() for one in told["data"]]),
        ([[one.price, one.sale_price] for one in read], [amounts(one) for one in told["data"]]),
    ]


def hook_facts(read: Any, told: Json) -> Facts:
    names = ("scope", "destination", "is_active")
    return [
        ([one.hook_id for one in read], [one["id"] for one in told["data"]]),
        *(([getattr(one, name) for one in read], [one[name] for one in told["data"]])
          for name in names),
        ([dict(one.headers) for one in read], [one["headers"] or {} for one in told["data"]]),
    ]  # fmt: skip


def metafields_of(read: list[Variant], told: Json) -> Facts:
    values = {f"{one['namespace']}.{one['key']}": one["value"] for one in told["data"]}
    return [([dict(one.metafields) for one in read], [values])]


#: What these are refused, a check of the store tells, and goes on.
TOLD_BY_THE_CHECK = frozenset({"getPriceLists", "getLocations", "getChannel"})

READINGS: dict[str, Reading] = {
    "getStoreInformation": Reading(
        variants,
        lambda read, told: [
            ({one.price.currency for one in read}, {told["currency"]}),
            ({one.weight_unit for one in read}, {told["weight_units"].lower()}),
        ],
    ),
    "getSettingsMeasurementUnits": Reading(
        variants, lambda read, told: [({one.weight_unit for one in read}, {"kilograms"})]
    ),
    "getProducts": Reading(variants, product_facts),
    "getBrands": Reading(
        variants,
        lambda read, told: [({one.brand for one in read}, {told["data"][0]["name"]})],
    ),
    "getAllCategories": Reading(
        lambda store: list(store.catalog.categories()),
        lambda read, told: [
            (
                [(one.category_id, one.parent_id, one.name) for one in read],
                [(one["category_id"], one["parent_id"], one["name"]) for one in told["data"]],
            )
        ],
    ),
    "getProductsMetafields": Reading(variants, metafields_of),
    "getVariantsMetafields": Reading(variants, metafields_of),
    "getVariants": Reading(lambda store: store.catalog.resolve(["with, comma"])),
    "get-inventory-items": Reading(lambda store: store.catalog.resolve(["A"])),
    "post-relative-adjustment": Reading(
        lambda store: store.stock.raise_by(Shelf(1, 2, 1, 0), 3, "Sold on Amazon"),
        lambda read, told: [(read, told["transaction_id"])],
    ),
    "getProductModifiers": Reading(lambda store: store.catalog.modifiers(1), modifier_facts),
    "getPriceListRecords": Reading(
        lambda store: [
            one
            for currency in ("USD", "EUR")
            for page in store.price_lists.records(1, currency, AT)
            for one in page
        ],
        record_facts,
    ),
    "getPriceLists": Reading(named_parts, lacks_no("price list 1")),
    "getLocations": Reading(named_parts, lacks_no("location 1")),
    "getChannel": Reading(named_parts, lacks_no("channel 7")),
    "getOrders": Reading(lambda store: list(store.orders.modified_since(AT)), order_facts),
    "createOrder": Reading(
        lambda store: store.orders.create(DRAFT), lambda read, told: order_facts([read], [told])
    ),
    "getOrder": Reading(
        lambda store: store.orders.order(1), lambda read, told: order_facts([read], [told])
    ),
    "updateOrder": Reading(
        lambda store: store.orders.change(1, "Cancelled on Amazon.", 5),
        lambda read, told: order_facts([read], [told]),
    ),
    "getOrdersRefunds": Reading(lambda store: list(store.orders.refunds_since(AT)), refund_facts),
    "getOrderProducts": Reading(lambda store: store.orders.lines(1), line_facts),
    "getOrderShipments": Reading(lambda store: store.orders.shipments(1), shipment_facts),
    "getWebhooks": Reading(lambda store: store.hooks.all(), hook_facts),
    "createWebhooks": Reading(
        lambda store: store.hooks.create(HOOK.scope, HOOK.destination, {"X-Secret": "s"})
    ),
    "updateWebhook": Reading(lambda store: store.hooks.renew(HOOK, {"X-Secret": "s"})),
    "deleteWebhook": Reading(lambda store: store.hooks.delete(HOOK)),
}
