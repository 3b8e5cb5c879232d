import json
import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from email.utils import format_datetime
from typing import Any

import httpx
import pytest
from bigcommerce_server import StoreServer, v2

from affluent.domain.errors import MalformedAnswer, NotFound, OutcomeUnknown, Refused, Throttled
from affluent.domain.money import Money
from affluent.domain.order import DraftLine, OptionAnswer, OrderDraft, Recipient, Shortage
from affluent.domain.shipment import ShippedLine
from affluent.ports.bigcommerce import OptionProblem

ORDERS = "/v2/orders"
SHORT = "Quantities of one or more products are out of stock or did not meet quantity requirements."
AT = datetime(2026, 11, 20, 10, tzinfo=UTC)


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


RECIPIENT = Recipient(
    name="Jane Mary Doe",
    street_1="1 Secret Lane",
    city="Austin",
    state="Texas",
    postal_code="78751",
    country="US",
    phone="5551234567",
)
CATALOG_LINE = DraftLine(
    name="Mug - Blue",
    sku="MUG-B",
    quantity=2,
    price_ex_tax=usd("10.00"),
    price_inc_tax=usd("10.825"),
    product_id=6,
    variant_id=74,
    answers=(OptionAnswer(22, "180"),),
)
CUSTOM_LINE = DraftLine(
    name="Unknown lamp",
    sku="LAMP",
    quantity=1,
    price_ex_tax=usd("19.99"),
    price_inc_tax=usd("19.99"),
)
DRAFT = OrderDraft(
    external_order_id="123-0000444-0000444",
    lines=(CATALOG_LINE, CUSTOM_LINE),
    recipient=RECIPIENT,
    email="relay@marketplace.test",
    shipping_ex_tax=usd("4.90"),
    shipping_inc_tax=usd("5.30"),
    wrapping=usd("0"),
    fees=usd("0"),
    total_ex_tax=usd("12.90"),
    total_inc_tax=usd("14.20"),
    discount=usd("1.00"),
    status_id=11,
    payment_method="Amazon",
    staff_notes="Ship by Monday",
    created_at=AT,
)


def order(order_id: int, modified_at: datetime = AT, **fields: Any) -> dict[str, Any]:
    return {
        "id": order_id,
        "status_id": 11,
        "external_order_id": DRAFT.external_order_id,
        "date_modified": format_datetime(modified_at),
        "total_inc_tax": "12.0000",
        **fields,
    }


def sent_body(server: StoreServer) -> dict[str, Any]:
    [request] = [one for one in server.requests if one.method == "POST"]
    body: dict[str, Any] = json.loads(request.content)
    return body


def create(draft: OrderDraft, *replies: httpx.Response | Exception) -> StoreServer:
    server = StoreServer().with_settings()
    server.on("POST", ORDERS, *(replies or [httpx.Response(201, json=order(100))]))
    server.open().orders.create(draft)
    return server


def refusal(status: int, errors: list[dict[str, Any]], message: str = SHORT) -> httpx.Response:
    return httpx.Response(
        status, json=[{"status": status, "message": message, "details": {"errors": errors}}]
    )


def test_an_order_goes_out_with_every_price_in_both_forms() -> None:
    address = {
        "first_name": "Jane",
        "last_name": "Mary Doe",
        "street_1": "1 Secret Lane",
        "city": "Austin",
        "state": "Texas",
        "zip": "78751",
        "country_iso2": "US",
        "phone": "5551234567",
        "email": "relay@marketplace.test",
    }

    assert sent_body(create(DRAFT)) == {
        "customer_id": 0,
        "status_id": 11,
        "date_created": "Fri, 20 Nov 2026 10:00:00 +0000",
        "external_source": "Affluent",
        "external_order_id": "123-0000444-0000444",
        "channel_id": 1,
        "payment_method": "Amazon",
        "staff_notes": "Ship by Monday",
        "shipping_cost_ex_tax": "4.90",
        "shipping_cost_inc_tax": "5.30",
        "wrapping_cost_ex_tax": "0",
        "wrapping_cost_inc_tax": "0",
        "handling_cost_ex_tax": "0",
        "handling_cost_inc_tax": "0",
        "total_ex_tax": "12.90",
        "total_inc_tax": "14.20",
        "discount_amount": "1.00",
        "billing_address": address,
        "shipping_addresses": [address],
        "products": [
            {
                "product_id": 6,
                "variant_id": 74,
                "quantity": 2,
                "price_ex_tax": 10,
                "price_inc_tax": 10.825,
                "product_options": [{"id": 22, "value": "180"}],
            },
            {
                "name": "Unknown lamp",
                "sku": "LAMP",
                "quantity": 1,
                "price_ex_tax": 19.99,
                "price_inc_tax": 19.99,
            },
        ],
    }


def test_the_answer_names_the_created_order() -> None:
    server = StoreServer().with_settings()
    server.on("POST", ORDERS, httpx.Response(200, json=order(100)))

    created = server.open(channel_id=3).orders.create(DRAFT)

    assert (created.order_id, created.status_id, created.modified_at) == (100, 11, AT)
    assert sent_body(server)["channel_id"] == 3


def test_an_order_without_an_address_gets_what_bigcommerce_requires_and_no_more() -> None:
    body = sent_body(create(replace(DRAFT, recipient=Recipient(), email="")))

    assert body["billing_address"] == {"country_iso2": "US", "zip": "00000"}
    assert "shipping_addresses" not in body


def test_only_a_foreign_currency_is_named() -> None:
    euros = replace(DRAFT, shipping_ex_tax=Money(Decimal("4.90"), "EUR"))

    assert "default_currency_code" not in sent_body(create(DRAFT))
    assert sent_body(create(euros))["default_currency_code"] == "EUR"


@pytest.mark.parametrize(
    "reply",
    [
        httpx.Response(500, json=[{"status": 500, "message": "Oops"}]),
        httpx.Response(503),
        httpx.Response(504, text="<html>"),
        httpx.Response(200, text="{half an ord"),
        httpx.Response(200, json={"status_id": 11}),
        httpx.Response(204),
        httpx.ReadTimeout("slow"),
        httpx.RemoteProtocolError("cut"),
        httpx.WriteError("cut"),
    ],
)
def test_a_lost_answer_leaves_the_outcome_unknown_and_nothing_is_sent_again(
    reply: httpx.Response | Exception,
) -> None:
    with pytest.raises(OutcomeUnknown) as caught:
        create(DRAFT, reply)

    assert caught.value.operation == "createOrder"


def test_a_throttled_order_is_sent_again_since_it_was_not_taken() -> None:
    throttled = httpx.Response(429, headers={"X-Rate-Limit-Time-Reset-Ms": "20"})

    server = create(DRAFT, throttled, httpx.Response(201, json=order(100)))

    assert len([one for one in server.requests if one.method == "POST"]) == 2


def test_a_long_throttling_ends_the_attempt_before_anybody_takes_it_over() -> None:
    with pytest.raises(Throttled) as caught:
        create(DRAFT, httpx.Response(429, headers={"X-Retry-After": "25"}))

    assert caught.value.wait_seconds == 25


def test_a_shortage_in_the_inventory_shape_names_the_variant() -> None:
    error = {
        "type": "OutOfStock",
        "message": "Insufficient stock of variant(id: 74), available stock: 10.",
        "variant_id": 74,
        "location_id": 1,
        "available_quantity": 10,
    }

    with pytest.raises(Refused, match=SHORT) as caught:
        create(DRAFT, refusal(409, [error]))

    assert caught.value.details == (Shortage("OutOfStock", None, 74, 10),)


def test_shortages_in_the_older_shape_name_the_products() -> None:
    errors = [
        {"type": "OutOfStock", "product": {"id": 6, "sku": {"id": 5, "inventory_level": 0}}},
        {"type": "ExceedsMaxQuantity", "product": {"id": 27, "maximum_quantity": 5}},
        {"type": "InsufficientQuantity", "product": {"id": 25, "minimum_quantity": 2}},
    ]

    with pytest.raises(Refused) as caught:
        create(DRAFT, refusal(409, errors))

    assert caught.value.details == (
        Shortage("OutOfStock", 6, None, 0),
        Shortage("ExceedsMaxQuantity", 27, None, None),
        Shortage("InsufficientQuantity", 25, None, None),
    )


def test_refused_options_are_named_by_their_ids() -> None:
    options = [{"id": 22, "display_name": "CPU"}, {"id": 23, "display_name": "Disk"}]
    option = {"id": 24, "display_name": "Video", "value": 300}
    errors = [
        {
            "type": "MandatoryProductOptions",
            "product": {"id": 6, "required_product_options": options},
        },
        {"type": "InvalidProductOption", "product": {"id": 6, "value": 222}},
        {"type": "InvalidProductOptionValue", "product": {"id": 6, "product_option": option}},
    ]

    with pytest.raises(Refused) as caught:
        create(DRAFT, refusal(400, errors, "The options of one or more products are invalid."))

    assert caught.value.details == (
        OptionProblem("MandatoryProductOptions", 6, (22, 23), ("CPU", "Disk")),
        OptionProblem("InvalidProductOption", 6, (222,), ()),
        OptionProblem("InvalidProductOptionValue", 6, (24,), ("Video",)),
    )


def test_field_errors_are_told_in_bigcommerces_words_without_the_buyer(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    entries = [
        {"status": 400, "message": "The field 'email' is invalid."},
        {
            "status": 400,
            "message": "The field 'billing_address.country' is invalid.",
            "details": {"invalid_reason": "Jane Mary Doe"},
        },
    ]

    with pytest.raises(Refused) as caught:
        create(DRAFT, httpx.Response(400, json=entries))

    told = f"{caught.value} {caught.value!r} {caught.value.details} {caplog.text}"
    assert "The field 'email' is invalid. The field 'billing_address.country' is invalid." in told
    assert not [s for s in ("Jane", "Secret", "78751", "relay@", "555123") if s in told]


def test_orders_are_found_by_their_amazon_id_and_none_is_an_answer() -> None:
    server = StoreServer()
    server.on("GET", ORDERS, v2([]), v2([order(7), order(8, external_order_id=None)]))
    orders = server.open().orders

    assert orders.find(DRAFT.external_order_id) == []
    assert [found.order_id for found in orders.find(DRAFT.external_order_id)] == [7]
    assert server.asked(ORDERS)[0]["external_order_id"] == DRAFT.external_order_id


def test_modified_orders_are_read_on_from_the_last_one_and_none_twice() -> None:
    page = [order(n, AT + timedelta(seconds=n)) for n in range(250)]
    rest = [*page[248:], order(3, AT + timedelta(seconds=400))]
    server = StoreServer().on("GET", ORDERS, v2(page), v2(rest))

    found = list(server.open().orders.modified_since(AT))

    assert [one.order_id for one in found] == [*range(250), 3]
    first, second = server.asked(ORDERS)
    assert first["min_date_modified"] == "2026-11-20T10:00:00+00:00"
    assert second["min_date_modified"] == "2026-11-20T10:04:08+00:00"
    assert (first["sort"], first["page"], second["page"]) == ("date_modified:asc", "1", "1")


def test_a_page_modified_all_at_once_is_followed_by_the_next_page() -> None:
    burst = [order(n) for n in range(250)]
    server = StoreServer().on("GET", ORDERS, v2(burst), v2([order(250)]))

    found = list(server.open().orders.modified_since(AT))

    assert len(found) == 251
    assert [query["page"] for query in server.asked(ORDERS)] == ["1", "2"]


def test_lines_and_shipments_are_mapped_and_may_be_none() -> None:
    line = {"id": 188, "sku": None, "name": "Mug", "product_id": 0, "quantity": 2}
    shipment = {
        "id": 6,
        "order_id": 225,
        "date_created": "Mon, 11 Mar 2019 17:22:08 +0000",
        "tracking_number": "EJ95",
        "shipping_provider": "",
        "tracking_carrier": "dhl",
        "shipping_method": "Express",
        "items": [{"order_product_id": 188, "product_id": 0, "quantity": 1}],
    }
    server = StoreServer()
    server.on("GET", "/v2/orders/225/products", v2([line]))
    server.on("GET", "/v2/orders/225/shipments", v2([shipment]), v2([]))
    orders = server.open().orders

    [mapped_line] = orders.lines(225)
    [mapped] = orders.shipments(225)

    assert (mapped_line.line_id, mapped_line.sku, mapped_line.quantity_shipped) == (188, "", 0)
    assert (mapped.provider, mapped.tracking_carrier, mapped.method) == ("", "dhl", "Express")
    assert mapped.created_at == datetime(2019, 3, 11, 17, 22, 8, tzinfo=UTC)
    assert mapped.lines == (ShippedLine(188, 1),)
    assert orders.shipments(225) == ()


def test_an_unknown_order_is_not_found_and_a_strange_answer_is_no_order() -> None:
    server = StoreServer()
    unknown = [{"status": 404, "message": "The requested resource was not found."}]
    server.on("GET", "/v2/orders/9/products", httpx.Response(404, json=unknown))
    server.on("GET", ORDERS, httpx.Response(200, json={"orders": []}))
    orders = server.open().orders

    with pytest.raises(NotFound, match="The requested resource was not found"):
        orders.lines(9)
    with pytest.raises(MalformedAnswer):
        orders.find("1")
