"""An Amazon account as the merchant sets it up: one seller in one region."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from affluent.domain.marketplace import Marketplace


class FulfilledBy(StrEnum):
    """Who ships: the merchant (FBM) or Amazon (FBA)."""

    MERCHANT = "FBM"
    AMAZON = "FBA"


class AccountState(StrEnum):
    """Whether Amazon still accepts the account's authorisation."""

    ACTIVE = "Active"
    EXPIRED = "Expired"


@dataclass(frozen=True, slots=True)
class SyncSwitches:
    """What may be written to the account's live offers."""

    quantity: bool = True
    price: bool = True


@dataclass(frozen=True, slots=True)
class Account:
    """One seller in one region, with the marketplaces the merchant connected.

    The prices of `price_list_id`, in a marketplace's own currency, go before the catalog's there.
    A plan of which the writes take more than `longest_plan_hours` is refused.
    """

    name: str
    seller_id: str
    marketplaces: tuple[Marketplace, ...]
    order_types: frozenset[FulfilledBy] = frozenset({FulfilledBy.MERCHANT})
    sync: SyncSwitches = SyncSwitches()
    price_list_id: int | None = None
    longest_plan_hours: float | None = None
