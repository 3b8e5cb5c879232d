"""Every example of docs/prices.md comes out as the guide says."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from affluent.domain.marketplace import find_marketplace
from affluent.domain.money import Money
from affluent.domain.offer import OfferedPrice, offered_price, offered_quantity
from affluent.domain.offer.rates import CurrencyRates
from affluent.settings.currencies import read_rates
from affluent.settings.offer_values import offer_profile_of
from affluent.settings.offers import OfferProfileSettings
from tests.builders.catalog import US, usd, variant
from tests.fakes.clock import NOON

GUIDE = (Path(__file__).parents[3] / "docs" / "prices.md").read_text(encoding="utf-8")
Row = dict[str, str]


def section(title: str) -> str:
    return GUIDE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def tables(title: str) -> list[list[Row]]:
    """The tables of a section, each row by its column names."""
    found: list[list[list[str]]] = []
    is_inside = False
    for line in section(title).splitlines():
        if line.startswith("|"):
            cells = [cell.strip().strip("`") for cell in line.strip("|").split("|")]
            if not is_inside:
                found.append([])
            found[-1].append(cells)
        is_inside = line.startswith("|")
    return [[dict(zip(rows[0], row, strict=True)) for row in rows[2:]] for rows in found]


def examples(title: str, table: int = 0) -> list[Any]:
    return [pytest.param(row, id=" ".join(row.values())) for row in tables(title)[table]]


def snippets(title: str) -> Iterator[Any]:
    for block in section(title).split("```yaml\n")[1:]:
        yield yaml.safe_load(block.partition("```")[0])


def price(
    in_store: str,
    settings: Any,
    rates: CurrencyRates | None = None,
    country: str = "US",
    **fields: Any,
) -> OfferedPrice:
    profile = offer_profile_of("guide", OfferProfileSettings(**settings), rates or CurrencyRates())
    marketplace = find_marketplace(country) or US
    return offered_price(profile, variant(price=usd(in_store), **fields), marketplace)


@pytest.mark.behaviour("S55")
@pytest.mark.parametrize("row", examples("Formulas", 1))
def test_formulas(row: Row) -> None:
    template = {"price_mode": "template", "price_template": [{"formula": row["formula"]}]}

    assert str(price(row["store"], template).price) == f"{row['price']} USD"


@pytest.mark.behaviour("S55")
@pytest.mark.parametrize("row", examples("Templates"))
def test_templates_by_range(row: Row) -> None:
    *_, template = snippets("Templates")

    assert str(price(row["store"], template).price) == f"{row['price']} USD"


@pytest.mark.behaviour("S55")
def test_the_factor_comes_after_the_template() -> None:
    template, _ = snippets("Templates")

    offered = price("100", template)

    assert offered.price == usd(126)
    assert offered.why == "100 USD in the store, +5 makes 105 USD, x1.2 makes 126 USD"


@pytest.mark.parametrize("row", examples("Rounding"))
def test_rounding(row: Row) -> None:
    settings = {"rounding": yaml.safe_load(row["rounding"])}

    assert str(price(row["price"], settings).price) == f"{row['label']} USD"


@pytest.mark.parametrize("row", examples("Other currencies"))
def test_other_currencies(row: Row) -> None:
    [written] = snippets("Other currencies")
    table = {
        one: {other: Decimal(str(rate)) for other, rate in rates.items()}
        for one, rates in written["currency_rates"].items()
    }
    rates = read_rates(table, None, Path(), NOON.date())
    settings = {"rounding": yaml.safe_load(row["rounding"])} if row["rounding"] else {}
    amount, _, _ = row["store"].partition(" ")
    country = {"EUR": "DE", "JPY": "JP"}[row["currency"]]

    assert str(price(amount, settings, rates, country).price) == f"{row['price']} {row['currency']}"


@pytest.mark.parametrize("row", examples("Floor and ceiling"))
def test_floor_and_ceiling(row: Row) -> None:
    limits: dict[str, Any] = {"outside": row["outside"], "map_price": True}
    if row["margin"]:
        limits["margin"] = row["margin"]
    money = {"cost": row["cost"], "map_price": row["MAP"]}
    fields: dict[str, Money] = {name: usd(text) for name, text in money.items() if text}

    offered = price(row["store"], {"limits": limits}, **fields)

    if row["price"] == "held":
        assert offered.problem is not None
    else:
        assert (offered.problem, str(offered.price)) == (None, f"{row['price']} USD")


def test_business_prices() -> None:
    [settings] = snippets("Businesses")
    [[row]] = tables("Businesses")

    business = price(row["price"], settings).business

    assert business is not None
    assert business.price == usd(row["for businesses"])
    assert [(tier.units, tier.price) for tier in business.tiers] == [
        (5, usd(row["from 5"])),
        (20, usd(row["from 20"])),
    ]


@pytest.mark.behaviour("S51", "S52", "S53")
@pytest.mark.parametrize("row", examples("Quantities"))
def test_quantities(row: Row) -> None:
    names = {
        "quantity_mode": "mode",
        "quantity_value": "value",
        "quantity_minimum": "minimum",
        "quantity_maximum": "maximum",
    }
    settings = {name: row[column] for name, column in names.items() if row[column]}
    profile = offer_profile_of("guide", OfferProfileSettings(**settings), CurrencyRates())

    assert offered_quantity(profile, int(row["store"])) == int(row["offered"])


def test_a_sale_of_the_guide_is_one() -> None:
    rule = section("Sales").split("sale: ")[2].partition("#")[0]

    offered = price("100", {"sale": yaml.load(rule, yaml.BaseLoader)})

    assert offered.sale is not None
    assert (offered.price, offered.sale.price) == (usd(100), usd(90))
    assert offered.sale.starts < offered.sale.ends
