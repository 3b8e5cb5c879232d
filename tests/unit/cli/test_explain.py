"""`affluent explain`: the item's log, the order's timeline, and what to do about a reason."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from affluent.domain.error_book import explain
from affluent.explanations.order import explain_order
from affluent.explanations.sku import explain_sku
from affluent.storage.unit_of_work import SqlUnitsOfWork
from tests.unit.cli.conftest import Affluent
from tests.unit.cli.recorded import (
    NO_ITEM_COUNT,
    OUT_OF_STOCK,
    SHIPPED_ORDER,
    WAITING_ORDER,
    record_listings,
    record_orders,
    record_writes,
)


@pytest.fixture
def answer(affluent: Affluent, config: Path) -> Any:
    """The JSON answer of `affluent explain`."""
    return lambda *arguments: json.loads(
        affluent("explain", *arguments, "--config", str(config), "--json").stdout
    )


@pytest.mark.parametrize("sku", ["MUG", "AMZ-MUG"])
def test_a_linked_sku_shows_amazon_against_the_store(sku: str, units: SqlUnitsOfWork) -> None:
    record_listings(units)

    with units() as work:
        (listing,) = explain_sku(sku, work).listings

    assert (listing.marketplace, listing.status, listing.asin) == ("US", "linked", "B000000001")
    assert (str(listing.price), listing.quantity) == ("11.50 USD", 7)
    assert listing.store is not None
    assert (listing.store.sku, str(listing.store.price), listing.store.quantity) == (
        "MUG",
        "12.00 USD",
        9,
    )


@pytest.mark.behaviour("S11")
def test_a_sku_shows_the_log_of_all_its_names_newest_last(
    units: SqlUnitsOfWork, affluent: Affluent, config: Path
) -> None:
    record_listings(units)
    record_writes(units)

    with units() as work:
        log = explain_sku("MUG", work).log
    told = affluent("explain", "sku", "MUG", "--config", str(config)).stdout

    assert [(entry.key, entry.state) for entry in log] == [
        ("MUG", "planned"),
        ("MUG", "refused"),
        ("AMZ-MUG", "planned"),
    ]
    assert told.index("2026-11-20 12:01:00") < told.index("2026-11-20 13:00:00")
    assert "brand: It contradicts the catalog.(8541)" in told
    assert "sub-1" in told


@pytest.mark.behaviour("S11", "S24")
def test_a_sku_in_error_says_what_to_fix(answer: Any, units: SqlUnitsOfWork) -> None:
    record_listings(units)
    entry = explain(NO_ITEM_COUNT)
    assert entry is not None

    known, unknown = answer("sku", "TRAY")["listings"][0]["reasons"]

    assert known == {
        "message": NO_ITEM_COUNT,
        "cause": entry.cause,
        "field_to_fix": entry.field_to_fix,
        "fix": entry.fix,
    }
    assert (unknown["message"], unknown["fix"]) == ("Something new that Amazon says.(424242)", "")


def test_names_are_shown_as_they_are(
    affluent: Affluent, config: Path, units: SqlUnitsOfWork
) -> None:
    record_listings(units)

    told = affluent("explain", "sku", "TRAY", "--config", str(config)).stdout

    assert "Mug [bold]TRAY[/bold]" in told
    assert "stock untracked" in told
    assert f"fix: {explain(NO_ITEM_COUNT).fix[:40]}" in told


@pytest.mark.behaviour("S61", "S62")
def test_an_order_shows_its_timeline_with_its_own_packages(
    answer: Any, units: SqlUnitsOfWork
) -> None:
    record_orders(units)

    (order,) = answer("order", SHIPPED_ORDER)

    assert (order["state"], order["store_order_id"], order["reasons"]) == ("shipped", 77, [])
    assert [entry["key"] for entry in order["timeline"]] == [
        SHIPPED_ORDER,
        f"{SHIPPED_ORDER}/1",
        f"{SHIPPED_ORDER}/2",
    ]


@pytest.mark.behaviour("S62", "S71", "S74")
def test_a_waiting_order_says_why_and_what_to_do(
    affluent: Affluent, config: Path, units: SqlUnitsOfWork
) -> None:
    record_orders(units)

    told = affluent("explain", "order", WAITING_ORDER, "--config", str(config)).stdout

    entry = explain(OUT_OF_STOCK)
    assert entry is not None
    words = " ".join(told.split())
    assert "With us waiting" in words
    assert OUT_OF_STOCK in words
    assert f"fix: {entry.fix}" in words
    assert "Timeline: nothing was sent or held yet." in told


def test_an_order_of_another_account_is_explained_apart(units: SqlUnitsOfWork) -> None:
    record_orders(units)

    with units() as work:
        assert explain_order("999-0000000-0000000", work) == ()
        assert [one.account for one in explain_order(SHIPPED_ORDER, work)] == ["north-america"]


@pytest.mark.parametrize(("kind", "name"), [("sku", "NOBODY"), ("order", "999-0000000-0000000")])
def test_what_is_not_known_is_said_in_a_sentence(
    kind: str, name: str, affluent: Affluent, config: Path, units: SqlUnitsOfWork
) -> None:
    record_listings(units)

    result = affluent("explain", kind, name, "--config", str(config))

    assert result.exit_code == 1
    assert name in result.stderr
    assert "fix: " in result.stderr
    assert result.stdout == ""
