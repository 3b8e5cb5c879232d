"""The house rules hold in every module, and each of them bites."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain

import pytest

from tests.architecture import house_rules
from tests.architecture.house_rules import LONG_FUNCTION, LONGEST_FILE, LONGEST_FUNCTION
from tests.architecture.project import PRODUCT, ROOMS, Source, sources

Rule = Callable[[Source], Iterator[str]]

EVERYWHERE = [
    house_rules.long_files,
    house_rules.long_functions,
    house_rules.vague_names,
    house_rules.naive_datetimes,
    house_rules.unexplained_exemptions,
]
IN_THE_PRODUCT = [house_rules.floats, house_rules.prints]
# The command's demo and checks write through the sandbox's admin port, which has other words.
ABOVE_THE_CONNECTORS = [house_rules.writes_past_the_ledger]

RULES = [
    *((rule, ROOMS) for rule in EVERYWHERE),
    *((rule, PRODUCT) for rule in IN_THE_PRODUCT),
    *((rule, ("affluent", "flows", "tasks", "deployments")) for rule in ABOVE_THE_CONNECTORS),
]

BREACHES = [
    (house_rules.long_files, "links/plan.py", "\n" * (LONGEST_FILE + 1)),
    (house_rules.long_functions, "links/plan.py", "def long():\n" + " 1\n" * LONGEST_FUNCTION),
    (house_rules.vague_names, "links/utils.py", ""),
    (house_rules.vague_names, "common/links.py", ""),
    (house_rules.floats, "offers/plan.py", "float(price)"),
    (house_rules.floats, "offers/plan.py", "lowest_price: float"),
    (house_rules.floats, "offers/plan.py", "def pay(amount: float): ..."),
    (house_rules.floats, "offers/plan.py", "def total() -> float: ..."),
    (house_rules.naive_datetimes, "offers/plan.py", "datetime.now()"),
    (house_rules.naive_datetimes, "offers/plan.py", "datetime.utcnow()"),
    (house_rules.naive_datetimes, "offers/plan.py", "datetime.fromtimestamp(0)"),
    (house_rules.prints, "offers/plan.py", "print(plan)"),
    (house_rules.unexplained_exemptions, "offers/plan.py", "x = 1  # type: ignore[misc]"),
    (house_rules.unexplained_exemptions, "offers/plan.py", "x = 1  # noqa: E731"),
    (house_rules.writes_past_the_ledger, "offers/plan.py", "amazon.listings.put(change)"),
    (house_rules.writes_past_the_ledger, "offers/plan.py", "send = listings.patch"),
    (house_rules.writes_past_the_ledger, "offers/plan.py", "sender.amazon.feeds.create(id)"),
    (house_rules.writes_past_the_ledger, "affluent/orders/creation.py", "orders.create(draft)"),
    (house_rules.writes_past_the_ledger, "offers/plan.py", "orders.confirm(package)"),
]


@pytest.mark.parametrize(("rule", "rooms"), RULES, ids=[rule.__name__ for rule, _ in RULES])
def test_no_module_breaks_the_rule(rule: Rule, rooms: tuple[str, ...]) -> None:
    assert list(chain.from_iterable(map(rule, sources(*rooms)))) == []


@pytest.mark.parametrize(
    ("rule", "path", "text"), BREACHES, ids=[rule.__name__ for rule, *_ in BREACHES]
)
def test_the_rule_finds_a_breach(rule: Rule, path: str, text: str) -> None:
    assert list(rule(Source(path, text)))


def test_every_rule_is_seen_to_bite() -> None:
    assert {rule for rule, *_ in BREACHES} == {rule for rule, _ in RULES}


def test_the_tests_too_explain_what_they_silence() -> None:
    found = map(house_rules.unexplained_exemptions, sources("tests"))

    assert list(chain.from_iterable(found)) == []


def test_nineteen_functions_of_twenty_are_short() -> None:
    lengths = sorted(
        house_rules.lines_of(function)
        for source in sources(*ROOMS)
        for function in source.functions
    )

    assert lengths[len(lengths) * 95 // 100] <= LONG_FUNCTION


def test_the_places_that_may_write_outside_still_do() -> None:
    """An entry of the list that is no longer needed is a door left open."""
    writers = {
        source.path
        for source in sources("affluent")
        if list(house_rules.writes_past_the_ledger(Source("elsewhere.py", source.text)))
    }

    assert writers == house_rules.MAY_WRITE_OUTSIDE
