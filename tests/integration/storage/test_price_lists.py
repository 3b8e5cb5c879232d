"""The store's price lists, on both databases."""

from decimal import Decimal

from sqlalchemy import Engine, select

from affluent.domain.money import Money
from affluent.domain.price_list import PriceRecord
from affluent.ports.storage import UnitsOfWork
from affluent.storage.catalog_tables import PriceRecordRow
from tests.integration.storage.builders import LATER, NOON


def record(variant_id: int, price: str | None = "15.00", sale: str | None = None) -> PriceRecord:
    return PriceRecord(variant_id, "USD", price and Decimal(price), sale and Decimal(sale))


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


def test_a_list_is_answered_whole_or_for_some_variants_in_one_currency(
    units: UnitsOfWork,
) -> None:
    with units() as work:
        saved = work.price_lists.save(7, "USD", [record(1), record(2, sale="9.99")], NOON)
        work.price_lists.save(7, "CAD", [PriceRecord(1, "CAD", Decimal(21), None)], NOON)
        work.price_lists.save(8, "USD", [record(1, "3")], NOON)
        work.commit()
    with units() as work:
        assert saved == 2
        assert work.price_lists.prices(7, "USD") == {1: usd("15"), 2: usd("9.99")}
        assert work.price_lists.prices(7, "USD", [2, 99]) == {2: usd("9.99")}
        assert work.price_lists.prices(7, "USD", []) == {}
        assert work.price_lists.prices(7, "CAD") == {1: Money(Decimal(21), "CAD")}
        assert work.price_lists.prices(None, "USD") == {}
        assert work.price_lists.count(7, "USD") == 2


def test_only_what_differs_counts_and_bears_a_new_moment(
    units: UnitsOfWork, engine: Engine
) -> None:
    with units() as work:
        work.price_lists.save(7, "USD", [record(1), record(2), record(3)], NOON)
        again = work.price_lists.save(7, "USD", [record(1, "15"), record(2, "16")], LATER)
        gone = [work.price_lists.mark_gone(7, "USD", LATER, LATER) for _ in range(2)]
        work.commit()
        left = work.price_lists.count(7, "USD")
        back = work.price_lists.save(7, "USD", [record(3)], LATER)

    with engine.connect() as connection:
        rows = connection.execute(select(PriceRecordRow.variant_id, PriceRecordRow.changed_at))
        changed_at = {row.variant_id: row.changed_at for row in rows}
    assert (again, gone, left, back) == (1, [1, 0], 2, 1)
    assert changed_at == {1: NOON, 2: LATER, 3: LATER}


def test_a_list_of_any_size(units: UnitsOfWork) -> None:
    with units() as work:
        work.price_lists.save(7, "USD", [record(number) for number in range(1, 25_001)], NOON)

        assert len(work.price_lists.prices(7, "USD", range(1, 25_001))) == 25_000
        assert work.price_lists.save(7, "USD", [record(n) for n in range(1, 25_001)], LATER) == 0
        assert work.price_lists.mark_gone(7, "USD", LATER, LATER) == 0
