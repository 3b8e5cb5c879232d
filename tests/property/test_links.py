"""Links over any sequence of reports: none is lost unless two complete reports in a row lack the
SKU, and the pages over the store agree with the rule over everything at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from affluent.domain.inventory import ReportRow
from affluent.domain.listing import ListingStatus
from affluent.domain.product import Variant
from affluent.links import linking
from affluent.links.linking import link_report
from affluent.links.plan import LinkRules, LinksKnown, plan_links
from affluent.links.spool import Spool
from affluent.ports.storage import UnitsOfWork
from tests.builders.catalog import US, selling_list, variant
from tests.builders.listings import report_row
from tests.builders.store_skus import store_sku
from tests.fakes.clock import FakeClock
from tests.fakes.world import World

ON_DISK = settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
ACCOUNTS = (f"account-{number}" for number in count())
#: The examples share a database, so time goes on from one to the next.
CLOCK = FakeClock()
SKUS = [f"SKU-{number}" for number in range(1, 7)]

reports = st.lists(st.sets(st.sampled_from(SKUS), min_size=1), min_size=1, max_size=7)
stores = st.lists(st.sampled_from([*SKUS, "OTHER-1", "OTHER-2"]), max_size=8)
mappings = st.dictionaries(
    st.sampled_from(SKUS), st.sampled_from(["OTHER-1", "OTHER-2", "GONE", "SKU-1"]), max_size=3
)
listed = st.sets(st.sampled_from([*SKUS, "OTHER-1"]), min_size=1)


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of two rows, so that a few rows make several."""
    monkeypatch.setattr(linking, "_PAGE", 2)


def link(world: World, rows: Sequence[ReportRow], rules: LinkRules) -> None:
    with Spool() as spool:
        link_report(spool.fill(rows), rules, world.sender(), dry_run=False)


def in_store(world: World, skus: Sequence[str], first_id: int) -> list[Variant]:
    """Put variants of these SKUs, some of them the same, into the store in place of any others."""
    variants = [variant(first_id + number, sku=sku) for number, sku in enumerate(skus)]
    world.clock.sleep(60)
    with world.units() as work:
        work.variants.mark_gone(world.clock.now(), world.clock.now())
        work.variants.save(variants, world.clock.now())
        work.commit()
    return variants


@ON_DISK
@given(sequence=reports)
def test_no_link_is_lost_unless_two_reports_in_a_row_lack_it(
    units: UnitsOfWork, sequence: list[set[str]]
) -> None:
    world = World(units, next(ACCOUNTS), CLOCK)
    in_store(world, SKUS, 1)
    rules = LinkRules(world.account.name, US, [], {})
    lacked = dict.fromkeys(SKUS, 0)
    was_linked: set[str] = set()

    for there in sequence:
        link(world, [report_row(sku=sku) for sku in sorted(there)], rules)

        was_linked |= there
        lacked = {sku: 0 if sku in there else lacked[sku] + 1 for sku in SKUS}
        linked = {one.sku for one in world.listings() if one.status is ListingStatus.LINKED}
        assert linked == {sku for sku in was_linked if lacked[sku] < 2}


@ON_DISK
@given(
    there=st.lists(st.sampled_from(SKUS), unique=True),
    store=stores,
    mapping=mappings,
    skus=listed,
)
def test_pages_over_the_store_agree_with_the_rule_over_everything(
    units: UnitsOfWork, there: list[str], store: list[str], mapping: dict[str, str], skus: set[str]
) -> None:
    world = World(units, next(ACCOUNTS), CLOCK)
    products = [store_sku(one) for one in in_store(world, store, 1)]
    rules = LinkRules(world.account.name, US, [selling_list(skus=frozenset(skus))], mapping)
    rows = [report_row(sku=sku) for sku in there]
    everything = LinksKnown(
        items={},
        links={},
        listings={},
        products={one.sku: [x for x in products if x.sku == one.sku] for one in products},
        earlier={},
    )

    expected = plan_links(rows, rules, everything, world.clock.now())
    link(world, rows, rules)

    listings = [replace(one, updated_at=None) for one in world.listings()]
    assert listings == sorted(expected.linked, key=lambda one: one.sku)
    with world.units() as work:
        kept = work.inventory.named(world.account.name, US.marketplace_id, there)
    assert kept == {item.sku: item for item in expected.items}
