"""A store under load: whatever it says of it, a read waits and is asked again."""

import httpx
import pytest
from bigcommerce_server import StoreServer, v3

from affluent.domain.category import Category
from affluent.domain.errors import Retryable, Throttled

CATEGORIES = "/v3/catalog/trees/categories"
HEADERS = {
    "X-Rate-Limit-Requests-Quota": "150",
    "X-Rate-Limit-Requests-Left": "0",
    "X-Rate-Limit-Time-Window-Ms": "30000",
    "X-Rate-Limit-Time-Reset-Ms": "15000",
}
BODY = {"status": 429, "title": "Too many requests", "errors": {}}
PRESSURE = {
    "429 with the window's headers": lambda: httpx.Response(429, headers=HEADERS, json=BODY),
    "429 with Retry-After": lambda: httpx.Response(429, headers={"Retry-After": "3"}),
    "429 without any header": lambda: httpx.Response(429, json=BODY),
    "500 without a body": lambda: httpx.Response(500),
    "503 with a page of HTML": lambda: httpx.Response(503, html="<h1>Overloaded</h1>"),
}


@pytest.mark.parametrize("how", PRESSURE)
def test_a_read_is_asked_again_until_it_is_answered(how: str) -> None:
    rakes = {"category_id": 3, "parent_id": 0, "name": "Rakes"}
    answers = [PRESSURE[how](), PRESSURE[how](), v3([rakes])]
    server = StoreServer().on("GET", CATEGORIES, *answers)

    assert list(server.open().catalog.categories()) == [Category(3, 0, "Rakes")]
    server.assert_all_used()


@pytest.mark.parametrize("how", PRESSURE)
def test_pressure_without_an_end_is_told_as_what_it_is(how: str) -> None:
    server = StoreServer().on("GET", CATEGORIES, *(PRESSURE[how]() for _ in range(6)))

    with pytest.raises(Throttled if how.startswith("429") else Retryable) as caught:
        list(server.open().catalog.categories())

    assert caught.value.operation == "getAllCategories"
    server.assert_all_used()
