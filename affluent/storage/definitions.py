"""Amazon's product-type schemas: as last fetched, as they were before, and what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from affluent.domain.listing import Definition, Requirements
from affluent.domain.schema_drift import KeptDefinition, SchemaDrift
from affluent.storage.before_sending_tables import DefinitionVersionRow, SchemaDriftRow
from affluent.storage.bulk import insert, upsert
from affluent.storage.tables import DefinitionRow

#: A schema takes about a megabyte.
_VERSIONS_KEPT: Final = 5


class SqlDefinitions:
    """The Definitions of affluent.ports.before_sending."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(
        self, account: str, marketplace_id: str, product_type: str, requirements: Requirements
    ) -> tuple[Definition, datetime] | None:
        """The definition and when it was fetched."""
        row = self._session.get(
            DefinitionRow, (account, marketplace_id, product_type, requirements)
        )
        return None if row is None else (_definition(row), row.fetched_at)

    def save(self, account: str, definition: Definition, at: datetime) -> None:
        """Keep a definition, and the one whose place it takes."""
        place = _place(account, definition)
        kept = self._session.get(DefinitionRow, tuple(place.values()))
        if kept is not None and kept.checksum != definition.checksum:
            self._put_away(kept, at)
        row = place | {
            "checksum": definition.checksum,
            "version": definition.version,
            "schema": definition.schema,
            "fetched_at": at,
        }
        upsert(self._session, DefinitionRow, [row])
        if kept is not None:
            self._session.expire(kept)

    def before(self, account: str, current: Definition) -> Definition | None:
        """The version whose place the current one took."""
        for row in self._versions(_place(account, current)):
            if row.checksum != current.checksum:
                return _definition(row)
        return None

    def all(self) -> list[KeptDefinition]:
        """Every definition that is kept, without its schema."""
        row = DefinitionRow
        columns = select(
            row.account,
            row.marketplace_id,
            row.product_type,
            row.requirements,
            row.version,
            row.fetched_at,
        )
        found = [KeptDefinition(*one) for one in self._session.execute(columns).tuples()]
        return sorted(found, key=lambda one: (one.account, one.marketplace_id, one.product_type))

    def keep_drifts(self, account: str, marketplace_id: str, drifts: Sequence[SchemaDrift]) -> None:
        """Put the drifts of a whole check in the place of those of the check before."""
        here = {"account": account, "marketplace_id": marketplace_id}
        self._session.execute(
            delete(SchemaDriftRow).where(
                SchemaDriftRow.account == account,
                SchemaDriftRow.marketplace_id == marketplace_id,
            )
        )
        rows = [
            here
            | {
                "product_type": one.product_type,
                "requirements": one.requirements,
                "drift": asdict(one),
            }
            for one in drifts
        ]
        insert(self._session, SchemaDriftRow, rows)

    def drifts(self) -> list[tuple[str, str, SchemaDrift]]:
        """What the latest checks found, with account and marketplace."""
        rows = self._session.scalars(select(SchemaDriftRow))
        found = [(row.account, row.marketplace_id, _drift(row.drift)) for row in rows]
        return sorted(found, key=lambda one: (*one[:2], one[2].product_type))

    def _put_away(self, kept: DefinitionRow, at: datetime) -> None:
        definition = _definition(kept)
        place = _place(kept.account, definition)
        row = place | {
            "checksum": kept.checksum,
            "version": kept.version,
            "schema": kept.schema,
            "replaced_at": at,
        }
        upsert(self._session, DefinitionVersionRow, [row])
        for old in self._versions(place)[_VERSIONS_KEPT:]:
            self._session.delete(old)
        self._session.flush()

    def _versions(self, place: dict[str, Any]) -> list[DefinitionVersionRow]:
        """The versions of one place, the newest first."""
        statement = select(DefinitionVersionRow).filter_by(**place)
        return list(
            self._session.scalars(statement.order_by(DefinitionVersionRow.replaced_at.desc()))
        )


def _place(account: str, definition: Definition) -> dict[str, Any]:
    return {
        "account": account,
        "marketplace_id": definition.marketplace_id,
        "product_type": definition.product_type,
        "requirements": definition.requirements,
    }


def _definition(row: DefinitionRow | DefinitionVersionRow) -> Definition:
    return Definition(
        product_type=row.product_type,
        requirements=row.requirements,
        marketplace_id=row.marketplace_id,
        checksum=row.checksum,
        schema=row.schema,
        version=row.version,
    )


def _drift(values: dict[str, Any]) -> SchemaDrift:
    named = {
        name: {key: tuple(words) for key, words in values[name].items()}
        for name in ("listings", "profiles")
    }
    told = {"requirements": Requirements(values["requirements"])}
    return SchemaDrift(**values | told | named | {"changes": tuple(values["changes"])})
