"""Listings that stood on Amazon before are linked to the store's products."""

from __future__ import annotations

import pytest

from affluent.domain.report import RunReport
from tests.behaviours.merchant import HERE, Merchant, selling_list

MIGRATED = "Migrated for demo US"
BEFORE = ["OLD-BOTTLE", "OLD-LUNCHBOX", "OLD-MOKA-3", "OLD-MOKA-6", "OLD-PRESS", "OLD-TUMBLER"]


@pytest.fixture(scope="module")
def linked(merchant: Merchant) -> RunReport:
    """The first download, of a merchant who has written no selling list and no SKU pair."""
    merchant.write(selling_lists=[], sku_mapping={})
    merchant.run("extract_catalog")
    return merchant.run("link_inventory", **HERE)


@pytest.mark.behaviour("S31", "S33", "S35", "S49")
def test_what_was_on_amazon_is_linked_without_a_list(merchant: Merchant, linked: RunReport) -> None:
    assert (linked.read, linked.effective) == (7, 6)
    for sku in BEFORE:
        listing = merchant.listing(sku)
        assert (listing["status"], listing["store"]["sku"]) == ("linked", sku)


@pytest.mark.behaviour("S34")
def test_the_list_that_is_missing_is_made(merchant: Merchant, linked: RunReport) -> None:
    assert linked.effective
    assert {merchant.listing(sku)["selling_list"] for sku in BEFORE} == {MIGRATED}
