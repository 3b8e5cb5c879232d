"""A marketplace whose items are looked for, and that the settings do not connect."""

from __future__ import annotations

from affluent.domain.errors import AffluentError, ConfigurationError
from affluent.domain.marketplace import Marketplace
from affluent.ports.amazon import SellersPort


def refuse_left_out(account: str, marketplace: Marketplace, sellers: SellersPort) -> None:
    """Raise ConfigurationError where Amazon says that the account sells there all the same."""
    try:
        _, marketplace_ids = sellers.state()
    except AffluentError:
        return
    if marketplace.marketplace_id in marketplace_ids:
        raise ConfigurationError(
            f"Account {account} has {marketplace.country} at Amazon, but not in the settings.",
            fix=f"Add {marketplace.country} to the marketplaces of {account} in the settings.",
        )
