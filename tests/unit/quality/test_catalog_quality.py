"""The suite over what comes in from the store, and the pages that show it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from affluent.domain.catalog_quality import CatalogSample, CatalogVerdict, SampledVariant
from affluent.quality.catalog_judge import DataDocsJudge

GOOD = SampledVariant(
    sku="GOOD",
    name="Suitcase",
    barcode="4006381333931",
    price=Decimal("19.90"),
    quantity=7,
    images=1,
    shares_sku=False,
    shares_barcode=False,
)
FLAWS = {
    "has a SKU": replace(GOOD, sku=""),
    "has a SKU of its own": replace(GOOD, sku="TWICE", shares_sku=True),
    "has a barcode": replace(GOOD, sku="NO-CODE", barcode=""),
    "barcode of 8, 12 to 14 digits": replace(GOOD, sku="SHORT", barcode="400638133393"[:11]),
    "barcode ends in its check digit": replace(GOOD, sku="WRONG", barcode="4006381333932"),
    "has a barcode of its own": replace(GOOD, sku="SAME", shares_barcode=True),
    "price above 0": replace(GOOD, sku="FREE", price=Decimal(0)),
    "stock not below 0": replace(GOOD, sku="OWED", quantity=-1),
    "has a name": replace(GOOD, sku="NAMELESS", name=" "),
    "name of at most 200 bytes": replace(GOOD, sku="LONG", name="é" * 101),
    "has an image": replace(GOOD, sku="BARE", images=0),
}
UNTRACKED = replace(GOOD, sku="UNTRACKED", quantity=None)


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data-docs") / "not made yet"


@pytest.fixture(scope="module")
def verdict(docs: Path) -> CatalogVerdict:
    sample = CatalogSample([GOOD, *FLAWS.values(), UNTRACKED], total=1_000)
    return DataDocsJudge(docs).judge(sample)


def test_each_flaw_fails_its_own_expectation_and_no_other(verdict: CatalogVerdict) -> None:
    examples = {check.title: check.examples for check in verdict.checks}

    assert examples == {title: (one.sku or one.name,) for title, one in FLAWS.items()}
    assert {check.failed for check in verdict.checks} == {1}
    assert (verdict.judged, verdict.total) == (13, 1_000)


def test_a_share_is_of_those_that_the_expectation_applies_to(verdict: CatalogVerdict) -> None:
    by_title = {check.title: check for check in verdict.checks}

    assert by_title["has a SKU"].judged == 13
    assert by_title["stock not below 0"].judged == 12
    assert by_title["stock not below 0"].share == pytest.approx(1 / 12)


def test_the_pages_show_the_newest_verdict_alone(verdict: CatalogVerdict, docs: Path) -> None:
    first = pages(docs)
    again = DataDocsJudge(docs).judge(CatalogSample([GOOD], total=1))

    assert verdict.page == again.page == str(docs / "catalog" / "index.html")
    assert Path(again.page).is_file()
    assert len(first) == len(pages(docs)) == 1
    assert first != pages(docs)
    assert "NAMELESS" not in "".join(page.read_text("utf-8") for page in pages(docs))


def pages(docs: Path) -> list[Path]:
    return list((docs / "catalog" / "validations").rglob("*.html"))


def test_a_few_examples_are_enough(tmp_path: Path) -> None:
    free = [replace(GOOD, sku=f"FREE-{one}", price=Decimal(0)) for one in range(50)]
    judged = DataDocsJudge(tmp_path).judge(CatalogSample(free, total=50))

    [check] = [check for check in judged.checks if check.failed]
    assert (check.failed, check.share) == (50, 1.0)
    assert check.examples == ("FREE-0", "FREE-1", "FREE-2", "FREE-3", "FREE-4")


def test_an_empty_catalog_has_nothing_to_judge(tmp_path: Path) -> None:
    assert DataDocsJudge(tmp_path).judge(CatalogSample([], 0)) == CatalogVerdict(0, 0)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_made_spoils_the_page_and_not_the_verdict(tmp_path: Path) -> None:
    (tmp_path / "docs").write_text("in the way", encoding="utf-8")

    judged = DataDocsJudge(tmp_path / "docs").judge(CatalogSample([GOOD], 1))

    assert len(judged.checks) == len(FLAWS)
    assert judged.page == ""
    assert judged.problem.startswith(f"Data Docs cannot be written to {tmp_path}/docs/catalog: ")
    assert "data_docs" in judged.problem
