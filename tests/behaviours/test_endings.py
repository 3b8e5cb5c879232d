"""Listings end and come back: with no units, off Amazon, by name, by list, or by leaving one."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Final

import pytest

from affluent.domain.report import RunReport
from connectors.http.clock import VendorClock
from tests.behaviours.endings import DAY, later, written
from tests.behaviours.merchant import HERE, Json, Merchant, selling_list

TORCH, SOAP, CANDLE, BLANKET = "OFF-TORCH", "OFF-SOAP", "OFF-CANDLE", "OFF-BLANKET"
OFFERS: Final = [TORCH, SOAP, CANDLE, BLANKET, "OFF-NOTEBOOK", "OFF-UMBRELLA"]
OIL, MAPLE, PASTA = "FOOD-OLIVE-OIL", "FOOD-MAPLE", "FOOD-PASTA"
FOOD: Final = [
    OIL,
    MAPLE,
    PASTA,
    "FOOD-CHOCOLATE",
    "FOOD-TEA-GREEN",
    "FOOD-COFFEE-HOUSE-12OZ",
    "FOOD-COFFEE-HOUSE-2LB",
    "FOOD-SAFFRON-LAST",
    "KIT-KETTLE-1L",
    "KIT-LADLE",
]


def quantity(merchant: Merchant, sku: str) -> int:
    """What Amazon sells of it."""
    listing = merchant.on_amazon(sku)
    assert listing is not None
    found: int = listing["quantity"]
    return found


def status(merchant: Merchant, sku: str) -> str:
    """The listing's status, as it is explained."""
    return str(merchant.listing(sku)["status"])


def lists(without: Collection[str] = (), **food: str) -> list[Json]:
    """Two lists; the keys are of the second, which has these SKUs no more."""
    skus = [sku for sku in FOOD if sku not in without]
    return [selling_list("Offers", skus=OFFERS), selling_list("Food", skus=skus, **food)]


@pytest.fixture(scope="module")
def sold(merchant: Merchant) -> RunReport:
    """Sixteen linked offers, in two lists."""
    merchant.write(selling_lists=lists())
    merchant.run("extract_catalog")
    report = merchant.run("publish_listings", **HERE)
    assert report.effective == len(OFFERS + FOOD)
    return report


def test_without_apply_it_is_only_said_what_would_end(merchant: Merchant, sold: RunReport) -> None:
    before = written(merchant)

    told = merchant.ask("end", TORCH, SOAP)

    assert "Nothing was sent. Add --apply to do it." in told
    assert TORCH in told
    assert SOAP in told
    assert written(merchant) == before
    assert [status(merchant, sku) for sku in (TORCH, SOAP)] == ["linked", "linked"]


@pytest.mark.behaviour("S10")
def test_what_ends_offers_no_units_and_is_shown_as_ended(
    merchant: Merchant, sold: RunReport
) -> None:
    before = written(merchant)

    merchant.ask("end", TORCH, SOAP, "--apply")

    assert sorted(written(merchant)[len(before) :]) == [f"PATCH {SOAP}", f"PATCH {TORCH}"]
    for sku in (TORCH, SOAP):
        assert (status(merchant, sku), quantity(merchant, sku)) == ("ended", 0)
        [told] = merchant.explain("sku", sku)["log"][-1]["messages"]
        assert told.startswith("Amazon shows price ")
        assert told.endswith(", quantity 0.")


def test_what_has_ended_is_left_alone_by_every_flow(merchant: Merchant, sold: RunReport) -> None:
    before = written(merchant)
    merchant.change_variant(TORCH, inventory_level=77)
    merchant.run("extract_catalog")

    published = merchant.run("publish_listings", **HERE)
    synced = merchant.run("sync_offers", **HERE)
    merchant.ask("end", TORCH, SOAP, "--apply")

    assert (published.planned, synced.planned) == (0, 0)
    assert "2 SKUs were ended here: affluent relist offers them again." in published.notes
    assert written(merchant) == before
    assert status(merchant, TORCH) == "ended"


def test_what_is_listed_again_offers_the_store_s_units(merchant: Merchant, sold: RunReport) -> None:
    told = merchant.ask("relist", TORCH)
    merchant.run("sync_offers", **HERE)

    assert f"{TORCH} is linked again; the next sync_offers sends its quantity." in told
    assert (status(merchant, TORCH), quantity(merchant, TORCH)) == ("linked", 77)
    assert (status(merchant, SOAP), quantity(merchant, SOAP)) == ("ended", 0)


@pytest.mark.behaviour("S68")
def test_a_deleted_sku_is_made_anew_only_after_a_day(merchant: Merchant, sold: RunReport) -> None:
    merchant.ask("end", CANDLE, "--delete", "--apply")
    assert merchant.on_amazon(CANDLE) is None
    assert status(merchant, CANDLE) == "ended"
    assert merchant.run("publish_listings", **HERE).planned == 0

    told = merchant.ask("relist", CANDLE)
    early = merchant.run("publish_listings", **HERE)
    held = merchant.listing(CANDLE)
    with later(merchant, DAY):
        due = merchant.run("publish_listings", **HERE)

    assert f"{CANDLE} is made anew by publish_listings after 20" in told
    assert (early.held, early.sent) == ({"deleted_lately": 1}, 0)
    assert held["status"] == "held"
    [reason] = held["reasons"]
    assert "not before" in reason["message"]
    assert "UTC" in reason["message"]
    assert (due.sent, due.effective) == (1, 1)
    assert status(merchant, CANDLE) == "linked"
    assert quantity(merchant, CANDLE) == merchant.variant(CANDLE)["inventory_level"]


@pytest.mark.behaviour("S68")
def test_a_sku_that_amazon_lets_rest_longer_is_in_error_in_amazon_s_words(
    merchant: Merchant, sold: RunReport
) -> None:
    merchant.ask("end", BLANKET, "--delete", "--apply")
    merchant.ask("relist", BLANKET)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(VendorClock, "now", lambda _clock: datetime.now(UTC) + DAY)
        refused = merchant.run("publish_listings", **HERE)
        [reason] = merchant.listing(BLANKET)["reasons"]
        merchant.admin.pass_time(DAY.total_seconds())
        again = merchant.run("publish_listings", **HERE, again=True)

    assert (refused.refused, again.effective) == (1, 1)
    assert "was deleted less than 24 hours ago" in reason["message"]
    assert status(merchant, BLANKET) == "linked"


@pytest.mark.parametrize("when_left", ["zero", "end"])
def test_what_left_its_list_offers_no_units_and_by_zero_comes_back_with_it(
    merchant: Merchant, sold: RunReport, when_left: str
) -> None:
    left = {"zero": PASTA, "end": OIL}[when_left]
    units = quantity(merchant, left)
    with merchant.settings(selling_lists=lists({left}, when_left=when_left)):
        ended = merchant.run("end_listings", **HERE)
        again = merchant.run("end_listings", **HERE)

    assert units > 0
    assert (ended.sent, ended.effective, again.planned) == (1, 1, 0)
    assert (status(merchant, left), quantity(merchant, left)) == ("ended", 0)
    assert f"(when_left: {when_left})" in merchant.explain("sku", left)["log"][-1]["why"]

    assert merchant.run("end_listings", **HERE).sent == 0
    merchant.run("sync_offers", **HERE)
    is_back = when_left == "zero"
    assert quantity(merchant, left) == (units if is_back else 0)
    assert status(merchant, left) == ("linked" if is_back else "ended")


def test_what_left_its_list_is_kept_or_deleted_as_the_list_says(
    merchant: Merchant, sold: RunReport
) -> None:
    with merchant.settings(selling_lists=lists({MAPLE})):
        kept = merchant.run("end_listings", **HERE)
        units = quantity(merchant, MAPLE)
    with merchant.settings(selling_lists=lists({MAPLE}, when_left="delete")):
        before = written(merchant)
        tried = merchant.run("end_listings", **HERE, dry_run=True)
        untouched = written(merchant) == before
        deleted = merchant.run("end_listings", **HERE)

    assert (kept.planned, units > 0) == (0, True)
    assert kept.notes == (
        "1 products left the list Food and stay on Amazon as they are (when_left: keep).",
    )
    assert (tried.planned, untouched) == (1, True)
    assert (deleted.sent, deleted.effective) == (1, 1)
    assert written(merchant)[len(before) :] == [f"DELETE {MAPLE}"]
    assert merchant.on_amazon(MAPLE) is None
    assert status(merchant, MAPLE) == "ended"


def test_a_batch_that_would_end_too_much_is_stopped_until_it_is_approved(
    merchant: Merchant, sold: RunReport
) -> None:
    before = written(merchant)
    left = [sku for sku in FOOD if status(merchant, sku) == "linked"]

    stopped = merchant.ask("end", "--list", "Food", "--apply", code=1)
    shown = merchant.ask("end", "--list", "Food")
    other = merchant.ask("end", "--list", "Food", "--apply", "--approved-hash", "0" * 64, code=1)
    untouched = written(merchant)
    found = re.search(r"^Plan ([0-9a-f]{64})$", shown, re.MULTILINE)
    assert found is not None
    merchant.ask("end", "--list", "Food", "--apply", "--approved-hash", found[1])

    assert len(left) > 5
    assert all(f"{len(left)} of " in told for told in (stopped, shown, other))
    assert "listings would end at once; 10% may." in stopped
    assert untouched == before
    assert sorted(written(merchant)[len(before) :]) == [f"PATCH {sku}" for sku in sorted(left)]
    assert {status(merchant, sku) for sku in FOOD} == {"ended"}
    assert {quantity(merchant, sku) for sku in left} == {0}
