"""How the store and the accounts stand with their vendors, and what to do about it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from affluent.bootstrap import Application
from affluent.domain.account import AccountState
from affluent.domain.errors import AffluentError
from affluent.explanations.places import country_of
from affluent.ports.bigcommerce import StoreCheck
from affluent.settings.models import AccountSettings

#: Neither Active nor Expired: the vendor could not be asked.
UNKNOWN: Final = "Unknown"


@dataclass(frozen=True, slots=True)
class Standing:
    """How one account or the store stands; `advice` is what to do, empty where all is well.

    `connected` are the marketplaces of the settings, `participating` those where the seller sells.
    """

    name: str
    state: str
    advice: tuple[str, ...]
    connected: tuple[str, ...] = ()
    participating: tuple[str, ...] = ()


def examine(application: Application) -> Iterator[Standing]:
    """Ask the store, then every account, over the network."""
    yield _examine_store(application)
    for settings in application.settings.accounts:
        yield _examine_account(settings, application)


def _examine_store(application: Application) -> Standing:
    settings = application.settings.store
    name = f"store {settings.hash}"
    try:
        found = application.store.check(application.named_parts)
    except AffluentError as error:
        return _unknown(name, error)
    return Standing(name, found.state, _store_advice(found, settings.access_token.describe()))


def _store_advice(found: StoreCheck, secret: str) -> tuple[str, ...]:
    if found.state is AccountState.EXPIRED:
        return (
            "Make a new API account in the store's control panel (Settings > Store-level API "
            f"accounts), and put its access token into the {secret}.",
        )
    return (
        *(f"Give the API account the scope {scope}." for scope in found.missing_scopes),
        *(
            f"The store has no {part}: correct the number in the settings."
            for part in found.missing_parts
        ),
    )


def _examine_account(settings: AccountSettings, application: Application) -> Standing:
    connected = application.account(settings.name).marketplaces
    try:
        state, ids = application.amazon(settings.name).sellers.state()
    except AffluentError as error:
        return _unknown(settings.name, error)
    absent = [one.country for one in connected if one.marketplace_id not in ids]
    return Standing(
        name=settings.name,
        state=state,
        advice=_account_advice(state, absent, settings.refresh_token.describe()),
        connected=tuple(one.country for one in connected),
        participating=tuple(map(country_of, ids)),
    )


def _account_advice(state: AccountState, absent: Collection[str], secret: str) -> tuple[str, ...]:
    if state is AccountState.EXPIRED:
        return (
            "Authorise the application again in Seller Central (Apps and Services > Develop Apps "
            f"> Authorize), and put the new refresh token into the {secret}.",
        )
    return tuple(
        f"The seller does not take part in {country}: join it in Seller Central, or remove it "
        "from the account's marketplaces."
        for country in absent
    )


def _unknown(name: str, error: AffluentError) -> Standing:
    return Standing(name, UNKNOWN, (str(error),))
