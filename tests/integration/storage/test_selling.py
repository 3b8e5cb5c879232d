"""What a merchant gave for his selling lists, on both databases."""

from affluent.domain.sku_mapping import SkuPair
from affluent.ports.storage import UnitsOfWork
from tests.integration.storage.builders import LATER, NOON


def test_sku_pairs_are_kept_by_account_and_replaced_by_amazon_s_sku(units: UnitsOfWork) -> None:
    first = [SkuPair("B", "MUG", "acme", "pairs.csv"), SkuPair("a", "CUP"), SkuPair("B", "JUG")]
    with units() as work:
        work.sku_mappings.save(first, NOON)
        work.sku_mappings.save([SkuPair("B", "POT", source="by hand")], LATER)
        work.commit()
    with units() as work:
        kept = work.sku_mappings.all()

    assert kept == [
        SkuPair("B", "POT", source="by hand"),
        SkuPair("a", "CUP"),
        SkuPair("B", "MUG", "acme", "pairs.csv"),
    ]


def test_only_the_account_s_own_pairs_are_forgotten(units: UnitsOfWork) -> None:
    pairs = [SkuPair("A", "MUG", "acme"), SkuPair("A", "CUP"), SkuPair("B", "JUG", "acme")]
    with units() as work:
        work.sku_mappings.save(pairs, NOON)

        assert work.sku_mappings.remove("acme", ["A", "unknown"]) == 1
        assert work.sku_mappings.all() == [SkuPair("A", "CUP"), SkuPair("B", "JUG", "acme")]
