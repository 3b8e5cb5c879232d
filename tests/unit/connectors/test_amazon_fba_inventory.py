from datetime import UTC, datetime
from typing import Any

import pytest
from scripted_amazon import US, ScriptedAmazon, answer, refusal

from affluent.domain.errors import Refused
from affluent.domain.fba_stock import FbaStock

SUMMARIES = "GET /fba/inventory/v1/summaries"
EXPIRED = refusal(400, "InvalidInput", "The page token has expired.")


def page(*summaries: dict[str, Any], token: str = "") -> Any:
    body: dict[str, Any] = {"payload": {"granularity": {}, "inventorySummaries": summaries}}
    return answer(body | ({"pagination": {"nextToken": token}} if token else {}))


def summary(sku: str, fulfillable: int = 1) -> dict[str, Any]:
    return {
        "sellerSku": sku,
        "asin": "B000000001",
        "totalQuantity": 20,
        "lastUpdatedTime": "2026-01-31T08:00:00Z",
        "inventoryDetails": {
            "fulfillableQuantity": fulfillable,
            "inboundWorkingQuantity": 1,
            "inboundShippedQuantity": 2,
            "inboundReceivingQuantity": 4,
            "reservedQuantity": {"totalReservedQuantity": 3, "fcProcessingQuantity": 3},
            "unfulfillableQuantity": {"totalUnfulfillableQuantity": 5},
            "somethingNew": {"x": 1},
        },
    }


def test_stock_in_amazons_centres_is_read_with_its_parts() -> None:
    amazon = ScriptedAmazon().on(SUMMARIES, page(summary("S1", 9), {"sellerSku": "BARE"}))
    found = amazon.account().fba_inventory.of(US)
    moment = datetime(2026, 1, 31, 8, tzinfo=UTC)
    assert found == {
        "S1": FbaStock("S1", "B000000001", 20, 9, 7, 3, 5, moment),
        "BARE": FbaStock("BARE", "", 0, 0, 0, 0, 0),
    }
    assert amazon.query(SUMMARIES) == {
        "details": "true",
        "granularityType": "Marketplace",
        "granularityId": US,
        "marketplaceIds": US,
    }


def test_skus_are_asked_for_by_fifty_and_those_with_a_comma_alone() -> None:
    amazon = ScriptedAmazon().on(SUMMARIES, page())
    amazon.account().fba_inventory.of(US, [*(f"S{number}" for number in range(60)), "A,1"])
    queries = [amazon.query(SUMMARIES, number) for number in range(3)]
    assert [len(query.get("sellerSkus", "").split(",")) for query in queries] == [50, 10, 1]
    assert queries[2]["sellerSku"] == "A,1"


def test_30_seconds_for_fba_inventory_a_walk_whose_token_expired_starts_again_once() -> None:
    amazon = ScriptedAmazon().on(
        SUMMARIES,
        page(summary("S1", 1), token="old"),
        EXPIRED,
        page(summary("S1", 2), token="new"),
        page(summary("S2", 3)),
    )
    found = amazon.account().fba_inventory.of(US)
    assert {sku: stock.fulfillable for sku, stock in found.items()} == {"S1": 2, "S2": 3}
    tokens = [amazon.query(SUMMARIES, number).get("nextToken") for number in range(4)]
    assert tokens == [None, "old", None, "new"]


def test_30_seconds_for_fba_inventory_a_walk_that_is_always_late_is_refused() -> None:
    amazon = ScriptedAmazon().on(
        SUMMARIES, page(summary("S1"), token="a"), EXPIRED, page(token="b"), EXPIRED
    )
    with pytest.raises(Refused, match="expired"):
        amazon.account().fba_inventory.of(US)
    assert len(amazon.sent(SUMMARIES)) == 4


def test_a_question_that_is_wrong_in_itself_is_not_asked_again() -> None:
    amazon = ScriptedAmazon().on(SUMMARIES, refusal(400, "InvalidInput", "granularityId"))
    with pytest.raises(Refused):
        amazon.account().fba_inventory.of(US)
    assert len(amazon.sent(SUMMARIES)) == 1
