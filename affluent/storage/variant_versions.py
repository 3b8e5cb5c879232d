"""What the variants of the snapshot were, before they came to be what they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final, cast

from sqlalchemy import ColumnElement, CursorResult, delete, literal, select
from sqlalchemy.orm import Session

from affluent.domain.product import Variant
from affluent.domain.variant_history import VariantDifference, VariantVersion
from affluent.storage.bulk import insert_selected, table_of
from affluent.storage.catalog_tables import VariantRow, VariantVersionRow
from affluent.storage.columns import UtcTime
from affluent.storage.variant_rows import variant_from

_SLICE: Final = 1_000
_SPAN: Final = ("variant_id", "valid_from", "valid_until")
_CONTENT: Final = [one.name for one in table_of(VariantVersionRow).columns if one.name not in _SPAN]


def keep_versions(session: Session, until: datetime, *conditions: ColumnElement[bool]) -> None:
    """Keep what the rows of `variants` are, just before they come to be something else.

    One statement, whatever their number. What changes twice in a moment has no version between.
    """
    rows = select(
        VariantRow.variant_id,
        VariantRow.changed_at,
        literal(until, UtcTime()),
        *(getattr(VariantRow, name) for name in _CONTENT),
    ).where(*conditions, VariantRow.changed_at < until)
    insert_selected(session, VariantVersionRow, [*_SPAN, *_CONTENT], rows)


class SqlVariantVersions:
    """The VariantVersions of affluent.ports.snapshot."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def at(self, variant: str | int, moment: datetime) -> VariantVersion | None:
        """What a SKU or a variant id stood for at a moment, or None where nothing is known."""
        found = [
            *self._present(_named(VariantRow, variant), VariantRow.changed_at <= moment),
            *self._past(_named(VariantVersionRow, variant), *_holds(moment)),
        ]
        return min(found, key=lambda one: (one.is_gone, one.variant.variant_id), default=None)

    def of_sku(self, sku: str) -> list[VariantVersion]:
        """Everything that the variants were that ever had this SKU, by variant and time."""
        ids = select(VariantRow.variant_id).where(VariantRow.sku == sku)
        past = select(VariantVersionRow.variant_id).where(VariantVersionRow.sku == sku)
        either = ids.union(past)
        found = [
            *self._past(VariantVersionRow.variant_id.in_(either)),
            *self._present(VariantRow.variant_id.in_(either)),
        ]
        return sorted(found, key=lambda one: (one.variant.variant_id, one.valid_from))

    def differing(self, since: datetime, until: datetime) -> Iterator[VariantDifference]:
        """The variants that were not at `until` what they were at `since`, by id.

        Looks at those only that have changed after `since`, a thousand at a time.
        """
        ordered = (
            select(VariantRow.variant_id)
            .where(VariantRow.changed_at > since)
            .order_by(VariantRow.variant_id)
            .limit(_SLICE)
        )
        ids = self._session.scalars(ordered).all()
        while ids:
            before, after = self._states(ids, since), self._states(ids, until)
            for one in ids:
                if before.get(one) != after.get(one):
                    yield VariantDifference(one, before.get(one), after.get(one))
            self._session.expunge_all()
            ids = self._session.scalars(ordered.where(VariantRow.variant_id > ids[-1])).all()

    def purge(self, before: datetime) -> int:
        """Forget what no variant has been any more since then; answers how many versions."""
        statement = (
            delete(VariantVersionRow)
            .where(VariantVersionRow.valid_until < before)
            .execution_options(synchronize_session=False)
        )
        return cast(CursorResult[Any], self._session.execute(statement)).rowcount

    def _states(self, ids: Sequence[int], moment: datetime) -> dict[int, Variant | None]:
        found = [
            *self._past(VariantVersionRow.variant_id.in_(ids), *_holds(moment)),
            *self._present(VariantRow.variant_id.in_(ids), VariantRow.changed_at <= moment),
        ]
        return {one.variant.variant_id: one.present for one in found}

    def _present(self, *conditions: ColumnElement[bool]) -> Iterator[VariantVersion]:
        for row in self._session.scalars(select(VariantRow).where(*conditions)):
            yield VariantVersion(variant_from(row), row.changed_at, None, bool(row.gone_at))

    def _past(self, *conditions: ColumnElement[bool]) -> Iterator[VariantVersion]:
        for row in self._session.scalars(select(VariantVersionRow).where(*conditions)):
            is_gone = bool(row.gone_at)
            yield VariantVersion(variant_from(row), row.valid_from, row.valid_until, is_gone)


def _named(
    model: type[VariantRow] | type[VariantVersionRow], variant: str | int
) -> ColumnElement[bool]:
    if isinstance(variant, int):
        return model.variant_id == variant
    return model.sku == variant


def _holds(moment: datetime) -> tuple[ColumnElement[bool], ...]:
    return VariantVersionRow.valid_from <= moment, VariantVersionRow.valid_until > moment
