"""Changes as the plans make them, with everything right unless a test says otherwise."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from affluent.domain.listing import Definition, Requirements
from affluent.domain.offer import OfferProfile
from affluent.domain.plan import Change, Operation, Plan

SHARED = (Path(__file__).resolve().parents[3] / "../shared").resolve()
US = "ATVPDKIKX0DER"
PROFILE = OfferProfile("default")

# Barcodes with good check digits, none equal to another.
BARCODES = tuple(
    f"{body}{-sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(body)) % 10}"
    for body in (f"4006381{number:05d}" for number in range(60))
)


def listing(
    sku: str = "SKU-1",
    attributes: Mapping[str, Any] | None = None,
    **after: Any,
) -> Change:
    """A PUT_LISTING change of a new product with a good barcode."""
    facts = {
        "name": "Stoneware Mug",
        "brand": "Alder & Finch",
        "barcode": BARCODES[0],
        "asin": "",
        "candidates": 0,
        "price": "14.50",
        "currency": "USD",
        "quantity": 12,
        "channel": "DEFAULT",
        "product_type": "KITCHEN",
        "requirements": "LISTING",
        "selling_list": "Kitchen",
    } | after
    payload = {
        "productType": facts["product_type"],
        "requirements": facts["requirements"],
        "attributes": dict(attributes or {}),
    }
    return Change(Operation.PUT_LISTING, "us", US, sku, facts, "new", payload=payload)


def offer(
    sku: str = "SKU-1",
    *,
    price: tuple[str, str] | None = None,
    quantity: tuple[int, int] | None = None,
    channel: str = "DEFAULT",
) -> Change:
    """A PATCH_OFFER change; each pair is before and after."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {"channel": channel}
    if price:
        before |= {"price": price[0], "currency": "USD"}
        after |= {"price": price[1], "currency": "USD"}
    if quantity:
        before["quantity"], after["quantity"] = quantity
    return Change(Operation.PATCH_OFFER, "us", US, sku, after, "sync", before=before)


def plan_of(*changes: Change) -> Plan:
    return Plan(changes)


def profiles_of(plan: Plan, profile: OfferProfile = PROFILE) -> dict[str, OfferProfile]:
    return {change.key: profile for change in plan.changes}


def definition(
    schema: Mapping[str, Any],
    product_type: str = "KITCHEN",
    requirements: Requirements = Requirements.LISTING,
    checksum: str = "checksum-1",
) -> Definition:
    return Definition(product_type, requirements, US, checksum, schema)


def catalog_listings(path: Path) -> Iterable[Change]:
    """The listings of a catalog of BigCommerce products, one variant each."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            product = json.loads(line, parse_float=Decimal)
            yield listing(
                product["sku"],
                name=product["name"],
                barcode=product["gtin"] or product["upc"],
                price=str(product["price"]),
                quantity=product["inventory_level"],
            )
