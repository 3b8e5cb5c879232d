"""Which of several SKU pairs counts."""

from __future__ import annotations

import pytest

from affluent.domain.sku_mapping import SkuPair, sku_mapping_of


def pair(store_sku: str, account: str = "") -> SkuPair:
    return SkuPair("AMZ", store_sku, account)


@pytest.mark.parametrize(
    ("written", "kept", "counts"),
    [
        ([pair("written")], [], "written"),
        ([pair("written")], [pair("kept")], "kept"),
        ([pair("own", "acme")], [pair("kept")], "own"),
        ([pair("own", "acme")], [pair("own and kept", "acme")], "own and kept"),
        ([pair("another's", "other")], [pair("kept")], "kept"),
    ],
)
def test_the_account_s_own_counts_before_all_and_ours_before_the_settings(
    written: list[SkuPair], kept: list[SkuPair], counts: str
) -> None:
    assert sku_mapping_of("acme", written, kept) == {"AMZ": counts}


def test_a_pair_of_another_account_does_not_count() -> None:
    assert sku_mapping_of("acme", [pair("S", "other")], [pair("T", "other")]) == {}


def test_several_of_amazon_s_skus_may_stand_for_one_of_the_store() -> None:
    pairs = [SkuPair("A", "MUG"), SkuPair("B", "MUG")]

    assert sku_mapping_of("acme", [], pairs) == {"A": "MUG", "B": "MUG"}
