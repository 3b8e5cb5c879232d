"""A merchant with a store and an Amazon account on a sandbox of their own, and Affluent between.

What he does in the store, on Amazon and in affluent.yaml; how he runs flows, and how he asks why.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

import httpx
import pytest
import yaml
from typer.testing import CliRunner

from affluent.cli.app import app
from affluent.cli.demo.sandbox_process import Sandbox
from affluent.cli.demo.settings import ACCOUNT, MARKETPLACE, secrets_of, write_settings
from affluent.cli.run import run_flow
from affluent.domain.report import RunReport
from affluent.settings.document import read_settings
from affluent.storage.migrate import upgrade
from connectors.sandbox_admin import SandboxAdmin
from tests.sandbox.running import RunningSandbox, running_sandbox

MARKETPLACE_ID: Final = "ATVPDKIKX0DER"
HERE: Final = {"account": ACCOUNT, "marketplace": MARKETPLACE}

_SPEED: Final = 60.0
#: Amazon shows an order in its search after two minutes of its own time.
_ORDER_LAG_SECONDS: Final = 125.0

Json = dict[str, Any]


@dataclass(frozen=True)
class Merchant:
    """One merchant. `exchanges` is the file in which the sandbox keeps whatever it was sent."""

    sandbox: RunningSandbox
    admin: SandboxAdmin
    store: httpx.Client
    config: Path
    exchanges: Path

    def run(self, flow: str, **parameters: Any) -> RunReport:
        """Run a flow here and now."""
        return run_flow(flow, parameters | {"config": str(self.config)})

    def ask(self, *words: str, code: int = 0) -> str:
        """What `affluent` prints on this merchant's settings; it must end with this exit code."""
        return affluent(*words, "--config", str(self.config), code=code)

    def explain(self, subject: str, name: str) -> Any:
        """What `affluent explain sku NAME` or `affluent explain order NAME` knows."""
        return json.loads(self.ask("explain", subject, name, "--json"))

    def listing(self, sku: str) -> Json:
        """The one listing of a SKU, as it is explained."""
        [listing] = self.explain("sku", sku)["listings"]
        found: Json = listing
        return found

    def order(self, order_id: str) -> Json:
        """An Amazon order, as it is explained."""
        [order] = self.explain("order", order_id)
        found: Json = order
        return found

    def on_amazon(self, sku: str) -> Json | None:
        """The listing as Amazon has it, or None."""
        shown = {one["sku"]: one for one in self.admin.amazon_listings()}
        return shown.get(sku)

    def asin_of(self, barcode: str) -> str:
        """The ASIN of the page that a search for an EAN or UPC finds on Amazon."""
        query = {
            "identifiers": barcode,
            "identifiersType": "EAN" if len(barcode) == 13 else "UPC",
            "marketplaceIds": MARKETPLACE_ID,
        }
        with self.sandbox.amazon() as amazon:
            found = amazon.get("/catalog/2022-04-01/items", params=query).json()
        [item] = found["items"]
        return str(item["asin"])

    def orders_in_store(self, order_id: str) -> list[Json]:
        """The store's orders for one Amazon order."""
        orders = self.admin.bigcommerce_orders()
        return [order for order in orders if order["external_order_id"] == order_id]

    def variant(self, sku: str) -> Json:
        """A variant of the store, with its product's id."""
        for product in self.admin.bigcommerce_products():
            for variant in product["variants"]:
                if variant["sku"] == sku:
                    return {**variant, "product_id": product["id"]}
        raise LookupError(sku)

    def stock(self) -> dict[str, int]:
        """The store's stock of every variant, by SKU."""
        return {
            variant["sku"]: variant["inventory_level"]
            for product in self.admin.bigcommerce_products()
            for variant in product["variants"]
        }

    def change_variant(self, sku: str, /, **changes: Any) -> None:
        """Change a variant's inventory_level or price in the store."""
        self.admin.patch_variant(self.variant(sku)["id"], changes)

    def change_product(self, sku: str, /, **changes: Any) -> None:
        """Change any field of a simple product, through the store's own API."""
        path = f"/v3/catalog/products/{self.variant(sku)['product_id']}"
        self.store.put(path, json=changes).raise_for_status()

    def buy(self, order_id: str, *items: Json, **fields: Any) -> str:
        """Place an order on Amazon; answers its id."""
        self.admin.place_order({"orderId": order_id, "items": list(items), **fields})
        return order_id

    def await_orders(self) -> None:
        """Let time pass until Amazon shows every order that was placed."""
        time.sleep(_ORDER_LAG_SECONDS / _SPEED)

    def sent_to_amazon(self, sku: str) -> list[Json]:
        """The bodies of every put and patch of a SKU, in the order in which they were sent."""
        return [body for name, body in self.written_to_amazon() if name == sku]

    def written_to_amazon(self) -> list[tuple[str, Json]]:
        """The SKU and body of every put and patch, in the order in which they were sent."""
        exchanges = map(json.loads, self.exchanges.read_text("utf-8").splitlines())
        return [
            (unquote(exchange["path"].rpartition("/")[2]), exchange["request_body"])
            for exchange in exchanges
            if exchange["method"] in ("PUT", "PATCH") and "/listings/" in exchange["path"]
        ]

    def read(self) -> Json:
        """What affluent.yaml says."""
        settings: Json = yaml.safe_load(self.config.read_text("utf-8"))
        return settings

    def write(self, **sections: Any) -> None:
        """Write sections of affluent.yaml anew."""
        text = yaml.safe_dump(self.read() | sections, sort_keys=False)
        self.config.write_text(text, "utf-8")

    @contextmanager
    def settings(self, **sections: Any) -> Iterator[None]:
        """Sections of affluent.yaml that hold only as long as the block lasts."""
        before = self.config.read_text("utf-8")
        self.write(**sections)
        try:
            yield
        finally:
            self.config.write_text(before, "utf-8")

    def account(self, **keys: Any) -> list[Json]:
        """The accounts of affluent.yaml, with these keys of the one account changed."""
        [account] = self.read()["accounts"]
        return [account | keys]


def affluent(*words: str, code: int = 0) -> str:
    """What the command prints; it must end with this exit code."""
    result = CliRunner().invoke(app, words, env={"COLUMNS": "400"})
    assert result.exit_code == code, result.output
    return result.output


def selling_list(name: str, **keys: Any) -> Json:
    """A selling list for the merchant's account, sent one by one."""
    return {"name": name, "send": "single", **HERE, **keys}


@contextmanager
def opened_merchant(folder: Path, speed: float = _SPEED) -> Iterator[Merchant]:
    """A merchant with the demo's store, settings and secrets, and with an empty database; the
    vendors' time runs so many times as fast as ours."""
    exchanges = folder / "exchanges.ndjson"
    with (
        running_sandbox("--speed", str(speed), "--record", str(exchanges)) as sandbox,
        SandboxAdmin(sandbox.ready["admin"]) as admin,
        sandbox.bigcommerce() as store,
        pytest.MonkeyPatch.context() as environment,
    ):
        described = Sandbox(sandbox.process.pid, sandbox.ready)
        config = write_settings(folder, described, speed, None)
        for variable, value in secrets_of(described).items():
            environment.setenv(variable, value)
        upgrade(read_settings(config).database)
        yield Merchant(sandbox, admin, store, config, exchanges)
