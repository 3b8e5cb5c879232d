"""Whether Amazon still accepts each account."""

from __future__ import annotations

from collections.abc import Mapping

from affluent.domain.account import AccountState
from affluent.domain.errors import AffluentError
from affluent.ports.amazon import SellersPort


def expired_accounts(sellers: Mapping[str, SellersPort]) -> list[str]:
    """The accounts that are Expired; one that cannot be asked is not called so."""
    return [name for name, one in sellers.items() if _is_expired(one)]


def _is_expired(sellers: SellersPort) -> bool:
    try:
        state, _ = sellers.state()
    except AffluentError:
        return False
    return state is AccountState.EXPIRED
