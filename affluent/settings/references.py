"""Names in the settings that point at each other: accounts, marketplaces, profiles."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from affluent.domain.marketplace import find_marketplace
from affluent.settings.models import AccountSettings, SellingListSettings, Settings


@dataclass(frozen=True, slots=True)
class BrokenReference:
    """A name that points at nothing."""

    location: tuple[str | int, ...]
    problem: str
    fix: str


def check_references(settings: Settings) -> Iterator[BrokenReference]:
    """Every name that points at nothing."""
    accounts = {account.name: account for account in settings.accounts}
    if len(accounts) < len(settings.accounts):
        yield BrokenReference(
            ("accounts",), "two accounts have the same name.", "Give each a name of its own."
        )
    for index, selling_list in enumerate(settings.selling_lists):
        place = ("selling_lists", index)
        yield from _check_account(place, selling_list, accounts)
        yield from _check_name(
            (*place, "offer_profile"), selling_list.offer_profile, settings.offer_profiles
        )
        for category, profile in selling_list.creation_profiles.items():
            location = (*place, "creation_profiles", str(category))
            yield from _check_name(location, profile, settings.creation_profiles)


def _check_account(
    place: tuple[str | int, ...],
    selling_list: SellingListSettings,
    accounts: dict[str, AccountSettings],
) -> Iterator[BrokenReference]:
    yield from _check_name((*place, "account"), selling_list.account, accounts)
    account = accounts.get(selling_list.account)
    if account is not None:
        connected = {find_marketplace(name) for name in account.marketplaces}
        if find_marketplace(selling_list.marketplace) not in connected:
            yield BrokenReference(
                (*place, "marketplace"),
                f"{selling_list.marketplace} is not a marketplace of account {account.name}.",
                f"Use one of {', '.join(account.marketplaces)}, or add it to the account.",
            )


def _check_name(
    location: tuple[str | int, ...], name: str, known: Collection[str]
) -> Iterator[BrokenReference]:
    if name not in known:
        yield BrokenReference(
            location, f"{name} is not defined.", f"Known are: {', '.join(known) or 'none'}."
        )
