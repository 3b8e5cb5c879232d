"""Amazon's product-type schemas, as last fetched."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from affluent.domain.listing import Definition, Requirements
from affluent.storage.bulk import upsert
from affluent.storage.tables import DefinitionRow


class SqlDefinitions:
    """The Definitions of affluent.ports.storage."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(
        self, account: str, marketplace_id: str, product_type: str, requirements: Requirements
    ) -> tuple[Definition, datetime] | None:
        """The definition and when it was fetched."""
        statement = select(DefinitionRow).where(
            DefinitionRow.account == account,
            DefinitionRow.marketplace_id == marketplace_id,
            DefinitionRow.product_type == product_type,
            DefinitionRow.requirements == requirements,
        )
        row = self._session.scalars(statement).one_or_none()
        if row is None:
            return None
        definition = Definition(
            product_type=row.product_type,
            requirements=row.requirements,
            marketplace_id=row.marketplace_id,
            checksum=row.checksum,
            schema=row.schema,
        )
        return definition, row.fetched_at

    def save(self, account: str, definition: Definition, at: datetime) -> None:
        """Keep a definition."""
        row = {
            "account": account,
            "marketplace_id": definition.marketplace_id,
            "product_type": definition.product_type,
            "requirements": definition.requirements,
            "checksum": definition.checksum,
            "schema": definition.schema,
            "fetched_at": at,
        }
        upsert(self._session, DefinitionRow, [row])
