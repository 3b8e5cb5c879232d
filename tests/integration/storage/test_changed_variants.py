"""When a variant last changed: what follows from the snapshot asks for nothing else."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, select

from affluent.ports.storage import UnitsOfWork
from affluent.storage.catalog_tables import VariantRow
from tests.integration.storage.builders import LATER, NOON, a_variant

EVENING = NOON + timedelta(hours=8)


@pytest.fixture(autouse=True)
def _known(units: UnitsOfWork) -> None:
    with units() as work:
        work.variants.save([a_variant(1), a_variant(2), a_variant(3, quantity=None)], NOON)
        work.commit()


def changed_at(engine: Engine) -> dict[int, datetime]:
    with engine.connect() as connection:
        statement = select(VariantRow.variant_id, VariantRow.changed_at)
        return {row.variant_id: row.changed_at for row in connection.execute(statement)}


def test_a_reading_moves_only_what_differs(units: UnitsOfWork, engine: Engine) -> None:
    with units() as work:
        work.variants.save([a_variant(1), a_variant(2, name="Trunk"), a_variant(4)], LATER)
        work.commit()

    assert changed_at(engine) == {1: NOON, 2: LATER, 3: NOON, 4: LATER}


def test_what_is_gone_or_back_has_changed(units: UnitsOfWork, engine: Engine) -> None:
    with units() as work:
        work.variants.save([a_variant(1), a_variant(3, quantity=None)], LATER)
        work.variants.mark_gone(LATER, EVENING)
        work.commit()
    assert changed_at(engine) == {1: NOON, 2: EVENING, 3: NOON}

    with units() as work:
        work.variants.save([a_variant(2)], EVENING + timedelta(hours=1))
        work.commit()
    assert changed_at(engine)[2] == EVENING + timedelta(hours=1)


def test_what_an_order_took_from_has_changed(units: UnitsOfWork, engine: Engine) -> None:
    with units() as work:
        work.variants.take({"SKU-1": 2, "SKU-3": 1, "absent": 1}, LATER)
        work.commit()

    assert changed_at(engine) == {1: LATER, 2: NOON, 3: NOON}
