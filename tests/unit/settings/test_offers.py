"""Offer profiles and exchange rates, as they are written down, and what is wrong with them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from affluent.cli.init import settings_template
from affluent.domain.errors import ConfigurationError
from affluent.domain.offer.formula import parse_formula
from affluent.domain.offer.rates import CurrencyRates
from affluent.settings.currencies import RatesFileSettings, read_rates, read_rates_file
from affluent.settings.document import read_document
from affluent.settings.offer_values import offer_profile_of
from affluent.settings.offers import OfferProfileSettings
from tests.unit.settings.files import problems_of, write

TODAY = date(2026, 11, 24)
FILE = RatesFileSettings(path=Path("rates.csv"), oldest_days=3)


def with_profile(tmp_path: Path, profile: dict[str, Any]) -> Path:
    content = yaml.safe_load(settings_template())
    return write(tmp_path, content | {"offer_profiles": {"default": profile}})


@pytest.mark.parametrize(
    ("profile", "key", "words"),
    [
        (
            {"price_mode": "template", "price_template": [{"formula": "x1,2"}]},
            "price_template.0.formula",
            "decimal comma",
        ),
        ({"price_mode": "template"}, "price_template", "do not go together"),
        ({"price_template": [{"formula": "+1"}]}, "price_template", "do not go together"),
        (
            {
                "price_mode": "template",
                "price_template": [
                    {"below": 30, "formula": "+1"},
                    {"at_least": 20, "formula": "+2"},
                ],
            },
            "price_template",
            "'from 0 to 30' and 'from 20' overlap",
        ),
        ({"floor": 9, "ceiling": 8}, "floor", "above the ceiling"),
        ({"rounding": {"ending": 1.99}}, "rounding.ending", "not below the step"),
        ({"quantity_mode": "percent", "quantity_value": 101}, "quantity_value", "more than"),
        ({"quantity_minimum": 5, "quantity_maximum": 4}, "quantity_maximum", "nothing is ever"),
        ({"sale": {"starts": "2026-11-27"}}, "sale.ends", "one way"),
        (
            {"sale": {"starts": "2026-11-27", "ends": "2026-11-26"}},
            "sale.ends",
            "before the start",
        ),
        (
            {
                "business": {
                    "tiers": [{"units": 9, "formula": "-1%"}, {"units": 5, "formula": "-2%"}]
                }
            },
            "business.tiers",
            "do not rise",
        ),
    ],
)
def test_a_rule_that_cannot_be_is_named(
    tmp_path: Path, profile: dict[str, Any], key: str, words: str
) -> None:
    [problem] = problems_of(with_profile(tmp_path, profile))

    assert problem.key == f"offer_profiles.default.{key}"
    assert words in problem.problem
    assert problem.fix


def test_a_profile_becomes_rules() -> None:
    settings = OfferProfileSettings.model_validate(
        {
            "price_mode": "template",
            "price_template": [{"below": "20", "formula": "x1.2 +3"}],
            "rounding": {"ending": "0.99", "direction": "up"},
            "limits": {"margin": "0.2", "map_price": True, "tell_amazon": True},
            "sells_both_ways": ["A-1"],
        }
    )

    profile = offer_profile_of("one", settings, CurrencyRates())

    [only] = profile.price_template
    assert (only.formula, only.at_least, only.below) == (
        parse_formula("x1.2 +3"),
        Decimal(0),
        Decimal(20),
    )
    assert str(profile.rounding) == "an ending of 0.99, up"
    assert (profile.limits.margin, profile.limits.keeps_map) == (Decimal("0.2"), True)
    assert profile.limits.told_to_amazon
    assert profile.sells_both_ways == {"A-1"}


def test_a_file_gives_its_fresh_rates_and_the_settings_go_before_it(tmp_path: Path) -> None:
    (tmp_path / "rates.csv").write_text(
        "from,to,rate,date\n"
        "USD,EUR,0.92,2026-11-21\n"
        "USD,GBP,0.79,2026-11-20\n"
        "USD,CAD,1.38,2026-11-24\n",
        encoding="utf-8",
    )

    rates = read_rates({"USD": {"CAD": Decimal("1.4")}}, FILE, tmp_path, TODAY)

    assert rates.rates == {("USD", "EUR"): Decimal("0.92"), ("USD", "CAD"): Decimal("1.4")}
    assert rates.stale == {("USD", "GBP"): date(2026, 11, 20)}


def test_a_file_of_json_says_the_same(tmp_path: Path) -> None:
    path = tmp_path / "rates.json"
    path.write_text('{"date": "2026-11-24", "rates": {"USD": {"EUR": 0.92}}}', encoding="utf-8")

    [(pair, rate)] = read_rates_file(path).items()

    assert (pair, rate.value, rate.day) == (("USD", "EUR"), Decimal("0.92"), TODAY)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.csv", "from,to,rate\nUSD,EUR,1\n", "It has no column date."),
        ("a.csv", "from,to,rate,date\nUSD,EUR,0,2026-11-24\n", "line 2: '0' is no rate above 0."),
        ("a.csv", "from,to,rate,date\nUSD,EUR,NaN,2026-11-24\n", "'NaN' is no rate above 0."),
        ("a.csv", "from,to,rate,date\nUSD,EUR,1,24.11.2026\n", "'24.11.2026' is no day such as"),
        ("a.csv", "from,to,rate,date\nUSD\n", "line 2: '' is no rate above 0."),
        ("a.json", "[1]", "It is no object."),
        ("a.json", '{"date": "2026-11-24", "rates": 3}', "rates is no object."),
        ("a.json", '{"rates": {"USD": {"EUR": 1}}}', "USD.EUR: '' is no day"),
        ("a.json", "{", "Expecting property name"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_with_its_place(
    tmp_path: Path, name: str, text: str, words: str
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")

    with pytest.raises(ConfigurationError, match="cannot be read") as told:
        read_rates_file(path)

    assert words in told.value.why
    assert told.value.fix


def test_without_its_file_the_other_rates_still_count(tmp_path: Path) -> None:
    rates = read_rates({"USD": {"CAD": Decimal("1.4")}}, FILE, tmp_path, TODAY)

    assert rates.rates == {("USD", "CAD"): Decimal("1.4")}
    assert "rates.csv cannot be read" in rates.lack


def test_the_check_names_a_file_of_rates_that_is_not_there(tmp_path: Path) -> None:
    content = yaml.safe_load(settings_template())
    path = write(tmp_path, content | {"currency_rates_file": {"path": "rates.csv"}})

    [problem] = read_document(path).unreadable_rates()

    assert problem.key == "currency_rates_file.path"
    assert "No such file" in problem.problem
