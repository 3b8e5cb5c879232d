"""What a merchant gives by file: which kinds there are, and where each is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from affluent.bootstrap import Application
from affluent.domain.errors import ConfigurationError
from affluent.domain.sku_mapping import EVERY_ACCOUNT
from affluent.ports.selling import Given
from affluent.ports.storage import UnitOfWork
from affluent.selling.lists import all_lists
from affluent.selling.tables.asins import asins_form
from affluent.selling.tables.form import Form
from affluent.selling.tables.overrides import overrides_form
from affluent.selling.tables.sku_pairs import sku_pairs_form


class Kind(StrEnum):
    """What can be exported and imported."""

    SKU_MAPPINGS = "sku-mappings"
    ASINS = "asins"
    OVERRIDES = "overrides"


@dataclass(frozen=True)
class Exchange:
    """One kind: its form in a file, where it is kept, and what belongs to one account."""

    form: Form[Any]
    kept: Given[Any]
    is_of_account: Callable[[Any], bool]


def exchange_of(
    kind: Kind, application: Application, work: UnitOfWork, *, account: str = "", source: str = ""
) -> Exchange:
    """The exchange of a kind. Raises ConfigurationError where the settings lack the account."""
    if account:
        application.account(account)
    match kind:
        case Kind.SKU_MAPPINGS:
            names = [one.name for one in application.settings.accounts]
            pairs = sku_pairs_form(names, account or EVERY_ACCOUNT, source)
            return Exchange(pairs, work.sku_mappings, lambda pair: account in ("", pair.account))
        case Kind.ASINS:
            asins = asins_form(_marketplaces(application), account, source)
            return Exchange(asins, work.asins, lambda given: account in ("", given.account))
        case Kind.OVERRIDES:
            if account:
                raise ConfigurationError(
                    "Overrides belong to selling lists, which have their accounts.",
                    fix="Leave --account out.",
                )
            lists = [one.name for one in all_lists(application.written_lists, work)]
            return Exchange(overrides_form(lists, source), work.overrides, lambda _: True)


def _marketplaces(application: Application) -> dict[str, Sequence[str]]:
    names = [one.name for one in application.settings.accounts]
    return {
        name: [one.marketplace_id for one in application.account(name).marketplaces]
        for name in names
    }
