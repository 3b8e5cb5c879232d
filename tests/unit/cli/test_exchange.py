"""`affluent export` and `affluent import`: first a preview, then with --apply the change."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from affluent.domain.fulfilment import FulfilmentChannel
from affluent.domain.given import GivenAsin, GivenOverride
from affluent.domain.inventory import InventoryItem, LinkState
from affluent.domain.offer.override import OfferOverride
from affluent.domain.sku_mapping import SkuPair
from affluent.storage.unit_of_work import SqlUnitsOfWork
from tests.builders.catalog import variant
from tests.builders.listings import listing
from tests.fakes.clock import NOON
from tests.unit.cli.conftest import Affluent

ACCOUNT, US = "north-america", "ATVPDKIKX0DER"
SALESTIO = """BigCommerce SKU;Marketplace SKU
SKU-1;AMZ-1
SKU-2;AMZ-2
sku 1;AMZ-3
UNHEARD-OF;NOR-THIS
SKU-2;AMZ-4
SKU-3;AMZ-4
1,23E+12;AMZ-5
"""


def downloaded(sku: str) -> InventoryItem:
    """What the last download of Amazon's inventory had, linked to nothing."""
    return InventoryItem(
        account=ACCOUNT,
        marketplace_id=US,
        sku=sku,
        asin="B000TEST03",
        title="Suitcase",
        price=None,
        quantity=1,
        channel=FulfilmentChannel.MERCHANT,
        channel_code="DEFAULT",
        status="Active",
        barcode="",
        seen_at=NOON,
        state=LinkState.UNLINKED,
    )


@pytest.fixture
def known(units: SqlUnitsOfWork) -> None:
    """Two products of the store, and two SKUs on Amazon."""
    with units() as work:
        work.variants.save([variant(1), variant(2)], NOON)
        work.listings.save([listing(1, account=ACCOUNT, sku="AMZ-1")], NOON)
        work.inventory.save([downloaded("AMZ-3")])
        work.commit()


@pytest.fixture
def bring(affluent: Affluent, config: Path, tmp_path: Path) -> Any:
    """Import a file of this text."""

    def imported(kind: str, text: str, *options: str) -> Result:
        file = tmp_path / "given.csv"
        file.write_text(text, encoding="utf-8")
        return affluent("import", kind, str(file), "--config", str(config), *options)

    return imported


def pairs(units: SqlUnitsOfWork) -> list[SkuPair]:
    with units() as work:
        return work.sku_mappings.all()


@pytest.mark.behaviour("N19")
@pytest.mark.usefixtures("known")
def test_a_foreign_map_is_first_only_judged(bring: Any, units: SqlUnitsOfWork) -> None:
    told = bring("sku-mappings", SALESTIO)
    answer = json.loads(bring("sku-mappings", SALESTIO, "--json").stdout)

    assert told.exit_code == 1
    words = " ".join(told.stdout.split())
    assert "Read as utf-8, separated by semicolons" in words
    assert "1 pairs with both sides known, 2 with the store's alone" in words
    assert "4 added, 0 changed, 0 removed, 0 unchanged, 0 repeated, 3 refused." in words
    assert "Nothing is written yet" in words
    assert [one["line"] for one in answer["plan"]["refused"]] == [6, 7, 8]
    quality = answer["quality"]
    by_sku = {one["pair"]["amazon_sku"]: one["store_candidates"] for one in quality["examples"]}
    assert by_sku["AMZ-3"][0] == "SKU-1"
    assert by_sku["NOR-THIS"] == []
    assert pairs(units) == []


@pytest.mark.behaviour("N19")
def test_applied_it_is_written_for_the_account_and_again_changes_nothing(
    bring: Any, units: SqlUnitsOfWork
) -> None:
    text = "SKU-1|AMZ-1\r\n0012|AMZ-2\r\n"

    first = bring("sku-mappings", text, "--account", ACCOUNT, "--apply")
    again = json.loads(
        bring("sku-mappings", text, "--account", ACCOUNT, "--apply", "--json").stdout
    )

    assert first.exit_code == 0
    assert "2 added" in first.stdout
    assert pairs(units) == [
        SkuPair("AMZ-1", "SKU-1", ACCOUNT, "given.csv"),
        SkuPair("AMZ-2", "0012", ACCOUNT, "given.csv"),
    ]
    assert (again["plan"]["unchanged"], again["plan"]["added"]) == (2, [])


def test_what_is_replaced_is_the_account_s_own(bring: Any, units: SqlUnitsOfWork) -> None:
    bring("sku-mappings", "A,1\nB,2\n", "--apply")
    bring("sku-mappings", "C,3\n", "--account", ACCOUNT, "--apply")

    bring("sku-mappings", "D,4\n", "--account", ACCOUNT, "--replace", "--apply")

    assert [(one.account, one.amazon_sku) for one in pairs(units)] == [
        ("", "1"),
        ("", "2"),
        (ACCOUNT, "4"),
    ]


def test_all_three_kinds_go_out_and_come_in_again(
    affluent: Affluent, config: Path, units: SqlUnitsOfWork, tmp_path: Path
) -> None:
    name = "Everything in the US"
    with units() as work:
        work.sku_mappings.save([SkuPair("=A", "-1", ACCOUNT, "by hand")], NOON)
        work.asins.save([GivenAsin(ACCOUNT, US, "007", "B000TEST01", "a.csv")], NOON)
        work.overrides.save([GivenOverride(name, "007", OfferOverride(quantity=3), "o")], NOON)
        work.commit()
        before = work.sku_mappings.all(), work.asins.all(), work.overrides.all()

    for kind in ("sku-mappings", "asins", "overrides"):
        file = str(tmp_path / f"{kind}.csv")
        assert affluent("export", kind, file, "--config", str(config)).exit_code == 0
    with units() as work:
        for kept in (work.sku_mappings, work.asins, work.overrides):
            kept.remove(kept.all())
        work.commit()
    for kind in ("sku-mappings", "asins", "overrides"):
        file = str(tmp_path / f"{kind}.csv")
        assert affluent("import", kind, file, "--apply", "--config", str(config)).exit_code == 0

    with units() as work:
        assert (work.sku_mappings.all(), work.asins.all(), work.overrides.all()) == before
    assert "'=A" in (tmp_path / "sku-mappings.csv").read_text("utf-8-sig")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("import", "sku-mappings", "none.csv"), "none.csv cannot be read"),
        (("export", "asins", "none/asins.csv"), "cannot be written"),
    ],
)
def test_a_file_that_is_not_there_is_told(
    affluent: Affluent, config: Path, words: tuple[str, ...], told: str
) -> None:
    result = affluent(*words, "--config", str(config))

    assert (result.exit_code, told in result.stderr) == (2, True)


def test_an_account_that_is_not_known_is_told(bring: Any) -> None:
    for kind in ("sku-mappings", "overrides"):
        result = bring(kind, "A,1\n", "--account", "nobody")

        assert (result.exit_code, "fix: " in result.stderr) == (2, True)
