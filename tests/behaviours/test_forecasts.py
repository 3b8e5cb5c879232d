"""What a plan will take is known before it is sent: its calls, and the time of Amazon's quota."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Final

import pytest

from affluent.domain.errors import BatchStopped
from affluent.domain.report import RunReport
from affluent.settings.document import read_settings
from affluent.storage.buckets import SqlBuckets
from affluent.storage.engine import open_engine
from tests.behaviours.merchant import HERE, Json, Merchant

CHOSEN: Final = [part for name, value in HERE.items() for part in ("--set", f"{name}={value}")]
#: What a plan reads before it is a plan, and what opens the door.
BEFORE: Final = {"getAccessToken", "searchCatalogItems", "getDefinitionsProductType", None}
#: Calls a second, and at once, by Amazon's description of puts and patches.
RATE, AT_ONCE = 5, 5
THROTTLED: Final = 429


class Told:
    """A plan's forecast, what its run did, and what Amazon counted of it."""

    def __init__(self, merchant: Merchant, flow: str) -> None:
        [plan] = json.loads(merchant.ask("plan", flow, *CHOSEN, "--json"))["plans"]
        [self.forecast] = plan["forecasts"]
        already = len(merchant.admin.requests())
        self.report: RunReport = merchant.run(flow, **HERE)
        self.requests: list[Json] = [
            one
            for one in merchant.admin.requests()[already:]
            if one["vendor"] == "amazon"
            and one["operation"] not in BEFORE
            and one["status"] != THROTTLED
        ]

    @property
    def foretold(self) -> Counter[str]:
        way = self.forecast["as_feed" if self.forecast["path"] == "feed" else "singly"]
        return Counter(way["calls"])

    @property
    def counted(self) -> Counter[str]:
        return Counter(one["operation"] for one in self.requests)

    def amazons_seconds(self, operation: str) -> float:
        """Seconds of Amazon's clock from the first to the last call of an operation."""
        at = [one["started_at"] for one in self.requests if one["operation"] == operation]
        moments = sorted(map(datetime.fromisoformat, at))
        return (moments[-1] - moments[0]).total_seconds()


@pytest.fixture(scope="module")
def published(merchant: Merchant) -> Told:
    """Everything that can be sold, one put each."""
    lists = [one | {"send": "single"} for one in merchant.read()["selling_lists"]]
    merchant.write(selling_lists=lists)
    merchant.run("extract_catalog")
    return Told(merchant, "publish_listings")


@pytest.fixture(scope="module")
def patched(merchant: Merchant, published: Told) -> Told:
    """Another quantity of everything that is sold, one patch each."""
    assert published.report.effective
    change_stock(merchant)
    return Told(merchant, "sync_offers")


@pytest.fixture(scope="module")
def fed(merchant: Merchant, patched: Told, slow_patches: None) -> Told:
    """The same again, by a feed."""
    assert patched.report.effective
    change_stock(merchant)
    return Told(merchant, "sync_offers")


@pytest.fixture(scope="module")
def slow_patches(merchant: Merchant, patched: Told) -> Iterator[None]:
    """As once Amazon has told a far lower rate of patches: a feed is faster then."""
    engine = open_engine(read_settings(merchant.config).database)
    with engine.connect() as connection:
        names = connection.exec_driver_sql("SELECT bucket FROM buckets").scalars().all()
    own = [one for one in names if not one.startswith("application@")]
    [bucket] = [one for one in own if one.endswith("/patchListingsItem")]
    SqlBuckets(engine).believe(bucket, 0.01, 1e12, 0.0, instead_of=RATE)
    yield
    SqlBuckets(engine).believe(bucket, RATE, 1e12, 0.0, instead_of=0.01)
    engine.dispose()


def change_stock(merchant: Merchant) -> None:
    for sku, stock in merchant.stock().items():
        merchant.change_variant(sku, inventory_level=stock + 1)
    merchant.run("extract_catalog", full=False)


@pytest.mark.behaviour("N10")
def test_the_calls_of_a_publication_are_foretold(published: Told) -> None:
    puts = published.report.sent

    assert published.forecast["path"] == "single"
    assert published.foretold["putListingsItem"] == puts > 50
    assert published.counted["putListingsItem"] == puts
    assert published.foretold.total() == pytest.approx(published.counted.total(), rel=0.1)


@pytest.mark.behaviour("N10")
def test_the_calls_of_a_sync_by_patches_are_foretold(patched: Told) -> None:
    patches = patched.report.sent

    assert patched.forecast["path"] == "single"
    assert patched.foretold["patchListingsItem"] == patches > 50
    assert patched.counted["patchListingsItem"] == patches
    assert patched.foretold.total() == pytest.approx(patched.counted.total(), rel=0.1)


@pytest.mark.behaviour("N10")
def test_the_calls_of_a_sync_by_a_feed_are_foretold(fed: Told) -> None:
    """But for how often the feed is asked after, and its offers are looked at again: that follows
    from how long Amazon takes, which it promises nobody."""
    foretold, counted = fed.foretold, fed.counted

    assert fed.forecast["path"] == "feed"
    assert foretold.pop("getFeed") >= counted.pop("getFeed") > 0
    assert 0 < foretold.pop("searchListingsItems") <= counted.pop("searchListingsItems")
    assert foretold == counted
    assert counted == dict.fromkeys(("createFeedDocument", "createFeed", "getFeedDocument"), 1)
    assert fed.report.effective == fed.report.sent > 50


@pytest.mark.behaviour("N10")
def test_a_plan_that_takes_longer_than_its_account_allows_is_refused(
    merchant: Merchant, fed: Told
) -> None:
    assert fed.report.effective
    change_stock(merchant)
    already = len(merchant.written_to_amazon())

    with merchant.settings(accounts=merchant.account(longest_plan_hours=0.001)):
        [plan] = json.loads(merchant.ask("plan", "sync_offers", *CHOSEN, "--json"))["plans"]
        with pytest.raises(BatchStopped, match=r"This will take .* h, .* 0.001 h are allowed"):
            merchant.run("sync_offers", **HERE)

    assert plan["stopped"][0].startswith("This will take")
    assert len(merchant.written_to_amazon()) == already
    assert merchant.run("sync_offers", **HERE).effective > 50


@pytest.mark.behaviour("N10")
@pytest.mark.parametrize("way", ["published", "patched"])
def test_the_time_is_that_of_amazons_quota(way: str, request: pytest.FixtureRequest) -> None:
    told: Told = request.getfixturevalue(way)
    operation = "putListingsItem" if way == "published" else "patchListingsItem"
    foretold = told.forecast["singly"]["seconds_by_operation"][operation]

    assert foretold == pytest.approx((told.report.sent - AT_ONCE) / RATE, rel=0.1)
    assert told.amazons_seconds(operation) >= 0.9 * foretold
