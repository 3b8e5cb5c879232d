"""An even sample of the snapshot, small enough for memory whatever the catalog's size."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from affluent.domain.catalog_quality import CatalogSample, SampledVariant
from affluent.storage.catalog_tables import VariantRow

_IS_THERE = VariantRow.gone_at.is_(None)


class SqlCatalogSamples:
    """The CatalogSamples of affluent.ports.snapshot."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def take(self, most: int) -> CatalogSample:
        """At most so many of the variants that are not gone: every one, or every n-th by id.

        What they share with others is looked up among all of them.
        """
        counted = select(func.count()).select_from(VariantRow).where(_IS_THERE)
        total = self._session.scalars(counted).one()
        every = max(-(-total // most), 1)
        place = func.row_number().over(order_by=VariantRow.variant_id)
        placed = select(VariantRow.variant_id, place.label("place")).where(_IS_THERE).subquery()
        statement = (
            select(
                VariantRow.sku,
                VariantRow.name,
                VariantRow.barcode,
                VariantRow.price_amount,
                VariantRow.quantity,
                VariantRow.image_urls,
                _is_shared(VariantRow.sku, VariantRow.sku),
                _is_shared(VariantRow.barcode, func.ltrim(VariantRow.barcode, "0")),
            )
            .join(placed, placed.c.variant_id == VariantRow.variant_id)
            .where(placed.c.place % every == 0)
            .order_by(VariantRow.variant_id)
        )
        rows = self._session.execute(statement).tuples()
        sampled = [
            SampledVariant(
                sku, name, barcode, price, quantity, len(images), bool(same_sku), bool(same_barcode)
            )
            for sku, name, barcode, price, quantity, images, same_sku, same_barcode in rows
        ]
        return CatalogSample(sampled, total)


def _is_shared(
    column: InstrumentedAttribute[str], key: ColumnElement[str] | InstrumentedAttribute[str]
) -> ColumnElement[bool]:
    """Leading zeros of a barcode say only how long it was written."""
    repeated = (
        select(key).where(_IS_THERE, column != "").group_by(key).having(func.count() > 1)
    ).scalar_subquery()
    return key.in_(repeated)
