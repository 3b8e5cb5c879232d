"""What all tables have in common: how their types, keys and constraints are named."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import ClassVar, Final

from sqlalchemy import MetaData, Text
from sqlalchemy.orm import DeclarativeBase

from affluent.storage.columns import Amount, UtcTime, Whole

_NAMES: Final = {
    "pk": "pk_%(table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
}


class Base(DeclarativeBase):
    """A row of any table; its metadata knows those whose modules are imported."""

    metadata = MetaData(naming_convention=_NAMES)
    type_annotation_map: ClassVar = {
        str: Text(),
        int: Whole,
        datetime: UtcTime(),
        Decimal: Amount(),
    }
