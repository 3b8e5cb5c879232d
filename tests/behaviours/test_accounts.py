"""Accounts: whether Amazon still lets us in, and what to do where it does not."""

from __future__ import annotations

import json

import pytest

from affluent.domain.errors import CredentialsExpired
from tests.behaviours.merchant import HERE, Json, Merchant

REFRESH_TOKEN = "AFFLUENT_DEMO_REFRESH_TOKEN"


def standing(merchant: Merchant, code: int) -> Json:
    """How the account stands by `affluent check --connect`."""
    answer = json.loads(merchant.ask("check", "--connect", "--json", code=code))
    [account] = [one for one in answer["standings"] if one["name"] == "demo"]
    found: Json = account
    return found


@pytest.mark.behaviour("S37")
def test_an_active_account_shows_its_marketplaces(merchant: Merchant) -> None:
    account = standing(merchant, code=0)

    assert (account["state"], account["connected"]) == ("Active", ["US"])
    assert account["participating"] == ["US"]
    assert "Active" in merchant.ask("check", "--connect")


@pytest.mark.behaviour("S37")
def test_an_expired_account_says_what_to_do(
    merchant: Merchant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(REFRESH_TOKEN, "Atzr|revoked")

    account = standing(merchant, code=2)

    assert account["state"] == "Expired"
    assert "Seller Central" in account["advice"][0]
    assert REFRESH_TOKEN in account["advice"][0]
    with pytest.raises(CredentialsExpired):
        merchant.run("link_inventory", **HERE)


@pytest.mark.behaviour("S38")
def test_a_reconnected_account_downloads_again(
    merchant: Merchant, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as revoked:
        revoked.setenv(REFRESH_TOKEN, "Atzr|revoked")
        assert standing(merchant, code=2)["state"] == "Expired"

    assert standing(merchant, code=0)["state"] == "Active"
    merchant.run("extract_catalog")
    assert merchant.run("link_inventory", **HERE).read == 7


@pytest.mark.behaviour("S37", "S38")
def test_a_marketplace_that_the_seller_lacks_is_named(merchant: Merchant) -> None:
    with merchant.settings(accounts=merchant.account(marketplaces=["US", "CA"])):
        account = standing(merchant, code=2)

    assert account["connected"] == ["US", "CA"]
    assert "The seller does not take part in CA" in account["advice"][0]
