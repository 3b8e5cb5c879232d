"""A buyer's data from Amazon to the store: sealed while it waits, then gone; readable nowhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from prefect.settings import get_current_settings

from affluent.sealing.fernet import new_key
from tests.behaviours.merchant import Json, Merchant

ORDER: Final = "701-0000444-0000444"
SKU: Final = "FOOD-SAFFRON-LAST"
BUYER: Final = {
    "buyerName": "Ottilie Zwingenberger",
    "buyerEmail": "ottilie.zwingenberger@mail.example",
}
ADDRESS: Final = {
    "name": "Hieronymus Quackenbush",
    "addressLine1": "4711 Gooseberry Crescent",
    "addressLine2": "Apartment 93-Q",
    "city": "Walla Walla",
    "stateOrRegion": "WA",
    "postalCode": "99362-1234",
    "countryCode": "US",
    "phone": "509-555-0177",
}
#: Said of every buyer, and so nobody's own.
NOBODYS: Final = {"WA", "US"}
KEY: Final = new_key()


@pytest.fixture(scope="module", autouse=True)
def key(merchant: Merchant) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("AFFLUENT_PRIVACY_KEY", KEY)
        merchant.write(privacy={"keys": [{"env": "AFFLUENT_PRIVACY_KEY"}]})
        yield


def test_an_order_that_waits_is_kept_sealed(
    merchant: Merchant, capfd: pytest.CaptureFixture[str]
) -> None:
    merchant.run("extract_catalog")
    merchant.buy(
        ORDER,
        {"sku": SKU, "quantity": 900, "price": "28.00"},
        createdTime="2026-11-20T10:00:00Z",
        buyer=BUYER,
        recipient=ADDRESS,
    )

    assert merchant.run("import_orders", account="demo").waiting == 1

    [held] = _held(merchant)
    assert (held["account"], held["orders"], held["readable"]) == ("demo", 1, True)
    _check(merchant, capfd)


def test_it_is_created_with_its_address_and_without_another_call(
    merchant: Merchant, capfd: pytest.CaptureFixture[str]
) -> None:
    merchant.change_variant(SKU, inventory_level=1000)
    asked = len(_questions(merchant))

    merchant.run("import_orders", account="demo")

    [order] = merchant.orders_in_store(ORDER)
    written = merchant.store.get(f"/v2/orders/{order['id']}").json()
    assert written["billing_address"]["street_1"] == ADDRESS["addressLine1"]
    assert len(_questions(merchant)) == asked
    assert _held(merchant) == []
    _check(merchant, capfd)


def test_a_purge_finds_nothing_more_and_says_who_holds_the_rest(
    merchant: Merchant, capfd: pytest.CaptureFixture[str]
) -> None:
    [order] = merchant.orders_in_store(ORDER)

    dry = merchant.run("purge_buyers", dry_run=True)
    report = merchant.run("purge_buyers")

    assert (dry.planned, dry.notes) == (0, ())
    assert report.notes[0].startswith("Purged the buyers' data of 0 orders; 0 remain.")
    told = merchant.ask("pii", "purge", "--order", ORDER)
    assert f"BigCommerce order {order['id']} holds the buyer's data" in told
    _check(merchant, capfd)


def _held(merchant: Merchant) -> list[Json]:
    held: list[Json] = json.loads(merchant.ask("pii", "report", "--json"))["held"]
    return held


def _questions(merchant: Merchant) -> list[str]:
    return [one["path"] for one in merchant.admin.requests() if one["path"].endswith(ORDER)]


def _check(merchant: Merchant, capfd: pytest.CaptureFixture[str]) -> None:
    """No file that we or Prefect wrote, and nothing that was printed, holds a buyer or a secret."""
    files = list(_files(merchant))
    words = [word.encode() for word in _private(merchant)]
    found = {(str(path), word) for path in files for word in words if word in path.read_bytes()}
    printed = "".join(capfd.readouterr())

    assert {path.name for path in files} >= {"affluent.yaml", "affluent.db"}
    assert not found
    assert not [word for word in _private(merchant) if word in printed]


def _files(merchant: Merchant) -> Iterator[Path]:
    """Everything in the merchant's folder but the vendors' own recording, and all of Prefect's."""
    folders = [merchant.config.parent, get_current_settings().home]
    database = str(get_current_settings().server.database.connection_url.get_secret_value())
    folders.append(Path(database.partition("///")[2]).parent)
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file() and path != merchant.exchanges:
                yield path


def _private(merchant: Merchant) -> Iterator[str]:
    yield from BUYER.values()
    yield from (word for word in ADDRESS.values() if word not in NOBODYS)
    yield KEY
    credentials = merchant.sandbox.ready["credentials"]
    for name in ("client_id", "client_secret", "refresh_token"):
        yield credentials["amazon"][name]
    yield credentials["bigcommerce"]["access_token"]
