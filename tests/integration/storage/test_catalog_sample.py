"""The sample that the catalog's quality is judged by, on both databases."""

from decimal import Decimal

from affluent.domain.catalog_quality import SampledVariant
from affluent.ports.storage import UnitsOfWork
from tests.integration.storage.builders import LATER, NOON, a_variant


def test_what_is_judged_of_a_variant(units: UnitsOfWork) -> None:
    with units() as work:
        work.variants.save([a_variant(1), a_variant(2, sku="B", barcode="", quantity=None)], NOON)
        sample = work.samples.take(10)

    bare = SampledVariant("B", "Suitcase", "", Decimal("19.90"), None, 2, False, False)
    assert sample.total == 2
    assert list(sample.variants) == [
        SampledVariant("SKU-1", "Suitcase", "4006381333931", Decimal("19.90"), 7, 2, False, False),
        bare,
    ]


def test_what_is_shared_is_found_beyond_the_sample_but_not_among_the_gone(
    units: UnitsOfWork,
) -> None:
    with units() as work:
        work.variants.save([a_variant(9, sku="gone", barcode="96385074")], NOON)
        work.variants.mark_gone(LATER, LATER)
        work.variants.save(
            [
                a_variant(1, sku="A", barcode="036000291452"),
                a_variant(2, sku="A", barcode="x1"),
                a_variant(3, sku="C", barcode="0036000291452"),
                a_variant(4, sku="gone", barcode="96385074"),
                a_variant(5, sku="", barcode=""),
                a_variant(6, sku="", barcode=""),
            ],
            LATER,
        )
        every = work.samples.take(6)
        third = work.samples.take(2)

    assert [(one.sku, one.shares_sku, one.shares_barcode) for one in every.variants] == [
        ("A", True, True),
        ("A", True, False),
        ("C", False, True),
        ("gone", False, False),
        ("", False, False),
        ("", False, False),
    ]
    assert [one.sku for one in third.variants] == ["C", ""]
    assert third.variants[0].shares_barcode
    assert third.total == 6


def test_a_large_catalog_is_sampled_evenly_whatever_its_ids(units: UnitsOfWork) -> None:
    with units() as work:
        work.variants.save([a_variant(10 * one) for one in range(1, 1001)], NOON)
        sample = work.samples.take(100)
        nothing_left = work.samples.take(1)

    assert [one.sku for one in sample.variants] == [f"SKU-{100 * one}" for one in range(1, 101)]
    assert (sample.total, len(nothing_left.variants)) == (1_000, 1)
