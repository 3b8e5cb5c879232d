"""The merchant's rules as the domain's values: from the settings, and from what our store keeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path

from affluent.domain.account import Account
from affluent.domain.approval import ApprovalRules
from affluent.domain.before_sending import AskingPolicy
from affluent.domain.cancellation import CancellationPolicy
from affluent.domain.creation_profile import CreationProfile
from affluent.domain.ending import EndingPolicy
from affluent.domain.errors import ConfigurationError
from affluent.domain.list_place import ListPlace, MovedList, moved_lists
from affluent.domain.listing import SellingList
from affluent.domain.marketplace import Marketplace
from affluent.domain.offer import OfferProfile
from affluent.domain.order_policy import OrderPolicy
from affluent.domain.price_list import PriceList
from affluent.domain.shipment_policy import ShipmentPolicy
from affluent.domain.sku_mapping import sku_mapping_of
from affluent.links.plan import LinkRules
from affluent.ports.bigcommerce import NamedParts
from affluent.ports.clock import Clock
from affluent.ports.storage import UnitsOfWork
from affluent.selling.lists import lists_at, written_lists_at
from affluent.settings.cancellations import cancellation_policy_of
from affluent.settings.creation import creation_profile_of
from affluent.settings.currencies import read_rates
from affluent.settings.models import AccountSettings, Settings
from affluent.settings.offer_values import offer_profile_of
from affluent.settings.shipments import shipment_policy_of
from affluent.settings.values import (
    account_of,
    marketplace_of,
    order_policy_of,
    selling_list_of,
    sku_pairs_of,
)


class Rules:
    """What the merchant decided. `folder` is where the settings file lies, and where the files
    that it names are looked for."""

    def __init__(self, settings: Settings, folder: Path, units: UnitsOfWork, clock: Clock) -> None:
        self.settings = settings
        self.folder = folder
        self.units = units
        self.clock = clock

    @cached_property
    def named_parts(self) -> NamedParts:
        """The parts of the store that the settings name by their numbers."""
        store = self.settings.store
        lists = sorted({one.price_list_id for one in self.price_lists})
        return NamedParts(store.channel_id, store.location_ids, tuple(lists))

    def account(self, name: str) -> Account:
        """One Amazon account of the settings."""
        return account_of(self.account_settings(name))

    def marketplace(self, account: str, name: str) -> Marketplace:
        """A marketplace of the account, by country code or id."""
        marketplace = marketplace_of(name)
        if marketplace not in self.account(account).marketplaces:
            raise ConfigurationError(
                f"Marketplace {name} is not connected to account {account}.",
                fix="Add it to the account's marketplaces in the settings.",
            )
        return marketplace

    def selling_lists(self, account: str, marketplace: Marketplace) -> list[SellingList]:
        """The merchant's lists of one account and marketplace, then those that we made."""
        place = ListPlace(account, marketplace.marketplace_id)
        with self.units() as work:
            return lists_at(place, self.written_lists, work)

    @cached_property
    def written_lists(self) -> Sequence[SellingList]:
        """The merchant's own lists, as the settings have them."""
        return [selling_list_of(one) for one in self.settings.selling_lists]

    def moved_lists(self) -> list[MovedList]:
        """The lists that the settings put elsewhere than where they were used."""
        with self.units() as work:
            return moved_lists(self.written_lists, work.list_places.all())

    def link_rules(self, account: str, marketplace: Marketplace) -> LinkRules:
        """How what is on Amazon is linked: by the merchant's own lists and SKU mappings."""
        here = ListPlace(account, marketplace.marketplace_id)
        with self.units() as work:
            lists = written_lists_at(here, self.written_lists, work)
        return LinkRules(account, marketplace, lists, self.sku_mapping(account))

    @cached_property
    def offer_profiles(self) -> Mapping[str, OfferProfile]:
        """The global profiles, by name."""
        today = self.clock.now().date()
        table, file = self.settings.currency_rates, self.settings.currency_rates_file
        rates = read_rates(table, file, self.folder, today)
        profiles = self.settings.offer_profiles
        return {name: offer_profile_of(name, one, rates) for name, one in profiles.items()}

    @cached_property
    def creation_profiles(self) -> Mapping[str, CreationProfile]:
        """The creation profiles, by name."""
        profiles = self.settings.creation_profiles
        return {name: creation_profile_of(name, one) for name, one in profiles.items()}

    @cached_property
    def asking(self) -> AskingPolicy:
        """What Amazon is asked before a listing is sent."""
        return self.settings.before_sending.policy()

    @cached_property
    def price_lists(self) -> Sequence[PriceList]:
        """The store's price lists that an account sells by, in the currencies it sells in."""
        accounts = [account_of(one) for one in self.settings.accounts]
        return sorted(
            {
                PriceList(account.price_list_id, marketplace.currency)
                for account in accounts
                if account.price_list_id is not None
                for marketplace in account.marketplaces
            }
        )

    def sku_mapping(self, account: str) -> Mapping[str, str]:
        """Amazon's SKU to the store's, where they differ for this account."""
        with self.units() as work:
            kept = work.sku_mappings.all()
        return sku_mapping_of(account, sku_pairs_of(self.settings), kept)

    def sku_mappings(self) -> dict[str, Mapping[str, str]]:
        """The same of every account, by its name."""
        return {one.name: self.sku_mapping(one.name) for one in self.settings.accounts}

    @cached_property
    def order_policy(self) -> OrderPolicy:
        """How orders arrive in the store."""
        return order_policy_of(self.settings.orders, self.settings.backfill)

    def unpaid_since(self) -> datetime:
        """Units of unpaid orders that were bought before this are not set aside any more."""
        return self.clock.now() - self.order_policy.reserve_pending

    @cached_property
    def approval_rules(self) -> ApprovalRules:
        """Which plans a person must approve."""
        return self.settings.approval.approval_rules()

    @cached_property
    def ending_policy(self) -> EndingPolicy:
        """How much may end on Amazon at once."""
        return self.settings.endings.policy()

    @cached_property
    def shipment_policy(self) -> ShipmentPolicy:
        """How shipments are confirmed on Amazon."""
        return shipment_policy_of(self.settings.shipments)

    @cached_property
    def cancellation_policy(self) -> CancellationPolicy:
        """What becomes of cancellations and refunds."""
        return cancellation_policy_of(self.settings.cancellations)

    def account_settings(self, name: str) -> AccountSettings:
        """One Amazon account as the settings have it."""
        for account in self.settings.accounts:
            if account.name == name:
                return account
        raise ConfigurationError(
            f"There is no account {name} in the settings.",
            fix=f"Known are: {', '.join(one.name for one in self.settings.accounts)}.",
        )
