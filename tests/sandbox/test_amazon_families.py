"""Variations on Amazon: a child stands under a parent that is there, and both are shown so."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.amazon_store import NEW_EAN, SELLER, US, AmazonStore, feed_of, mug

THEME = {"variation_theme": [{"name": "COLOR/SIZE"}]}
SHOWN_THEME = {"attributes": ["color", "size"], "theme": "COLOR/SIZE"}
PARENT = mug(None, parentage_level=[{"value": "parent", "marketplace_id": US}], **THEME)
CHILD = mug(
    NEW_EAN,
    parentage_level=[{"value": "child", "marketplace_id": US}],
    child_parent_sku_relationship=[
        {"child_relationship_type": "variation", "parent_sku": "FAMILY", "marketplace_id": US}
    ],
    **THEME,
)


@pytest.fixture
def store() -> AmazonStore:
    return AmazonStore()


def pass_by(store: AmazonStore, seconds: float) -> None:
    """Let time pass that no access token outlives."""
    store.clock.pass_by(seconds)
    store.client.headers["x-amz-access-token"] = store.log_in()["access_token"]


def relationships(store: AmazonStore, sku: str) -> Any:
    """What getListingsItem shows of a SKU's families."""
    params = {"marketplaceIds": US, "includedData": "relationships"}
    [here] = store.client.get(store.item_path(sku), params=params).json()["relationships"]
    assert here["marketplaceId"] == US
    return here["relationships"]


def test_parent_and_child_are_shown_to_each_other_with_their_theme(store):
    store.listed("FAMILY", PARENT)
    child = store.listed("CHILD", CHILD)

    assert child["issues"] == []
    assert relationships(store, "FAMILY") == [
        {"type": "VARIATION", "childSkus": ["CHILD"], "variationTheme": SHOWN_THEME}
    ]
    assert relationships(store, "CHILD") == [
        {"type": "VARIATION", "parentSkus": ["FAMILY"], "variationTheme": SHOWN_THEME}
    ]


def test_a_search_shows_them_too_and_one_that_stands_alone_has_none(store):
    store.listed("FAMILY", PARENT)
    store.listed("CHILD", CHILD)
    store.listed("LONE", mug())
    path = f"/listings/2021-08-01/items/{SELLER.seller_id}"
    params = {"marketplaceIds": US, "includedData": "relationships"}

    items = store.client.get(path, params=params).json()["items"]

    shown = {one["sku"]: one["relationships"][0]["relationships"] for one in items}
    assert shown["FAMILY"][0]["childSkus"] == ["CHILD"]
    assert shown["CHILD"][0]["parentSkus"] == ["FAMILY"]
    assert shown["LONE"] == []


@pytest.mark.parametrize("before", [None, mug("4012345010015")], ids=["nothing", "no parent"])
def test_a_child_without_a_parent_has_an_issue_until_it_is_sent_after_it(store, before):
    if before:
        store.listed("FAMILY", before)
    child = store.listed("CHILD", CHILD)

    [issue] = child["issues"]
    assert (issue["code"], issue["severity"]) == ("8007", "ERROR")
    assert issue["message"] == "We cannot recognize your parent SKU: FAMILY."
    assert issue["attributeNames"] == ["child_parent_sku_relationship"]
    assert child["summaries"][0]["status"] == ["DISCOVERABLE"]
    assert relationships(store, "CHILD") == []

    store.listed("FAMILY", PARENT)
    assert [one["code"] for one in store.get("CHILD")["issues"]] == ["8007"]
    assert store.listed("CHILD", CHILD)["issues"] == []
    assert relationships(store, "CHILD")[0]["parentSkus"] == ["FAMILY"]


@pytest.mark.parametrize("sent_first", [["FAMILY", "CHILD"], ["CHILD", "FAMILY"]])
def test_a_feed_takes_effect_in_the_order_of_its_messages(store, sent_first):
    content = {"FAMILY": PARENT, "CHILD": CHILD}
    messages = [
        {"sku": sku, "operationType": "UPDATE", "productType": "MUG", "attributes": content[sku]}
        for sku in sent_first
    ]

    store.submit_feed(feed_of(*messages))
    store.clock.pass_by(600)

    store.feed("1")
    codes = [issue["code"] for issue in store.get("CHILD")["issues"]]
    assert codes == ([] if sent_first[0] == "FAMILY" else ["8007"])


def test_a_parent_that_is_gone_has_no_children_any_more(store):
    store.listed("FAMILY", PARENT)
    store.listed("CHILD", CHILD)
    store.client.delete(store.item_path("FAMILY"), params={"marketplaceIds": US})
    store.clock.pass_by(10)

    assert relationships(store, "CHILD") == []


def test_a_deleted_sku_is_taken_again_only_after_a_day(store):
    store.listed("MUG-1", mug())
    store.client.delete(store.item_path("MUG-1"), params={"marketplaceIds": US})
    store.clock.pass_by(10)

    early = [store.put("MUG-1", mug()), store.put("MUG-1", mug(), mode="VALIDATION_PREVIEW")]
    early += [store.patch("MUG-1", ("replace", "brand", mug()["brand"]))]
    pass_by(store, 24 * 3600 - 15)
    early += [store.put("MUG-1", mug())]

    assert {one["status"] for one in early} == {"INVALID"}
    assert {one["issues"][0]["code"] for one in early} == {"SKU_DELETED_LATELY"}
    assert store.put("MUG-2", mug())["status"] == "ACCEPTED"
    store.clock.pass_by(15)
    assert store.listed("MUG-1", mug())["issues"] == []
