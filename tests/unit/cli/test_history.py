"""`affluent history`: a SKU, an order and the catalog at any time."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from affluent.domain.effect import EffectState, Resolution, Run
from affluent.domain.money import Money
from affluent.domain.plan import Change, Operation
from affluent.storage.unit_of_work import SqlUnitsOfWork
from tests.unit.cli.conftest import Affluent
from tests.unit.cli.recorded import NOON, SHIPPED_ORDER, US, record_orders, variant

MUG = variant("MUG", "12.00", 9)
DEAR = replace(MUG, price=Money(Decimal("15.00"), "USD"), name="=Mug [red]")
TRAY = variant("TRAY", "20.00", None)


def after(hours: float) -> datetime:
    return NOON + timedelta(hours=hours)


@pytest.fixture(autouse=True)
def _day(units: SqlUnitsOfWork) -> None:
    """The mug gets dearer after two hours; its first price reached Amazon at 1 h. A tray goes."""
    with units() as work:
        work.variants.save([MUG, TRAY], NOON)
        for hours, price in ((0.5, "12.00"), (2.5, "15.00")):
            offer = {"price": price, "currency": "USD"} | ({"quantity": 9} if hours < 1 else {})
            change = Change(Operation.PATCH_OFFER, "north-america", US, "MUG", offer, why="")
            run = Run(f"run-{hours}", "sync_offers")
            [effect] = work.ledger.record([change], run, after(hours), plan_hash="a")
            effective = Resolution(effect.effect_id, EffectState.EFFECTIVE)
            work.ledger.resolve([effective], after(hours + 0.5))
        work.variants.save([DEAR], after(2))
        work.variants.mark_gone(after(2), after(2))
        work.commit()


@pytest.fixture
def answer(affluent: Affluent, config: Path) -> Any:
    """The JSON answer of `affluent history`."""
    return lambda *words: json.loads(
        affluent("history", *words, "--config", str(config), "--json").stdout
    )


def told(affluent: Affluent, config: Path, *words: str, code: int = 0) -> str:
    result = affluent("history", *words, "--config", str(config))
    assert result.exit_code == code, result.output
    return result.output


@pytest.mark.parametrize(
    ("at", "price", "on_amazon"),
    [
        ("2026-11-20T12:30", "12.00", []),
        ("2026-11-20T13:30", "12.00", [("12.00 USD", "9")]),
        ("2026-11-20T15:30+01:00", "15.00", [("12.00 USD", "9")]),
        ("2026-11-21", "15.00", [("15.00 USD", "9")]),
    ],
)
def test_a_sku_at_a_time_on_both_sides(
    answer: Any, at: str, price: str, on_amazon: list[tuple[str, str]]
) -> None:
    found = answer("sku", "MUG", "--at", at)

    [version] = found["store"]
    assert version["variant"]["price"]["amount"] == price
    assert [(one["price"], one["quantity"]) for one in found["on_amazon"]] == on_amazon


def test_every_version_of_a_sku_with_what_changed(affluent: Affluent, config: Path) -> None:
    words = told(affluent, config, "sku", "MUG")

    assert "price: 12.00 USD → 15.00 USD" in words
    assert "name: Mug [bold]MUG[/bold] → =Mug [red]" in words
    assert words.index("2026-11-20 12:00:00") < words.index("2026-11-20 14:00:00")
    assert "gone from the store" in told(affluent, config, "sku", "TRAY")
    assert "stock untracked" in told(affluent, config, "sku", "TRAY", "--at", "2026-11-20T13:00")


def test_what_was_touched_but_did_not_change_is_no_step(answer: Any, units: SqlUnitsOfWork) -> None:
    with units() as work:
        work.variants.save([replace(DEAR, modified_at=after(5))], after(5))
        work.commit()

    assert len(answer("sku", "MUG")["store"]) == 2


def test_an_order_at_a_time(answer: Any, affluent: Affluent, units: SqlUnitsOfWork) -> None:
    record_orders(units)
    with units() as work:
        for entry, hours in (("create_order", 0.5), ("confirm_shipment", 3.5)):
            for effect in work.ledger.in_states(Operation(entry), "north-america", EffectState):
                effective = Resolution(effect.effect_id, EffectState.EFFECTIVE, "77")
                work.ledger.resolve([effective], after(hours))
        work.commit()

    def state(at: datetime) -> str | None:
        [order] = answer("order", SHIPPED_ORDER, "--at", at.isoformat())
        return order["state"]

    states = [state(after(hours)) for hours in (-1, 0.25, 0.75, 3, 4)]

    assert states == [None, "recorded", "imported", "imported", "shipped"]
    [now] = answer("order", SHIPPED_ORDER)
    assert now["state"] == "shipped"


def test_the_catalog_between_two_times(affluent: Affluent, config: Path, tmp_path: Path) -> None:
    span = ("catalog", "--from", "2026-11-20T12:30", "--to", "2026-11-20T15:00")
    file = tmp_path / "differences.csv"

    words = told(affluent, config, *span)
    told(affluent, config, *span, "--csv", str(file))

    assert "Variants: 1 changed, 1 removed." in words
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.reader(opened))
    assert rows[0] == ["variant_id", "sku", "what", "field", "before", "after"]
    assert [row[1:] for row in rows[1:] if row[1] == "MUG"] == [
        ["MUG", "changed", "name", "Mug [bold]MUG[/bold]", "'=Mug [red]"],
        ["MUG", "changed", "price", "12.00 USD", "15.00 USD"],
    ]
    assert [row[1:] for row in rows[1:] if row[1] == "TRAY"] == [["TRAY", "removed", "", "", ""]]
    assert "Nothing differs." in told(affluent, config, "catalog", "--from", "2026-11-21")


def test_a_terminal_shows_the_first_rows_and_counts_all(
    affluent: Affluent, config: Path, units: SqlUnitsOfWork
) -> None:
    crowd = [replace(MUG, variant_id=10**6 + one, sku=f"M{one}") for one in range(60)]
    with units() as work:
        work.variants.save(crowd, after(4))
        work.commit()

    words = told(affluent, config, "catalog", "--from", "2026-11-20T15:00")

    assert "Variants: 60 added. The first 50 of 60 rows" in words


@pytest.mark.parametrize(
    ("words", "message", "code"),
    [
        (("sku", "NOBODY"), "Nothing is known of the SKU NOBODY.", 1),
        (("sku", "MUG", "--at", "2026-11-19"), "at 2026-11-19", 1),
        (("sku", "MUG", "--at", "yesterday"), "yesterday is no time.", 2),
        (("sku", "MUG", "--at", "0001-01-01T00:00+14:00"), "is no time.", 2),
        (("order", "999-0000000-0000000"), "is not known here.", 1),
        (("catalog", "--from", "2026-11-21", "--to", "2026-11-20"), "is after --to", 2),
    ],
)
def test_what_cannot_be_answered_is_said_in_a_sentence(
    affluent: Affluent, config: Path, words: tuple[str, ...], message: str, code: int
) -> None:
    assert message in told(affluent, config, *words, code=code)
