from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import httpx
import pytest
from bigcommerce_server import StoreServer

from affluent.domain.errors import NotFound
from affluent.domain.price_list import PriceRecord

RECORDS = "/v3/pricelists/7/records"


def page(*records: dict[str, Any], end: str = "") -> httpx.Response:
    paging: dict[str, Any] = {"count": len(records), "per_page": 250, "links": {}}
    if end:
        paging["end_cursor"] = end
    return httpx.Response(200, json={"data": records, "meta": {"cursor_pagination": paging}})


def record(variant_id: int, **fields: Any) -> dict[str, Any]:
    return {
        "price_list_id": 7,
        "variant_id": variant_id,
        "currency": "usd",
        "price": 15.5,
        "sale_price": None,
        **fields,
    }


def test_pages_follow_the_cursor_until_one_is_empty() -> None:
    server = StoreServer()
    server.on("GET", RECORDS, page(record(1), end="MQ=="), page(record(2, price=3), end="Mg=="))
    server.on("GET", RECORDS, page(end="Mg=="))

    pages = list(server.open().price_lists.records(7, "USD"))

    assert pages == [
        [PriceRecord(1, "USD", Decimal("15.5"), None)],
        [PriceRecord(2, "USD", Decimal(3), None)],
        [],
    ]
    assert server.asked(RECORDS) == [
        {"currency": "usd", "limit": "250"},
        {"currency": "usd", "limit": "250", "after": "MQ=="},
        {"currency": "usd", "limit": "250", "after": "Mg=="},
    ]


def test_what_changed_is_asked_with_an_offset() -> None:
    server = StoreServer().on("GET", RECORDS, page())

    list(server.open().price_lists.records(7, "USD", datetime(2026, 11, 20, 8, tzinfo=UTC)))

    assert server.asked(RECORDS)[0]["date_modified:min"] == "2026-11-20T08:00:00+00:00"


def test_a_record_in_another_currency_never_passes_for_one_in_ours() -> None:
    server = StoreServer().on("GET", RECORDS, page(record(1, currency="cad"), record(2)))

    [read] = list(server.open().price_lists.records(7, "USD"))

    assert [one.variant_id for one in read] == [2]


def test_a_list_that_is_not_there_is_not_found() -> None:
    missing = httpx.Response(404, json={"status": 404, "title": "The price list does not exist."})
    server = StoreServer().on("GET", RECORDS, missing)

    with pytest.raises(NotFound, match="getPriceListRecords"):
        list(server.open().price_lists.records(7, "USD"))
