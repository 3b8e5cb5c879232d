"""The BigCommerce connector held against BigCommerce's own files: what it asks and understands."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import httpx
import pytest
from bigcommerce_by_example import BigCommerceByExample, store_on
from bigcommerce_examples import Example, answered, examples_of, store_of_examples
from bigcommerce_readings import (
    AT,
    HOOK,
    READINGS,
    TOLD_BY_THE_CHECK,
    changed_variants,
    named_parts,
    variants,
)
from test_bigcommerce_sandbox import Recorder
from vendor_specifications import Judge

import connectors.bigcommerce
from affluent.domain.account import AccountState
from affluent.domain.errors import (
    AffluentError,
    CredentialsExpired,
    NotFound,
    Refused,
    Throttled,
)
from affluent.ports.bigcommerce import NamedParts
from connectors.bigcommerce.scopes import SCOPE_OF
from connectors.http.errors import Unauthorised
from tests.sandbox.bigcommerce_store import ENGRAVED

KIND_OF = {400: Refused, 401: CredentialsExpired, 404: NotFound, 422: Refused, 429: Throttled}


@pytest.fixture(scope="module")
def examples(shared: Path, judge: Judge) -> list[Example]:
    return examples_of(shared, judge)


@pytest.fixture
def vendor(judge: Judge) -> BigCommerceByExample:
    return store_of_examples(judge)


def test_every_example_answer_is_read_without_loss(judge: Judge, examples: list[Example]) -> None:
    lost = []
    for file, operation, status, told in examples:
        if status < 300:
            store = answered(store_of_examples(judge), operation, told).store()
            read = READINGS[operation].call(store)
            pairs = READINGS[operation].facts(read, told)
            lost += [(file, operation, got, known) for got, known in pairs if got != known]

    assert lost == []
    without_example = {"get-inventory-items", "getVariants", "getSettingsMeasurementUnits"}
    shown = {operation for _, operation, status, _ in examples if status < 300}
    assert READINGS.keys() - shown == without_example | {
        "createWebhooks",
        "getLocations",
        "post-relative-adjustment",
    }


def test_every_example_of_an_error_is_understood(judge: Judge, examples: list[Example]) -> None:
    seen = set()
    for file, operation, status, told in examples:
        if status >= 400 and operation not in TOLD_BY_THE_CHECK:
            store = store_of_examples(judge).on(operation, told, status).store()
            with pytest.raises(KIND_OF[status]) as caught:
                READINGS[operation].call(store)
            assert isinstance(caught.value, AffluentError)
            if status != 401:
                assert told["title"].rstrip(".") in caught.value.why, file
            seen.add(status)

    assert seen >= {400, 401, 422, 429}


@pytest.mark.parametrize("operation", sorted(TOLD_BY_THE_CHECK))
def test_a_check_names_a_missing_scope_and_says_that_a_token_is_unknown(
    vendor: BigCommerceByExample, operation: str
) -> None:
    forbidden = named_parts(vendor.on(operation, {"title": "Forbidden"}, 403).store())
    unknown = named_parts(vendor.on(operation, None, 401).store())

    assert forbidden.missing_scopes == (str(SCOPE_OF[operation]),)
    assert unknown.state is AccountState.EXPIRED


@pytest.mark.parametrize("operation", sorted(SCOPE_OF.keys() - TOLD_BY_THE_CHECK))
def test_a_missing_scope_is_named_and_an_unknown_token_ends_it_at_once(
    vendor: BigCommerceByExample, operation: str
) -> None:
    with pytest.raises(Unauthorised) as forbidden:
        READINGS[operation].call(vendor.on(operation, {"title": "Forbidden"}, 403).store())
    with pytest.raises(CredentialsExpired) as unknown:
        READINGS[operation].call(vendor.on(operation, None, 401).store())

    assert str(SCOPE_OF[operation]) in forbidden.value.fix
    assert unknown.value.operation == forbidden.value.operation == operation


def test_every_operation_that_the_connector_names_has_its_scope(judge: Judge) -> None:
    known = {
        operation.identifier
        for operation in judge.operations.all()
        if operation.vendor == "bigcommerce"
    }
    folder = Path(next(iter(connectors.bigcommerce.__path__)))
    named = {
        node.value
        for file in folder.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }

    assert named & known == SCOPE_OF.keys() == READINGS.keys()


class IntoTheSandbox(httpx.BaseTransport):
    """Brings the connector's requests to a sandbox in this process, and records them."""

    def __init__(self) -> None:
        self.record = Recorder()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        headers = {
            name: value
            for name, value in request.headers.items()
            if name in ("x-auth-token", "accept", "content-type")
        }
        answer = self.record.store.client.request(
            request.method, str(request.url), content=request.read(), headers=headers
        )
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)


def everything(transport: IntoTheSandbox) -> None:
    """Ask for all that the connector can ask for."""
    store = store_on(transport)
    merchant = transport.record.store.client
    made = merchant.post("/v3/pricelists", json={"name": "Amazon"}).json()["data"]
    rows = [{"variant_id": 100001, "currency": "usd", "price": 9.5}]
    merchant.put(f"/v3/pricelists/{made['id']}/records", json=rows)
    parts = NamedParts(99, (1, 98), (made["id"], 97))
    assert store.check(parts).missing_parts == ("channel 99", "location 98", "price list 97")
    assert variants(store)
    changed_variants(store)
    list(store.catalog.categories())
    store.catalog.resolve(["MUG", "with, comma", "unknown"])
    assert store.catalog.modifiers(ENGRAVED)
    assert [one for page in store.price_lists.records(made["id"], "USD") for one in page]
    mug = store.catalog.resolve(["MUG"])["MUG"]
    shelf = store.stock.shelf(mug.product_id, mug.variant_id)
    assert shelf is not None
    assert store.stock.raise_by(shelf, 2, "Sold on Amazon")
    order = READINGS["createOrder"].call(store)
    store.orders.find("111-1")
    READINGS["getOrders"].call(store)
    store.orders.lines(order.order_id)
    store.orders.shipments(order.order_id)
    store.orders.order(order.order_id)
    store.orders.change(order.order_id, "Cancelled on Amazon.", 5)
    store.orders.change(order.order_id, "Cancelled on Amazon.")
    list(store.orders.refunds_since(AT))
    store.hooks.all()
    store.hooks.create(HOOK.scope, HOOK.destination, {"X-Secret": "s"})
    [hook] = store.hooks.all()
    store.hooks.renew(hook, {"X-Secret": "t"})
    store.hooks.delete(hook)


def test_every_request_of_every_operation_is_valid_by_bigcommerces_files(judge: Judge) -> None:
    transport = IntoTheSandbox()

    everything(transport)

    exchanges = transport.record.exchanges
    violations = [str(one) for exchange in exchanges for one in judge.violations(exchange)]
    assert violations == []
    assert operations_of(judge, exchanges) >= SCOPE_OF.keys()


def operations_of(judge: Judge, exchanges: list[Any]) -> set[str]:
    return {
        found[0].identifier
        for one in exchanges
        if (found := judge.operations.find("bigcommerce", one.method, one.path))
    }
