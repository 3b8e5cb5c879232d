"""Reports one after the other: what is kept of them, and what they may and may not change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pytest

from affluent.domain.errors import BatchStopped, MalformedAnswer
from affluent.domain.fulfilment import FulfilmentChannel
from affluent.domain.inventory import InventoryItem, LinkState, ReportRow
from affluent.domain.listing import ListingStatus, SellingList
from affluent.domain.plan import Operation
from affluent.domain.product import Variant
from affluent.domain.report import RunReport
from affluent.domain.selection import select
from affluent.links.extract import download
from affluent.links.linking import link_report
from affluent.links.plan import VANISHED, LinkRules
from affluent.links.report import link_run_report
from tests.builders.catalog import US, selling_list, variant
from tests.builders.listings import listing, report_row
from tests.fakes.world import World

MIGRATED = "Migrated for acme-us US"
FOUR = [report_row(number) for number in range(1, 5)]


def put_in_store(world: World, *variants: Variant) -> None:
    with world.units() as work:
        work.variants.save(variants, world.clock.now())
        work.commit()


def link(
    world: World,
    rows: Sequence[ReportRow],
    *,
    lists: Sequence[SellingList] = (),
    sku_mapping: Mapping[str, str] | None = None,
    may_shrink: bool = False,
    dry_run: bool = False,
) -> RunReport:
    """What link_inventory does with a report of these rows."""
    world.amazon.reports.rows = list(rows)
    sender = world.sender()
    rules = LinkRules(world.account.name, US, lists, sku_mapping or {})
    with download(sender, may_shrink=may_shrink) as report:
        tally = link_report(report, rules, sender, dry_run=dry_run)
    return link_run_report("link_inventory", tally, dry_run=dry_run)


def items(world: World) -> dict[str, InventoryItem]:
    """What is kept of SKU-1 to SKU-8, by SKU."""
    skus = [f"SKU-{number}" for number in range(1, 9)]
    with world.units() as work:
        found = work.inventory.named(world.account.name, US.marketplace_id, skus)
    return dict(sorted(found.items()))


@pytest.fixture
def shop(world: World) -> World:
    """A store of three products; Amazon has a fourth that nobody knows."""
    put_in_store(world, variant(1), variant(2), variant(3))
    return world


@pytest.mark.behaviour("S31", "S35", "S49")
def test_a_report_is_kept_and_linked(shop: World) -> None:
    report = link(shop, FOUR)

    assert (report.read, report.planned, report.effective) == (4, 3, 3)
    assert report.held == {"unlinked": 1}
    assert {sku: item.state for sku, item in items(shop).items()} == {
        "SKU-1": LinkState.LINKED,
        "SKU-2": LinkState.LINKED,
        "SKU-3": LinkState.LINKED,
        "SKU-4": LinkState.UNLINKED,
    }
    assert items(shop)["SKU-4"].seen_at == shop.clock.now()


@pytest.mark.behaviour("S34")
def test_the_migrated_list_names_just_what_is_linked_in_it(shop: World) -> None:
    link(shop, FOUR[:1])
    link(shop, FOUR[:2])

    with shop.units() as work:
        [made] = work.selling_lists.all()
    assert (made.name, made.account, made.marketplace_id) == (
        MIGRATED,
        "acme-us",
        US.marketplace_id,
    )
    assert [one.variant.sku for one in select([made], [variant(1), variant(2), variant(3)])] == [
        "SKU-1",
        "SKU-2",
    ]


def test_no_list_is_made_where_none_is_needed(shop: World) -> None:
    link(shop, FOUR, lists=[selling_list()])

    with shop.units() as work:
        assert work.selling_lists.all() == []
    assert shop.listing("SKU-1").selling_list == "Summer"


def test_the_same_report_again_changes_nothing(shop: World) -> None:
    link(shop, FOUR)
    before = (shop.listings(), items(shop))

    again = link(shop, FOUR)

    assert (again.planned, again.unchanged, again.held) == (0, 3, {"unlinked": 1})
    assert (shop.listings(), items(shop)) == before


def test_a_dry_run_tells_the_same_and_keeps_nothing(shop: World) -> None:
    dry = link(shop, FOUR, dry_run=True)

    assert (shop.listings(), items(shop)) == ([], {})
    wet = link(shop, FOUR)
    assert (dry.read, dry.planned, dry.held, dry.notes) == (
        wet.read,
        wet.planned,
        wet.held,
        wet.notes,
    )


def test_rows_of_both_channels_make_one_item_that_both_ship(shop: World) -> None:
    by_amazon = report_row(1, channel="AMAZON_NA", quantity=None)

    for rows in ([report_row(1), by_amazon], [by_amazon, report_row(1)]):
        link(shop, rows)

        item = items(shop)["SKU-1"]
        assert (item.channel, item.channel_code) == (FulfilmentChannel.BOTH, "AMAZON_NA")
        assert item.quantity == 7


def test_one_report_that_lacks_a_sku_is_noted_and_ends_nothing(shop: World) -> None:
    link(shop, FOUR)
    first_seen = shop.clock.now()
    shop.clock.sleep(3600)

    report = link(shop, FOUR[1:])

    assert shop.listing("SKU-1").status is ListingStatus.LINKED
    missing = items(shop)["SKU-1"]
    assert (missing.missed, missing.seen_at, missing.state) == (1, first_seen, LinkState.LINKED)
    assert report.notes[1] == (
        "Missing from this report: SKU-1. They keep their links until the next report agrees."
    )


@pytest.mark.behaviour("S36")
def test_two_reports_that_agree_end_the_listing_and_its_log_says_so(shop: World) -> None:
    link(shop, FOUR)
    link(shop, FOUR[1:])

    report = link(shop, FOUR[1:])

    ended = shop.listing("SKU-1")
    assert (ended.status, ended.reasons, ended.buyable) == (
        ListingStatus.ENDED,
        (VANISHED,),
        False,
    )
    assert items(shop)["SKU-1"].state is LinkState.ENDED
    assert report.notes[1] == "Ended, for two reports in a row lack them: SKU-1."
    with shop.units() as work:
        [entry] = work.ledger.log("SKU-1")
    assert (entry.operation, entry.messages) == (Operation.LINK, (VANISHED,))


def test_what_ended_and_comes_back_is_linked_again(shop: World) -> None:
    for rows in (FOUR, FOUR[1:], FOUR[1:]):
        link(shop, rows)

    report = link(shop, FOUR)

    assert shop.listing("SKU-1").status is ListingStatus.LINKED
    assert (items(shop)["SKU-1"].state, items(shop)["SKU-1"].missed) == (LinkState.LINKED, 0)
    assert "Back on Amazon and linked again: SKU-1." in report.notes


def test_a_report_in_between_that_has_the_sku_starts_the_count_anew(shop: World) -> None:
    for rows in (FOUR, FOUR[1:], FOUR, FOUR[1:]):
        link(shop, rows)

    assert shop.listing("SKU-1").status is ListingStatus.LINKED


def test_what_waits_for_amazons_answer_is_not_ended(shop: World) -> None:
    link(shop, FOUR)
    shop.remember(listing(1, status=ListingStatus.PENDING))

    link(shop, FOUR[1:])
    link(shop, FOUR[1:])

    assert shop.listing("SKU-1").status is ListingStatus.PENDING


@pytest.mark.parametrize("may_shrink", [False, True])
def test_an_empty_report_is_never_believed(shop: World, may_shrink: bool) -> None:
    link(shop, FOUR)

    with pytest.raises(BatchStopped, match="names no listing of acme-us at all, where 4 were"):
        link(shop, [], may_shrink=may_shrink)

    assert {item.missed for item in items(shop).values()} == {0}


def test_a_report_of_less_than_half_stops_unless_told_otherwise(shop: World) -> None:
    link(shop, FOUR)

    with pytest.raises(BatchStopped, match="names 1 listings of acme-us, where 4 were known"):
        link(shop, FOUR[:1])
    assert {item.missed for item in items(shop).values()} == {0}

    link(shop, FOUR[:1], may_shrink=True)
    assert [item.missed for item in items(shop).values()] == [0, 1, 1, 1]


def test_a_report_that_breaks_on_the_way_changes_nothing(shop: World) -> None:
    link(shop, FOUR[:1])
    before = (shop.listings(), items(shop))

    def breaks() -> Iterator[ReportRow]:
        yield from FOUR
        raise MalformedAnswer("It ends in the middle.", vendor="Amazon", operation="download")

    shop.amazon.reports.rows = breaks()
    with pytest.raises(MalformedAnswer):
        download(shop.sender(), may_shrink=False)

    assert (shop.listings(), items(shop)) == before


def test_a_seller_with_nothing_on_amazon_has_nothing_to_link(shop: World) -> None:
    assert link(shop, []).read == 0


def test_another_marketplace_is_another_inventory(shop: World) -> None:
    link(shop, FOUR)

    with shop.units() as work:
        assert work.inventory.named("acme-us", "A2EUQ1WTGCTBG2", ["SKU-1"]) == {}
        assert work.inventory.count_present("other", US.marketplace_id) == 0
