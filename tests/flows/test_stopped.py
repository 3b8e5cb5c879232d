"""A batch that the gate stops sends nothing, fails its run, and still leaves its figures."""

from __future__ import annotations

import pytest
from prefect.client.orchestration import SyncPrefectClient

from affluent.domain.errors import BatchStopped
from tests.behaviours.merchant import HERE, Merchant
from tests.flows.runs import artifacts, latest_run, writes

#: The one product of the demo whose price is not its variant's.
ON_SALE = "FOOD-JAM"


def test_a_store_without_prices(prefect: SyncPrefectClient, merchant: Merchant) -> None:
    for product in merchant.admin.bigcommerce_products():
        for variant in product["variants"]:
            merchant.admin.patch_variant(variant["id"], {"price": "0.00"})
    merchant.change_product(ON_SALE, sale_price=0)
    merchant.run("extract_catalog")
    before = writes(merchant)

    with pytest.raises(BatchStopped, match="the source is broken"):
        merchant.run("publish_listings", **HERE)

    run = latest_run(prefect)
    assert run.state_name == "Failed"
    assert "the source is broken" in artifacts(prefect, run.id)["publish-listings-report"]
    assert writes(merchant) == before
