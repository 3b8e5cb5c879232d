"""`affluent lists`, and a list that the settings move though it was used."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
import yaml

from affluent.domain.category import Category
from affluent.domain.list_place import ListPlace
from affluent.domain.marketplace import find_marketplace
from affluent.storage.unit_of_work import SqlUnitsOfWork
from tests.builders.catalog import variant
from tests.builders.listings import listing
from tests.fakes.clock import NOON
from tests.unit.cli.conftest import SECRETS, Affluent

GARDEN, RAKES = Category(1, 0, "Garden", "Garden"), Category(3, 1, "Rakes", "Garden > Rakes")


@pytest.fixture
def lists_of(config: Path, units: SqlUnitsOfWork) -> Path:
    """A garden list in the US, and a Canadian one, over three products."""
    content = yaml.safe_load(config.read_text("utf-8"))
    here = {"account": "north-america", "creation_profiles": {}}
    content["accounts"][0]["marketplaces"] = ["US", "CA"]
    content["selling_lists"] = [
        {"name": "Garden", "marketplace": "US", "categories": [1], "exclude_skus": ["SKU-2"]}
        | here,
        {"name": "Canada", "marketplace": "CA", "brands": ["None of ours"]} | here,
    ]
    config.write_text(yaml.safe_dump(content), "utf-8")
    with units() as work:
        work.categories.replace([GARDEN, RAKES])
        work.variants.save([variant(1), variant(2), variant(3, category_ids=(9,))], NOON)
        shown = [
            listing(number, account="north-america", selling_list="Garden") for number in (2, 3)
        ]
        work.listings.save(shown, NOON)
        work.commit()
    return config


def use(units: SqlUnitsOfWork, name: str, country: str) -> None:
    marketplace = find_marketplace(country)
    assert marketplace is not None
    with units() as work:
        place = ListPlace("north-america", marketplace.marketplace_id)
        work.list_places.lock({name: place}, NOON)
        work.commit()


@pytest.mark.behaviour("S47")
def test_every_list_shows_its_account_marketplace_and_figures(
    affluent: Affluent, lists_of: Path, units: SqlUnitsOfWork
) -> None:
    use(units, "Garden", "US")

    told = affluent("lists", "--config", str(lists_of))
    garden, canada = json.loads(affluent("lists", "--config", str(lists_of), "--json").stdout)

    assert told.exit_code == 0
    for word in ("Garden", "north-america", "US", "used", "2 linked", "Canada", "CA", "new"):
        assert word in told.stdout
    assert garden["marketplace_id"] == "ATVPDKIKX0DER"
    assert (garden["products"], garden["enters"], garden["leaves"]) == (1, 1, 2)
    assert (canada["products"], canada["state"]) == (0, "new")


def test_one_list_shows_its_rules_with_the_categories_paths(
    affluent: Affluent, lists_of: Path
) -> None:
    told = affluent("lists", "show", "Garden", "--config", str(lists_of)).stdout
    unknown = affluent("lists", "show", "Gardn", "--config", str(lists_of))

    assert "1 (Garden)" in told
    assert "with all below" in told
    assert "Not SKUs" in told
    assert (unknown.exit_code, "Known are: Garden, Canada." in unknown.stderr) == (1, True)


def test_a_preview_says_who_enters_and_leaves_and_why(
    affluent: Affluent, lists_of: Path, tmp_path: Path
) -> None:
    file = tmp_path / "preview.csv"

    told = affluent("lists", "preview", "Garden", "--csv", str(file), "--config", str(lists_of))

    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = {row["store_sku"]: (row["step"], row["why"]) for row in csv.DictReader(lines)}
    assert rows == {
        "SKU-1": ("enters", "its category 3 (Garden > Rakes) is in the list"),
        "SKU-2": ("leaves", "the list excludes its SKU"),
        "SKU-3": ("leaves", "no rule of the list names it"),
    }
    assert "1 enter, 0 stay, 2 leave, 0 kept out." in told.stdout


@pytest.mark.behaviour("S46")
def test_check_refuses_to_move_a_list_that_was_used(
    affluent: Affluent, lists_of: Path, units: SqlUnitsOfWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in SECRETS:
        monkeypatch.setenv(name, "secret")
    before = affluent("check", "--config", str(lists_of))
    use(units, "Canada", "US")

    after = affluent("check", "--config", str(lists_of))
    shown = json.loads(affluent("lists", "--config", str(lists_of), "--json").stdout)

    assert (before.exit_code, after.exit_code) == (0, 2)
    assert "selling_lists.1.marketplace" in after.stdout
    assert "was used for account north-america in US" in after.stdout
    assert "make another list" in after.stdout
    states = [(one["marketplace_id"], one["state"]) for one in shown]
    assert states == [("ATVPDKIKX0DER", "new"), ("ATVPDKIKX0DER", "move refused")]


def test_check_makes_no_database(affluent: Affluent, tmp_path: Path) -> None:
    affluent("init")
    affluent("check")

    assert not (tmp_path / "affluent.db").exists()
