"""Names in the settings that point at each other: accounts, marketplaces, profiles."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Protocol

from affluent.domain.marketplace import find_marketplace
from affluent.settings.models import AccountSettings, Settings
from affluent.settings.problems import Location, Mistake
from affluent.settings.selling import SellingListSettings


class _Named(Protocol):
    @property
    def name(self) -> str: ...


def check_references(settings: Settings) -> Iterator[Mistake]:
    """Every name that points at nothing, or at two things."""
    yield from _check_unique("accounts", settings.accounts)
    yield from _check_unique("selling_lists", settings.selling_lists)
    yield from _check_metafields(settings)
    accounts = {account.name: account for account in settings.accounts}
    for index, rule in enumerate(settings.approval.rules):
        if rule.account:
            yield from _check_name(("approval", "rules", index, "account"), rule.account, accounts)
    for index, selling_list in enumerate(settings.selling_lists):
        place: Location = ("selling_lists", index)
        yield from _check_account(place, selling_list, accounts)
        yield from _check_name(
            (*place, "offer_profile"), selling_list.offer_profile, settings.offer_profiles
        )
        for category, profile in selling_list.creation_profiles.items():
            location = (*place, "creation_profiles", category)
            yield from _check_name(location, profile, settings.creation_profiles)


def _check_metafields(settings: Settings) -> Iterator[Mistake]:
    namespaces = settings.store.metafields
    for profile, content in settings.creation_profiles.items():
        for path, rule in content.attributes.items():
            for name in rule.metafield or ():
                if not any(name.startswith(f"{one}.") for one in namespaces):
                    yield Mistake(
                        ("creation_profiles", profile, "attributes", path, "metafield"),
                        f"{name} is in no namespace that is read.",
                        "Write it as namespace.key, and add the namespace to store.metafields.",
                    )


def _check_unique(section: str, entries: Sequence[_Named]) -> Iterator[Mistake]:
    first: dict[str, int] = {}
    for index, entry in enumerate(entries):
        if first.setdefault(entry.name, index) != index:
            yield Mistake(
                (section, index, "name"),
                f"{entry.name} is a name that stands above already.",
                "Give it a name of its own.",
            )


def _check_account(
    place: Location, selling_list: SellingListSettings, accounts: dict[str, AccountSettings]
) -> Iterator[Mistake]:
    yield from _check_name((*place, "account"), selling_list.account, accounts)
    account = accounts.get(selling_list.account)
    if account is not None:
        connected = {find_marketplace(name) for name in account.marketplaces}
        if find_marketplace(selling_list.marketplace) not in connected:
            yield Mistake(
                (*place, "marketplace"),
                f"{selling_list.marketplace} is not a marketplace of account {account.name}.",
                f"Use one of {', '.join(account.marketplaces)}, or add it to the account.",
            )


def _check_name(location: Location, name: str, known: Collection[str]) -> Iterator[Mistake]:
    if name not in known:
        yield Mistake(
            location, f"{name} is not defined.", f"Known are: {', '.join(known) or 'none'}."
        )
