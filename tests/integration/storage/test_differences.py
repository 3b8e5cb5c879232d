"""Differences keep their age while they are open, and end when they are not found again."""

from __future__ import annotations

from datetime import datetime

from affluent.domain.difference import Cause, Difference
from affluent.ports.storage import UnitsOfWork
from tests.integration.storage.builders import LATER, NOON, US

PRICE = Difference("A", "price", "9.00 USD", "8.00 USD", Cause.CHANGED)
STOCK = Difference("B", "quantity", "5", "7", Cause.LOST)


def record(units: UnitsOfWork, at: datetime, *found: Difference, account: str = "acme-us") -> None:
    with units() as work:
        work.differences.record(account, US, found, at)
        work.commit()


def test_what_is_found_again_keeps_its_age_and_takes_its_new_words(units: UnitsOfWork) -> None:
    dearer = Difference("A", "price", "9.00 USD", "8.50 USD", Cause.CHANGED)
    record(units, NOON, PRICE)
    record(units, LATER, STOCK, dearer)

    with units() as work:
        known = work.differences.open("acme-us", US)

    assert [(one.difference, one.first_seen, one.last_seen) for one in known] == [
        (dearer, NOON, LATER),
        (STOCK, LATER, LATER),
    ]


def test_what_is_not_found_again_is_resolved_and_begins_anew(units: UnitsOfWork) -> None:
    record(units, NOON, PRICE)
    record(units, NOON, STOCK, account="acme-eu")
    record(units, LATER)
    with units() as work:
        assert work.differences.open("acme-us", US) == []
        assert work.differences.of_sku("A") == []
        assert [one.account for one in work.differences.of_sku("B")] == ["acme-eu"]

    record(units, LATER, PRICE)

    with units() as work:
        [again] = work.differences.of_sku("A")
    assert again.first_seen == LATER
