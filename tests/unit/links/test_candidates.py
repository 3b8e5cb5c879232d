"""What a person would look at first for what is not linked."""

from __future__ import annotations

from collections.abc import Sequence

from affluent.links.candidates import nearest_candidates
from affluent.ports.storage import UnitsOfWork
from tests.builders.catalog import variant
from tests.builders.listings import report_row
from tests.fakes.clock import NOON


def nearest(
    units: UnitsOfWork, sku: str, *others: str, barcode: str = "", store: Sequence[str] = ()
) -> tuple[str, ...]:
    """The candidates for one SKU, searched for together with others, in a store of these SKUs."""
    variants = [variant(number, sku=one) for number, one in enumerate(store, 1)]
    with units() as work:
        work.variants.save(variants, NOON)
        rows = [report_row(sku=sku, barcode=barcode), *(report_row(sku=one) for one in others)]
        return nearest_candidates(rows, work.store_skus)[sku]


def test_the_same_barcode_comes_first_however_it_is_written(units: UnitsOfWork) -> None:
    found = nearest(units, "SKU 1", barcode="04006300000002", store=["SKU-1", "OTHER"])

    assert found == ("OTHER", "SKU-1")


def test_case_and_punctuation_make_no_difference(units: UnitsOfWork) -> None:
    assert nearest(units, "a-b/1", store=["AB-1", "CD-1"])[0] == "AB-1"


def test_the_more_alike_comes_first_and_three_are_named(units: UnitsOfWork) -> None:
    store = ["MUG-BLUE-S", "MUG-BLUE-M", "MUG-RED", "MUG-BLUE", "LAMP"]

    found = nearest(units, "AMZ-MUG-BLUE", store=store)

    assert found == ("MUG-BLUE", "MUG-BLUE-M", "MUG-BLUE-S")


def test_what_has_no_word_in_common_is_no_candidate(units: UnitsOfWork) -> None:
    assert nearest(units, "TEAPOT-9", store=["LAMP-1", "CHAIR-2"]) == ()


def test_a_word_of_thousands_of_skus_hides_no_rarer_one(units: UnitsOfWork) -> None:
    store = [f"OLD-{number:05d}" for number in range(6_000)]

    assert nearest(units, "OLD-05999X", store=store)[0] == "OLD-05999"


def test_items_searched_together_find_what_each_finds_alone(units: UnitsOfWork) -> None:
    store = ["MUG-BLUE", "LAMP-RED"]

    assert nearest(units, "XMUG-BLUE", "LAMPRED", store=store) == ("MUG-BLUE",)
    assert nearest(units, "LAMPRED", "XMUG-BLUE", store=store) == ("LAMP-RED",)
