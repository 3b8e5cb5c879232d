"""A quantity write changes the quantity and nothing else, whatever the product type."""

from __future__ import annotations

import json
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from affluent.domain.account import SyncSwitches
from affluent.offers.plan import OffersKnown, plan_quantities
from sandbox.amazon.listings.patches import apply_patches
from sandbox.product_types import load_product_types
from tests.builders.catalog import PROFILE, US, variant
from tests.builders.listings import listing

Json = dict[str, Any]

AVAILABILITY = "fulfillment_availability"
REAL = Path(__file__).resolve().parents[2] / "../shared/specs/amazon/product_types"
SANDBOX = {one.name: one.schema for one in load_product_types()}
REAL_FILES = sorted(path for path in REAL.glob("HOME-*.json")) if REAL.is_dir() else []


def schemas() -> list[Any]:
    """Every product type of the sandbox, and every one of Amazon's own that is at hand."""
    real = [pytest.param(path, id=path.stem) for path in REAL_FILES]
    missing = pytest.param(None, id="real", marks=pytest.mark.skip("Amazon's schemas are missing"))
    return [pytest.param(name, id=name) for name in SANDBOX] + (real or [missing])


def read(source: str | Path) -> Json:
    if isinstance(source, str):
        return SANDBOX[source]
    schema: Json = json.loads(source.read_text("utf-8"))
    return schema


def values(schema: Mapping[str, Any], depth: int = 0) -> st.SearchStrategy[Any]:
    """Something in the form of the schema; what it allows beyond its form does not matter here."""
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    for key in ("anyOf", "oneOf"):
        if key in schema:
            return values(schema[key][0], depth)
    match schema.get("type"):
        case "object" if depth < 4:
            parts = {
                name: values(part, depth + 1) for name, part in schema.get("properties", {}).items()
            }
            return st.fixed_dictionaries({}, optional=parts)
        case "array" if depth < 4:
            return st.lists(values(schema.get("items", {}), depth + 1), min_size=1, max_size=2)
        case "integer" | "number":
            return st.integers(0, 99)
        case "boolean":
            return st.booleans()
    return st.sampled_from(["a", "b", "2026-11-24"])


def entries(schema: Mapping[str, Any]) -> st.SearchStrategy[list[Any]]:
    """An attribute's entries, each with its own value of every selector."""
    items = schema.get("items", {})
    selectors = schema.get("selectors", [])
    return st.lists(
        values(items),
        min_size=1,
        max_size=2,
        unique_by=lambda one: json.dumps([one.get(name) for name in selectors], sort_keys=True),
    )


@st.composite
def listings(draw: st.DrawFn, schema: Json) -> Json:
    """The attributes of a listing that the merchant ships himself: a few of the type's own, and
    the availability with any of its sub-fields."""
    properties = schema["properties"]
    chosen = draw(st.sets(st.sampled_from(sorted(properties)), max_size=5)) - {AVAILABILITY}
    attributes = {name: draw(entries(properties[name])) for name in sorted(chosen)}
    fields = draw(values(properties[AVAILABILITY]["items"]))
    own = {**fields, "fulfillment_channel_code": "DEFAULT", "quantity": draw(st.integers(0, 9))}
    return {**attributes, AVAILABILITY: [own]}


def patches(quantity: int) -> list[Json]:
    """What sync_offers sends for a store that has so many."""
    known = OffersKnown(
        marketplace=US,
        listings=[listing(1, quantity=None)],
        variants={"SKU-1": variant(1, quantity=quantity)},
        profiles={"Summer": PROFILE},
        sync=SyncSwitches(),
        reserved={},
    )
    [change] = plan_quantities(known).changes
    written: list[Json] = change.payload["patches"]
    return written


@pytest.mark.behaviour("N14")
@pytest.mark.parametrize("source", schemas())
def test_a_quantity_write_changes_only_the_quantity(source: str | Path) -> None:
    schema = read(source)

    @settings(max_examples=60, deadline=None)
    @given(before=listings(schema), quantity=st.integers(0, 99))
    def holds(before: Json, quantity: int) -> None:
        after = apply_patches(
            deepcopy(before),
            patches(quantity),
            lambda name: tuple(schema["properties"][name].get("selectors", ())),
            US.marketplace_id,
        )
        expected = deepcopy(before)
        expected[AVAILABILITY][0]["quantity"] = quantity
        assert after == expected

    holds()


def test_a_write_that_replaces_would_be_found_out() -> None:
    """The comparison itself: `replace` in place of `merge` loses the handling time."""
    [patch] = patches(3)
    own = {"fulfillment_channel_code": "DEFAULT", "quantity": 1, "lead_time_to_ship_max_days": 4}

    after = apply_patches(
        {AVAILABILITY: [own]},
        [{**patch, "op": "replace"}],
        lambda _: ("fulfillment_channel_code",),
        US.marketplace_id,
    )

    assert after != {AVAILABILITY: [{**own, "quantity": 3}]}
