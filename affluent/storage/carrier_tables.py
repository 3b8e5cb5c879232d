"""The table of the carriers' names."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from affluent.storage.schema import Base


class CarrierNameRow(Base):
    """A name that a carrier has in the store."""

    __tablename__ = "carrier_names"

    name: Mapped[str] = mapped_column(primary_key=True)
    first_seen_at: Mapped[datetime]
