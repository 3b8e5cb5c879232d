"""What a variant was at any time, and what differs between two times, on both databases."""

from dataclasses import fields, replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Engine, func, select

from affluent.domain.money import Money
from affluent.domain.product import Variant
from affluent.domain.variant_history import Fate, FieldChange
from affluent.ports.storage import UnitsOfWork
from affluent.storage.catalog_tables import VariantVersionRow
from tests.integration.storage.builders import NOON, a_variant
from tests.integration.storage.statements import statements_of

DEAR = a_variant(1, price=Money(Decimal("25.00"), "USD"))
RENAMED = a_variant(2, sku="NEW-2")


def after(hours: float) -> datetime:
    return NOON + timedelta(hours=hours)


@pytest.fixture
def day(units: UnitsOfWork) -> UnitsOfWork:
    """1: dearer at 1 h, two sold at 2 h. 2: renamed at 1 h. 3: gone at 2 h, back at 3 h. 4: new."""
    with units() as work:
        work.variants.save([a_variant(1), a_variant(2), a_variant(3)], NOON)
        work.variants.save([DEAR, RENAMED, a_variant(3)], after(1))
        work.variants.save([DEAR, RENAMED], after(1.5))
        work.variants.take({"SKU-1": 2}, after(2))
        work.variants.mark_gone(after(1.5), after(2))
        work.variants.save([a_variant(3), a_variant(4)], after(3))
        work.commit()
    return units


def known(units: UnitsOfWork, variant: str | int, hours: float) -> Variant | None:
    with units() as work:
        version = work.versions.at(variant, after(hours))
    return version.present if version else None


def versions(engine: Engine) -> int:
    with engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(VariantVersionRow)).scalar_one()


@pytest.mark.parametrize(
    ("variant", "hours", "was"),
    [
        ("SKU-1", -1, None),
        ("SKU-1", 0, a_variant(1)),
        ("SKU-1", 0.99, a_variant(1)),
        ("SKU-1", 1, DEAR),
        ("SKU-1", 2, replace(DEAR, quantity=5)),
        ("SKU-1", 99, replace(DEAR, quantity=5)),
        ("SKU-2", 0.5, a_variant(2)),
        ("SKU-2", 1, None),
        ("NEW-2", 0.5, None),
        ("NEW-2", 1, RENAMED),
        (2, 0.5, a_variant(2)),
        (2, 1, RENAMED),
        ("SKU-3", 1.9, a_variant(3)),
        ("SKU-3", 2.5, None),
        ("SKU-3", 3, a_variant(3)),
        ("SKU-4", 2.9, None),
        ("SKU-4", 3, a_variant(4)),
    ],
)
def test_a_variant_at_any_time(
    day: UnitsOfWork, variant: str | int, hours: float, was: Variant | None
) -> None:
    assert known(day, variant, hours) == was


def test_every_version_of_a_sku_whoever_bore_it(day: UnitsOfWork) -> None:
    with day() as work:
        gone = [
            (one.valid_from, one.valid_until, one.is_gone) for one in work.versions.of_sku("SKU-3")
        ]
        renamed = [one.variant for one in work.versions.of_sku("SKU-2")]

        assert gone == [
            (NOON, after(2), False),
            (after(2), after(3), True),
            (after(3), None, False),
        ]
        assert renamed == [a_variant(2), RENAMED]
        assert work.versions.of_sku("absent") == []


def test_every_field_of_a_version_is_kept(units: UnitsOfWork) -> None:
    """A variant that differs from its next version in every field, so that none is forgotten."""
    other = Variant(
        1, 11, "", "", "", "", Money(Decimal(1), "EUR"), None, "", "", "", False, (), after(1)
    )
    assert {one.name for one in fields(Variant) if one.name != "variant_id"} == {
        one.name for one in fields(Variant) if getattr(other, one.name) != getattr(rich(), one.name)
    }
    with units() as work:
        work.variants.save([rich()], NOON)
        work.variants.save([other], after(1))
        work.commit()

    assert known(units, 1, 0) == rich()
    assert known(units, 1, 1) == other


def rich() -> Variant:
    return a_variant(1, metafields={"care.washing": "by hand"})


def test_what_differs_between_two_times(day: UnitsOfWork) -> None:
    with day() as work:
        found = {one.variant_id: one for one in work.versions.differing(after(0.5), after(2.5))}
        back = list(work.versions.differing(after(1.5), after(3)))

    assert {key: (one.sku, one.fate) for key, one in found.items()} == {
        1: ("SKU-1", Fate.CHANGED),
        2: ("NEW-2", Fate.CHANGED),
        3: ("SKU-3", Fate.REMOVED),
    }
    assert found[1].changes == (
        FieldChange("price", "19.90 USD", "25.00 USD"),
        FieldChange("quantity", "7", "5"),
    )
    assert [(one.variant_id, one.fate) for one in back] == [(1, Fate.CHANGED), (4, Fate.ADDED)]


def test_between_a_moment_and_itself_nothing_differs(day: UnitsOfWork) -> None:
    with day() as work:
        assert [list(work.versions.differing(after(at), after(at))) for at in range(5)] == [[]] * 5


def test_more_differences_than_one_slice(units: UnitsOfWork) -> None:
    with units() as work:
        work.variants.save([a_variant(one) for one in range(1, 2502)], NOON)
        work.variants.save([a_variant(one, mpn="x") for one in range(1, 2502)], after(1))
        work.commit()
        found = [one.variant_id for one in work.versions.differing(NOON, after(1))]

    assert found == list(range(1, 2502))


def test_a_change_writes_its_own_versions_in_one_statement(
    units: UnitsOfWork, engine: Engine
) -> None:
    everything = [a_variant(one) for one in range(1, 1001)]
    changed = [a_variant(one, quantity=1) for one in range(1, 101)]
    with units() as work:
        work.variants.save(everything, NOON)
        work.commit()
        assert versions(engine) == 0

        with statements_of(engine) as statements:
            work.variants.save(changed + everything[100:], after(1))
            work.commit()

    assert len([one for one, _ in statements if "variant_versions" in one]) == 1
    assert versions(engine) == 100


def test_what_is_not_committed_leaves_no_version(units: UnitsOfWork, engine: Engine) -> None:
    with units() as work:
        work.variants.save([a_variant(1)], NOON)
        work.commit()
    with units() as work:
        work.variants.save([DEAR], after(1))

    assert versions(engine) == 0
    assert known(units, 1, 2) == a_variant(1)


def test_what_changes_twice_in_a_moment_has_no_version_between(
    units: UnitsOfWork, engine: Engine
) -> None:
    with units() as work:
        work.variants.save([a_variant(1)], NOON)
        work.variants.save([DEAR], NOON)
        work.variants.take({"SKU-1": 1}, NOON)
        work.commit()

    assert versions(engine) == 0
    assert known(units, 1, 0) == replace(DEAR, quantity=6)


def test_old_versions_are_forgotten_and_what_is_stays(day: UnitsOfWork, engine: Engine) -> None:
    total = versions(engine)
    with day() as work:
        forgotten = work.versions.purge(after(1.5))
        work.commit()

    assert (forgotten, versions(engine)) == (2, total - 2)
    assert known(day, "SKU-1", 0) is None
    assert known(day, "SKU-1", 1) == DEAR
    assert known(day, "SKU-3", 2.5) is None
    assert known(day, "SKU-4", 3) == a_variant(4)
