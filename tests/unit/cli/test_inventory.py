"""`affluent inventory` and `affluent link`, from our own store alone."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from affluent.domain.effect import Run
from affluent.domain.inventory import ReportRow
from affluent.domain.listing import Listing, ListingStatus
from affluent.links.apply import apply_links
from affluent.links.extract import gather_known
from affluent.links.linking import downloaded_cursor
from affluent.links.plan import LinkRules, plan_links
from affluent.ports.storage import UnitOfWork, UnitsOfWork
from tests.builders.catalog import US, variant
from tests.builders.listings import report_row
from tests.fakes.clock import NOON
from tests.unit.cli.conftest import Affluent

#: The account of the settings' template.
ACCOUNT = "north-america"


@pytest.fixture
def downloaded(units: UnitsOfWork) -> UnitsOfWork:
    """A store of three products, and a report of four rows, the last of which is nobody's."""
    rows = [
        report_row(1),
        report_row(2, channel="AMAZON_NA", quantity=None),
        report_row(sku="ODD SKU 3", title="=1+1"),
        report_row(sku="NOBODY", title="[red]Lamp"),
    ]
    with units() as work:
        work.variants.save([variant(1), variant(2), variant(3)], NOON)
        link(rows, work)
        work.cursors.set(downloaded_cursor(ACCOUNT, US.marketplace_id), NOON)
        work.commit()
    return units


def link(rows: list[ReportRow], work: UnitOfWork) -> None:
    rules = LinkRules(ACCOUNT, US, [], {})
    plan = plan_links(rows, rules, gather_known(rows, rules, work), NOON)
    apply_links(plan, rules, work, Run("run-1", "link_inventory"), NOON)


def test_an_inventory_that_was_never_downloaded_says_how_to(
    affluent: Affluent, config: Path
) -> None:
    shown = affluent("inventory", "--config", str(config))

    assert shown.exit_code == 0
    assert f"{ACCOUNT}, US: not downloaded yet" in shown.output
    assert f"--set account={ACCOUNT} --set marketplace=US" in shown.output


@pytest.mark.behaviour("S35")
def test_it_shows_when_it_was_downloaded_and_what_each_item_is_linked_to(
    affluent: Affluent, config: Path, downloaded: UnitsOfWork
) -> None:
    shown = affluent("inventory", "--config", str(config)).output

    assert f"{NOON:%Y-%m-%d %H:%M:%S} UTC; 2 linked, 2 unlinked; 1 shipped by Amazon." in shown
    assert "no product of the store has this SKU" in shown
    assert "nearest: SKU-3" in shown
    assert "[red]Lamp" in shown


@pytest.mark.parametrize(
    ("option", "skus"),
    [
        ("--linked", {"SKU-1", "SKU-2"}),
        ("--unlinked", {"ODD SKU 3", "NOBODY"}),
        ("--ended", set()),
        ("--fba", {"SKU-2"}),
    ],
)
def test_a_file_has_every_item_that_is_asked_for(
    affluent: Affluent,
    config: Path,
    downloaded: UnitsOfWork,
    tmp_path: Path,
    option: str,
    skus: set[str],
) -> None:
    file = tmp_path / "inventory.csv"

    written = affluent("inventory", option, "--csv", str(file), "--config", str(config))

    assert f"{len(skus)} items written" in written.output
    assert {row["sku"] for row in _rows(file)} == skus


def test_a_file_holds_what_a_person_needs_and_no_formula(
    affluent: Affluent, config: Path, downloaded: UnitsOfWork, tmp_path: Path
) -> None:
    file = tmp_path / "inventory.csv"

    affluent("inventory", "--csv", str(file), "--config", str(config))

    rows = {row["sku"]: row for row in _rows(file)}
    assert rows["ODD SKU 3"]["title"] == "'=1+1"
    assert rows["ODD SKU 3"]["candidates"] == "SKU-3"
    assert (rows["SKU-2"]["shipped_by"], rows["SKU-2"]["quantity"]) == ("FBA", "")
    assert (rows["SKU-1"]["price"], rows["SKU-1"]["currency"]) == ("19.90", "USD")


@pytest.mark.behaviour("S41")
def test_a_link_by_hand_holds_at_once_and_for_the_next_download(
    affluent: Affluent, config: Path, downloaded: UnitsOfWork
) -> None:
    done = affluent("link", "NOBODY", "--to", "SKU-3", "--config", str(config))

    assert done.output.strip() == (
        f"NOBODY ({ACCOUNT}, US) is linked to SKU-3, in the list Everything in the US."
    )
    with downloaded() as work:
        [listing] = work.listings.by_sku("NOBODY")
        [pair] = work.sku_mappings.all()
        [entry] = work.ledger.log("NOBODY")
    assert (listing.status, listing.store_sku) == (ListingStatus.LINKED, "SKU-3")
    assert (pair.amazon_sku, pair.store_sku, pair.account) == ("NOBODY", "SKU-3", ACCOUNT)
    assert entry.messages == ("It was linked to SKU-3 by hand.",)


def test_a_link_by_hand_goes_before_the_sku_and_is_taken_back(
    affluent: Affluent, config: Path, downloaded: UnitsOfWork
) -> None:
    affluent("link", "SKU-1", "--to", "SKU-3", "--config", str(config))
    assert _listing(downloaded, "SKU-1").store_sku == "SKU-3"

    affluent("link", "SKU-1", "--undo", "--config", str(config))

    back = _listing(downloaded, "SKU-1")
    assert (back.status, back.store_sku, back.variant_id) == (ListingStatus.LINKED, "SKU-1", 1)


def test_what_nothing_else_links_is_a_draft_once_the_link_is_taken_back(
    affluent: Affluent, config: Path, downloaded: UnitsOfWork
) -> None:
    affluent("link", "NOBODY", "--to", "SKU-3", "--config", str(config))

    affluent("link", "NOBODY", "--undo", "--config", str(config))

    draft = _listing(downloaded, "NOBODY")
    assert (draft.status, draft.store_sku, draft.selling_list) == (ListingStatus.DRAFT, "", "")
    again = affluent("link", "NOBODY", "--undo", "--config", str(config))
    assert (again.exit_code, "was not linked by hand" in again.output) == (1, True)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("SKU-1", "--to", "SKU-33"), 1, "Did you mean SKU-3"),
        (("SKU-1", "--to", "???"), 1, "Check its spelling"),
        (("NOT-THERE", "--to", "SKU-3"), 1, "has no SKU NOT-THERE"),
        (("SKU-1",), 2, "either --to STORE_SKU or --undo"),
        (("SKU-1", "--to", "SKU-3", "--undo"), 2, "either --to STORE_SKU or --undo"),
        (("SKU-1", "--to", "SKU-3", "--marketplace", "XX"), 2, "There is no marketplace XX"),
        (("SKU-1", "--to", "SKU-3", "--marketplace", "CA"), 1, "has no SKU SKU-1"),
    ],
)
def test_a_link_that_makes_no_sense_is_refused(
    affluent: Affluent,
    config: Path,
    downloaded: UnitsOfWork,
    words: tuple[str, ...],
    code: int,
    said: str,
) -> None:
    refused = affluent("link", *words, "--config", str(config))

    assert refused.exit_code == code
    assert said in refused.output
    assert _listing(downloaded, "SKU-1").store_sku == "SKU-1"


def test_a_sku_of_several_accounts_asks_which(
    affluent: Affluent, config: Path, downloaded: UnitsOfWork
) -> None:
    with downloaded() as work:
        [item] = work.inventory.places_of("SKU-1")
        work.inventory.save([replace(item, account="other")])
        work.commit()

    asked = affluent("link", "SKU-1", "--to", "SKU-3", "--config", str(config))

    assert asked.exit_code == 2
    assert f"Several accounts have the SKU SKU-1: {ACCOUNT}, other." in asked.output


def test_a_product_whose_sku_is_not_its_own_is_refused(
    affluent: Affluent, config: Path, downloaded: UnitsOfWork
) -> None:
    with downloaded() as work:
        work.variants.save([variant(9, sku="SKU-3")], NOON)
        work.commit()

    refused = affluent("link", "NOBODY", "--to", "SKU-3", "--config", str(config))

    assert refused.exit_code == 1
    assert "variant 3 of product 1003, variant 9 of product 1009" in refused.output


def _listing(units: UnitsOfWork, sku: str) -> Listing:
    with units() as work:
        [listing] = [one for one in work.listings.by_sku(sku) if one.sku == sku]
    return listing


def _rows(file: Path) -> list[dict[str, str]]:
    text = file.read_text(encoding="utf-8-sig")
    return list(csv.DictReader(text.splitlines()))
