"""Amazon's side: listings as we know them, as Amazon shows and reports them."""

from __future__ import annotations

from typing import Any

from affluent.domain.inventory import ReportRow
from affluent.domain.issue import Issue, Severity
from affluent.domain.listing import AmazonListing, Listing, ListingStatus
from affluent.domain.plan import Change, Operation
from tests.builders.catalog import ACCOUNT, US, usd


def listing(number: int = 1, **fields: Any) -> Listing:
    """A linked listing of variant `number`, as Amazon shows it."""
    values: dict[str, Any] = {
        "account": ACCOUNT,
        "marketplace_id": US.marketplace_id,
        "sku": f"SKU-{number}",
        "status": ListingStatus.LINKED,
        "selling_list": "Summer",
        "store_sku": f"SKU-{number}",
        "variant_id": number,
        "asin": f"B0-SKU-{number}",
        "product_type": "SUITCASE",
        "barcode": f"40063{number:08d}",
        "price": usd("19.90"),
        "quantity": 7,
        "buyable": True,
    }
    return Listing(**{**values, **fields})


def on_amazon(number: int = 1, **fields: Any) -> AmazonListing:
    """A listing that was on Amazon before us."""
    values: dict[str, Any] = {
        "sku": f"SKU-{number}",
        "marketplace_id": US.marketplace_id,
        "asin": f"B0-SKU-{number}",
        "product_type": "SUITCASE",
        "title": f"Suitcase {number}",
        "statuses": frozenset({"BUYABLE", "DISCOVERABLE"}),
        "channel": "DEFAULT",
        "price": usd("19.90"),
        "quantity": 7,
    }
    return AmazonListing(**{**values, **fields})


def report_row(number: int = 1, **fields: Any) -> ReportRow:
    values: dict[str, Any] = {
        "sku": f"SKU-{number}",
        "asin": f"B0-SKU-{number}",
        "title": f"Suitcase {number}",
        "price": "19.90",
        "quantity": 7,
        "channel": "DEFAULT",
        "status": "Active",
    }
    return ReportRow(**{**values, **fields})


def error(message: str = "'number_of_items' is required but not supplied.") -> Issue:
    return Issue("90220", message, Severity.ERROR, ("number_of_items",))


def deletion(sku: str, account: str = "us") -> Change:
    """The planned removal of a listing."""
    return Change(
        Operation.DELETE_LISTING, account, US.marketplace_id, sku, after={}, why="named by its SKU"
    )
