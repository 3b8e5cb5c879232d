"""The table of operations: it knows every path that the two vendors serve."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pytest
from starlette.routing import BaseRoute, Mount, Route

from sandbox.amazon.app import create_app as create_amazon_app
from sandbox.assembly import Sandbox
from sandbox.bigcommerce.app import create_app as create_bigcommerce_app
from sandbox.operations import operation_name
from sandbox.options import Options

WITHOUT_OPERATION = ("/documents/", "/product-type-schemas/")


@pytest.mark.parametrize(
    ("vendor", "method", "path", "name"),
    [
        ("amazon", "PATCH", "/listings/2021-08-01/items/A2/SKU%2F1", "patchListingsItem"),
        ("amazon", "GET", "/listings/2021-08-01/items/A2", "searchListingsItems"),
        ("amazon", "POST", "/orders/v0/orders/1-2-3/shipmentConfirmation", "confirmShipment"),
        ("bigcommerce", "GET", "/stores/abc/v2/orders/count", "getOrdersCount"),
        ("bigcommerce", "GET", "/stores/abc/v2/orders/17", "getOrder"),
        ("bigcommerce", "GET", "/listings/2021-08-01/items/A2", None),
        ("amazon", "GET", "/nowhere", None),
    ],
)
def test_an_operation_is_known_by_method_and_path(
    vendor: str, method: str, path: str, name: str | None
) -> None:
    assert operation_name(vendor, method, path) == name


def paths(routes: Iterable[BaseRoute], before: str = "") -> Iterator[tuple[str, str]]:
    for route in routes:
        if isinstance(route, Mount):
            yield from paths(route.routes, before + route.path)
        elif isinstance(route, Route):
            for method in (route.methods or set()) - {"HEAD"}:
                yield method, before + route.path.replace("{part}", "images")


def test_every_path_that_a_vendor_serves_has_an_operation() -> None:
    sandbox = Sandbox(Options())
    amazon = create_amazon_app(sandbox.amazon, sandbox.clock, quotas=False, base_url=lambda: "")
    bigcommerce = create_bigcommerce_app(sandbox.store, sandbox.clock, quotas=False)

    unknown = [
        (vendor, method, path)
        for vendor, app in (("amazon", amazon), ("bigcommerce", bigcommerce))
        for method, path in paths(app.routes)
        if not path.startswith(WITHOUT_OPERATION)
        and operation_name(vendor, method, re.sub(r"\{[^}]+\}", "7", path)) is None
    ]

    assert unknown == []
