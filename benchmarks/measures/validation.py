"""What the gate's judgement of attributes costs beside bare jsonschema-rs, on a real definition."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from jsonschema_rs import Draft201909Validator

from affluent.domain.listing import Definition, Requirements
from affluent.quality.attribute_schema import AttributeSchemas
from benchmarks.measures.sandbox import MARKETPLACE

DEFINITION: Final = (
    Path(__file__).resolve().parents[2] / "../shared/specs/amazon/product_types/HOME-us.json"
)
_ITEMS: Final = 10_000
_ROUNDS: Final = 3

Item = dict[str, Any]


def validation_against_bare() -> tuple[float, float, float]:
    """Seconds to parse and compile, and items per second judged by the gate and by the bare
    validator: each the best of its rounds, which take turns."""
    started = time.perf_counter()
    schemas = AttributeSchemas()
    content = json.loads(DEFINITION.read_text(encoding="utf-8"))
    definition = Definition("HOME", Requirements.LISTING, MARKETPLACE, "checksum", content)
    schemas.of(definition)
    compiled_seconds = time.perf_counter() - started
    bare = Draft201909Validator(content, validate_formats=True)
    items = [_item(number) for number in range(_ITEMS)]

    def judge(item: Item) -> object:
        return schemas.of(definition).issues(item)

    def judge_bare(item: Item) -> object:
        return tuple(bare.iter_errors(item))

    if found := judge(items[0]):
        raise ValueError(f"The measured item is not valid: {found}")
    rounds = [(_rate(judge, items), _rate(judge_bare, items)) for _ in range(_ROUNDS)]
    ours, plain = zip(*rounds, strict=True)
    return compiled_seconds, max(ours), max(plain)


def _rate(judge: Callable[[Item], object], items: list[Item]) -> float:
    started = time.perf_counter()
    for item in items:
        judge(item)
    return len(items) / (time.perf_counter() - started)


def _item(number: int) -> Item:
    """A mug that needs no more attributes: valid under the definition's conditions, too."""
    return {
        "brand": _text("Alder & Finch"),
        "bullet_point": [*_text(f"Holds {number} oz"), *_text("Goes into the dishwasher")],
        "country_of_origin": _value("PT"),
        "item_name": _text(f"Stoneware Mug No. {number}"),
        "item_type_keyword": _value("coffee-cups"),
        "product_description": _text("A thick-walled mug, glazed by hand."),
        "supplier_declared_dg_hz_regulation": _value("not_applicable"),
        "externally_assigned_product_identifier": _value("4006381333931", type="ean"),
        "condition_type": _value("new_new"),
        "fulfillment_availability": [{"fulfillment_channel_code": "DEFAULT", "quantity": number}],
        "purchasable_offer": [_offer(19.99)],
        "list_price": _value(24.99, currency="USD"),
        "batteries_required": _value(False),
        "color": _text("Blue"),
        "generic_keyword": _text("mug cup coffee"),
        "item_package_dimensions": [{side: _inches(6) for side in ("length", "width", "height")}],
        "item_package_weight": _value(1.2, unit="pounds"),
        "manufacturer": _text("Alder & Finch"),
        "merchant_shipping_group": _value("legacy-template-id"),
        "model_name": _text("Stoneware"),
        "model_number": _value(f"M-{number}"),
        "number_of_boxes": _value(1),
        "number_of_items": _value(1),
        "part_number": _value(f"P-{number}"),
        "required_product_compliance_certificate": _value("Not Applicable"),
    }


def _text(value: str) -> list[Item]:
    return [{"value": value, "language_tag": "en_US", "marketplace_id": MARKETPLACE}]


def _value(value: object, **more: object) -> list[Item]:
    return [{"value": value, "marketplace_id": MARKETPLACE, **more}]


def _offer(price: float) -> Item:
    schedule = [{"value_with_tax": price}]
    return {
        "marketplace_id": MARKETPLACE,
        "currency": "USD",
        "audience": "ALL",
        "our_price": [{"schedule": schedule}],
    }


def _inches(value: float) -> Item:
    return {"value": value, "unit": "inches"}
