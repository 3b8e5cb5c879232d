"""Whether an account may list an ASIN."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from affluent.domain.amazon_catalog import Restriction, RestrictionReason
from affluent.domain.before_sending import Permission
from affluent.storage.before_sending_tables import PermissionRow
from affluent.storage.bulk import chunks, upsert


class SqlPermissions:
    """The Permissions of affluent.ports.before_sending."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(
        self, account: str, marketplace_id: str, asins: Sequence[str]
    ) -> dict[tuple[str, str], Permission]:
        """What is known of these ASINs."""
        here = _here(account, marketplace_id)
        return {
            (row.asin, row.condition): _permission(row)
            for chunk in chunks(asins)
            for row in self._session.scalars(
                select(PermissionRow).where(*here, PermissionRow.asin.in_(chunk))
            )
        }

    def refused(self, account: str, marketplace_id: str) -> list[Permission]:
        """What the account may not list."""
        rows = self._session.scalars(
            select(PermissionRow).where(*_here(account, marketplace_id), PermissionRow.refusals > 0)
        )
        found = [_permission(row) for row in rows]
        return sorted(found, key=lambda one: (one.ask_again_at, one.asin, one.condition))

    def save(self, account: str, marketplace_id: str, given: Sequence[Permission]) -> None:
        """Insert or replace in bulk."""
        here = {"account": account, "marketplace_id": marketplace_id}
        upsert(self._session, PermissionRow, [here | asdict(one) for one in given])


def _here(account: str, marketplace_id: str) -> tuple[Any, ...]:
    return PermissionRow.account == account, PermissionRow.marketplace_id == marketplace_id


def _permission(row: PermissionRow) -> Permission:
    return Permission(
        asin=row.asin,
        condition=row.condition,
        restrictions=tuple(_restriction(one) for one in row.restrictions),
        asked_at=row.asked_at,
        ask_again_at=row.ask_again_at,
        refusals=row.refusals,
    )


def _restriction(values: dict[str, Any]) -> Restriction:
    return Restriction(
        **values | {"reason": RestrictionReason(values["reason"]), "links": tuple(values["links"])}
    )
