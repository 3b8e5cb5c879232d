"""Where sent values came from: a row for each effect that is sent, written in bulk."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Engine

from affluent.domain.effect import EffectState, Resolution
from affluent.domain.plan import Change
from affluent.domain.provenance import Provenance
from affluent.ports.storage import UnitsOfWork
from tests.integration.storage.builders import LATER, NOON, RUN, a_change
from tests.integration.storage.statements import statements_of

COLOR = Provenance(
    "color", "option Color", "rot", ("'rot' is 'Red' by the value map",), "cases", "a1"
)
HEIGHT = Provenance("item_dimensions.height", "field height", "12 cm", (), "cases", "a1")
WIDTH = replace(HEIGHT, path="item_dimensions.width", raw="30 cm")
ASIN = Provenance("merchant_suggested_asin", "given ASIN", "B0-GIVEN", override="B0-GIVEN")


def sent(key: str, *origins: Provenance) -> Change:
    payload = {"attributes": {"color": ["Red"], "item_dimensions": ["large"]}}
    return replace(a_change(key), payload=payload, provenance=origins)


def test_what_is_kept_comes_back_by_attribute_with_its_way_to_amazon(units: UnitsOfWork) -> None:
    change = replace(sent("A-1", COLOR, ASIN, HEIGHT, WIDTH), remarks=("Approved by Ann.",))
    with units() as work:
        [effect] = work.ledger.record([change], RUN, NOON, plan_hash="p1")
        work.ledger.record([change], RUN, LATER, plan_hash="p1")
        taken = Resolution(effect.effect_id, EffectState.ACCEPTED, "s-1", "r-1")
        work.ledger.resolve([taken], LATER)
        work.commit()
        values = {one.attribute: one for one in work.origins.of_sku("A-1")}

    assert values["color"].origins == (COLOR,)
    assert values["item_dimensions"].origins == (HEIGHT, WIDTH)
    assert values["merchant_suggested_asin"].origins == (ASIN,)
    color = values["color"]
    assert (color.value, color.state, color.plan_hash) == (["Red"], EffectState.ACCEPTED, "p1")
    assert (color.request_id, color.reference) == ("r-1", "s-1")
    assert (color.run_id, color.sent_at, color.remarks) == (RUN.run_id, NOON, ("Approved by Ann.",))


def test_what_is_held_has_no_origin_and_nothing_of_its_remarks_in_the_log(
    units: UnitsOfWork,
) -> None:
    change = replace(sent("A-1", COLOR), remarks=("left alone: item_name",))
    why = {"A-1": ("Too long.",)}
    with units() as work:
        work.ledger.record(
            [change], RUN, NOON, plan_hash="p1", state=EffectState.HELD, messages=why
        )
        assert work.origins.of_sku("A-1") == []
        assert [entry.messages for entry in work.ledger.log("A-1")] == [("Too long.",)]


def test_many_are_written_by_one_statement_more(units: UnitsOfWork, engine: Engine) -> None:
    def statements(*origins: Provenance, prefix: str) -> int:
        changes = [sent(f"{prefix}-{number}", *origins) for number in range(100)]
        with statements_of(engine) as told, units() as work:
            work.ledger.record(changes, RUN, NOON, plan_hash="p1")
            work.commit()
        return len(told)

    assert statements(COLOR, HEIGHT, prefix="B") == statements(prefix="A") + 1
