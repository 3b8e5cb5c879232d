"""The forms of values in a column."""

from datetime import datetime
from decimal import Decimal
from types import MappingProxyType

import pytest
from sqlalchemy.dialects import sqlite

from affluent.domain.effect import EffectState
from affluent.domain.errors import InvariantBroken
from affluent.storage.columns import UtcTime, Word, to_json


def test_a_time_without_a_zone_is_never_stored() -> None:
    naive = datetime(2026, 11, 24)  # noqa: DTZ001  what the column must refuse

    with pytest.raises(InvariantBroken, match="without a zone"):
        UtcTime().process_bind_param(naive, sqlite.dialect())


def test_a_word_that_the_enum_does_not_have_fails_loudly() -> None:
    with pytest.raises(ValueError, match="teleported"):
        Word(EffectState).process_result_value("teleported", sqlite.dialect())


def test_a_document_keeps_decimals_as_text_and_refuses_what_json_cannot_hold() -> None:
    assert to_json({"a": Decimal("1.10"), "b": MappingProxyType({"c": ("é",)})}) == (
        '{"a":"1.10","b":{"c":["é"]}}'
    )
    with pytest.raises(TypeError, match="object has no form in JSON"):
        to_json(object())
    with pytest.raises(ValueError, match="JSON"):
        to_json(float("nan"))
