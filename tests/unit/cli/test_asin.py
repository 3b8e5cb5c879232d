"""`affluent asin` shows the pages that were found for a SKU, and keeps the choice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from affluent.domain.before_sending import KnownMatches
from affluent.domain.given import GivenAsin
from affluent.domain.listing import CatalogMatch
from affluent.storage.unit_of_work import SqlUnitsOfWork
from tests.builders.catalog import US, variant
from tests.fakes.clock import NOON
from tests.unit.cli.conftest import Affluent

MINE = variant(1)
PAGES = (
    CatalogMatch(MINE.barcode, "B000TEST02", "LUGGAGE", "Acme", "Whisk"),
    CatalogMatch(MINE.barcode, "B000TEST01", "LUGGAGE", "Rollwell", "Suitcase, blue"),
)


@pytest.fixture
def found(config: Path, units: SqlUnitsOfWork) -> Path:
    """Two pages for the barcode of SKU-1, and SKU-2 without a barcode."""
    with units() as work:
        work.variants.save([MINE, variant(2, barcode=""), variant(3)], NOON)
        work.catalog_matches.save(US.marketplace_id, [KnownMatches(MINE.barcode, PAGES, NOON)])
        work.commit()
    return config


def given_asins(units: SqlUnitsOfWork) -> list[GivenAsin]:
    with units() as work:
        return work.asins.all()


def test_the_pages_are_shown_with_title_brand_and_product_type(
    affluent: Affluent, found: Path
) -> None:
    shown = affluent("asin", "SKU-1", "--config", str(found))

    assert shown.exit_code == 0, shown.output
    assert f"Amazon had 2 pages for the barcode {MINE.barcode} at 2026-" in shown.output
    first, second = (shown.output.index(one) for one in ("B000TEST01", "B000TEST02"))
    assert first < second
    for word in ("Suitcase, blue", "Rollwell", "LUGGAGE", "Acme"):
        assert word in shown.output


@pytest.mark.parametrize(
    ("sku", "words"),
    [("SKU-2", "it has no barcode to look for"), ("SKU-3", "Amazon was not asked for the barcode")],
)
def test_what_no_page_is_known_of_says_why(
    affluent: Affluent, found: Path, sku: str, words: str
) -> None:
    assert words in affluent("asin", sku, "--config", str(found)).output


@pytest.mark.behaviour("S8")
def test_a_choice_is_kept_and_can_be_taken_back(
    affluent: Affluent, found: Path, units: SqlUnitsOfWork
) -> None:
    chosen = affluent("asin", "SKU-1", "--choose", "B000TEST01", "--json", "--config", str(found))

    assert [one["chosen"] for one in json.loads(chosen.output)] == ["B000TEST01"]
    assert [(one.store_sku, one.asin, one.source) for one in given_asins(units)] == [
        ("SKU-1", "B000TEST01", "affluent asin")
    ]
    assert affluent("asin", "SKU-1", "--forget", "--config", str(found)).exit_code == 0
    assert given_asins(units) == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("SKU-9",), "no SKU SKU-9"),
        (("SKU-1", "--choose", "B1"), "B1 is no ASIN"),
        (("SKU-1", "--choose", "B000TEST01", "--forget"), "exclude each other"),
        (("SKU-1", "--account", "nobody"), "no account nobody"),
        (("SKU-1", "--marketplace", "DE"), "DE is not connected"),
    ],
)
def test_what_cannot_be_done_is_said(
    affluent: Affluent, found: Path, units: SqlUnitsOfWork, arguments: tuple[str, ...], words: str
) -> None:
    refused = affluent("asin", *arguments, "--config", str(found))

    assert refused.exit_code != 0
    assert words in refused.output
    assert given_asins(units) == []


def test_where_an_asin_holds_must_be_said_if_there_are_several_places(
    affluent: Affluent, found: Path, units: SqlUnitsOfWork
) -> None:
    content = yaml.safe_load(found.read_text("utf-8"))
    content["accounts"][0]["marketplaces"] = ["US", "CA"]
    found.write_text(yaml.safe_dump(content), "utf-8")
    choose = ("asin", "SKU-1", "--choose", "B000TEST01", "--config", str(found))

    assert "Add --account and --marketplace." in affluent(*choose).output
    assert given_asins(units) == []
    assert affluent(*choose, "--marketplace", "US").exit_code == 0
    assert [one.marketplace_id for one in given_asins(units)] == [US.marketplace_id]
