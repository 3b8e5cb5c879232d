"""The table of what is kept of buyers' data."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from affluent.storage.schema import Base


class BuyerRow(Base):
    """An order with its buyer's data, sealed: the one table that holds any."""

    __tablename__ = "buyers"

    account: Mapped[str] = mapped_column(primary_key=True)
    order_id: Mapped[str] = mapped_column(primary_key=True, index=True)
    key_id: Mapped[str] = mapped_column(index=True)
    content: Mapped[bytes]
    stored_at: Mapped[datetime]
    counted_from: Mapped[datetime] = mapped_column(index=True)
