"""The composition root: settings to connectors, storage and the gate. It alone knows them all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock

from affluent.domain.account import Account
from affluent.domain.effect import Run
from affluent.domain.errors import ConfigurationError
from affluent.domain.list_place import ListPlace, MovedList, moved_lists
from affluent.domain.listing import CreationProfile, SellingList
from affluent.domain.marketplace import Marketplace
from affluent.domain.offer import OfferProfile
from affluent.domain.order_policy import OrderPolicy
from affluent.domain.price_list import PriceList
from affluent.domain.sku_mapping import sku_mapping_of
from affluent.hooks.reception import HookProof, Reception
from affluent.links.left_out import refuse_left_out
from affluent.links.plan import LinkRules
from affluent.ports.amazon import AmazonPorts
from affluent.ports.bigcommerce import NamedParts, StorePorts
from affluent.ports.gate import CatalogJudge, Gate
from affluent.ports.progress import NoProgress, Progress
from affluent.ports.storage import UnitsOfWork
from affluent.quality.catalog_judge import DataDocsJudge
from affluent.quality.gate import QualityGate
from affluent.selling.lists import lists_at, written_lists_at
from affluent.settings.currencies import read_rates
from affluent.settings.document import read_settings
from affluent.settings.models import AccountSettings, Settings
from affluent.settings.offer_values import offer_profile_of
from affluent.settings.secrets import BlockReader, SecretReference
from affluent.settings.values import (
    account_of,
    creation_profile_of,
    marketplace_of,
    order_policy_of,
    selling_list_of,
    sku_pairs_of,
)
from affluent.storage.buckets import SqlBuckets
from affluent.storage.engine import open_engine
from affluent.storage.hooks import SqlHookMemory
from affluent.storage.revision import require_newest
from affluent.storage.unit_of_work import SqlUnitsOfWork
from affluent.storage.windows import SqlWindows
from affluent.submissions.context import Sender
from connectors.amazon.account import AmazonAccount, endpoint_of
from connectors.amazon.auth import LWA_ENDPOINT, AmazonCredentials
from connectors.bigcommerce.catalog import CatalogScope
from connectors.bigcommerce.store import BigCommerceStore
from connectors.http.clock import VendorClock


class Application:
    """Everything a flow or a command needs, made from one settings file and opened when asked.

    `folder` is where that file lies, and where the files that it names are looked for.
    """

    def __init__(
        self, settings: Settings, folder: Path, blocks: BlockReader, progress: Progress
    ) -> None:
        self.settings = settings
        self._folder = folder
        self.progress = progress
        self.clock = VendorClock()
        self._blocks = blocks
        self._accounts: dict[str, AmazonAccount] = {}
        self._lock = Lock()
        self._engine = open_engine(settings.database)

    @cached_property
    def units(self) -> UnitsOfWork:
        """Our own store's transactions."""
        return SqlUnitsOfWork(self._engine)

    @cached_property
    def gate(self) -> Gate:
        """The data-quality gate."""
        return QualityGate()

    @cached_property
    def catalog_judge(self) -> CatalogJudge:
        """The judge of what comes in from the store."""
        return DataDocsJudge(self._folder / self.settings.data_docs)

    @cached_property
    def store(self) -> StorePorts:
        """The BigCommerce store."""
        store = self.settings.store
        return BigCommerceStore(
            store_hash=store.hash,
            access_token=lambda: store.access_token.read(self._blocks),
            endpoint=store.endpoint,
            window_store=SqlWindows(self._engine),
            clock_speed=store.clock_speed,
            channel_id=store.channel_id,
            catalog=CatalogScope(
                location_ids=store.location_ids,
                metafield_namespaces=store.metafields,
                assigned_to=store.channel_id if store.only_assigned else None,
            ),
        )

    @cached_property
    def named_parts(self) -> NamedParts:
        """The parts of the store that the settings name by their numbers."""
        store = self.settings.store
        lists = sorted({one.price_list_id for one in self.price_lists})
        return NamedParts(store.channel_id, store.location_ids, tuple(lists))

    def account(self, name: str) -> Account:
        """One Amazon account of the settings."""
        return account_of(self._account_settings(name))

    def amazon(self, name: str) -> AmazonPorts:
        """The ports of one Amazon account; its token and quotas are shared by all who ask."""
        with self._lock:
            if name not in self._accounts:
                self._accounts[name] = self._open_account(self._account_settings(name))
            return self._accounts[name]

    def sender(self, account: str, marketplace: Marketplace, run: Run) -> Sender:
        """One account's way out to one marketplace, within one run."""
        amazon = self.amazon(account)
        return Sender(
            account,
            marketplace.marketplace_id,
            amazon,
            self.units,
            amazon.clock,
            run,
            self.progress,
            self.settings.reconcile.hand_changes,
        )

    def marketplace(self, account: str, name: str) -> Marketplace:
        """A marketplace of the account, by country code or id."""
        marketplace = marketplace_of(name)
        if marketplace not in self.account(account).marketplaces:
            raise ConfigurationError(
                f"Marketplace {name} is not connected to account {account}.",
                fix="Add it to the account's marketplaces in the settings.",
            )
        return marketplace

    def marketplace_looked_into(self, account: str, name: str) -> Marketplace:
        """As `marketplace`; one that was left out though the account sells there is named."""
        try:
            return self.marketplace(account, name)
        except ConfigurationError:
            refuse_left_out(account, marketplace_of(name), self.amazon(account).sellers)
            raise

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
        rates = read_rates(table, file, self._folder, today)
        profiles = self.settings.offer_profiles
        return {name: offer_profile_of(name, one, rates) for name, one in profiles.items()}

    @cached_property
    def creation_profiles(self) -> Mapping[str, CreationProfile]:
        """The creation profiles, by name."""
        profiles = self.settings.creation_profiles
        return {name: creation_profile_of(name, one) for name, one in profiles.items()}

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
        return order_policy_of(self.settings.orders)

    @cached_property
    def hook_proof(self) -> HookProof:
        """How the calls of the store's webhooks prove to be the store's."""
        hooks = self.settings.hooks
        if hooks is None:
            raise ConfigurationError(
                "The settings do not say how the store's calls are recognised.",
                fix="Add the section hooks, as in docs/bigcommerce.md.",
            )
        return HookProof(
            client_secret=self._secret(hooks.client_secret),
            header_name=hooks.header_name,
            header_value=self._secret(hooks.header_value),
        )

    @cached_property
    def reception(self) -> Reception:
        """Where the calls of the store's webhooks are examined."""
        memory = SqlHookMemory(self._engine)
        return Reception(self.settings.store.hash, self.hook_proof, memory, self.clock)

    def close(self) -> None:
        """Let go of every connection."""
        for account in self._accounts.values():
            account.close()
        if "store" in self.__dict__:
            self.__dict__["store"].close()
        self._engine.dispose()

    def _secret(self, reference: SecretReference | None) -> Callable[[], str] | None:
        return None if reference is None else lambda: reference.read(self._blocks)

    def _account_settings(self, name: str) -> AccountSettings:
        for account in self.settings.accounts:
            if account.name == name:
                return account
        raise ConfigurationError(
            f"There is no account {name} in the settings.",
            fix=f"Known are: {', '.join(one.name for one in self.settings.accounts)}.",
        )

    def _open_account(self, settings: AccountSettings) -> AmazonAccount:
        def secret(reference: SecretReference) -> str:
            return reference.read(self._blocks)

        region_endpoint = endpoint_of(settings.region) if settings.region else settings.endpoint
        return AmazonAccount(
            account=account_of(settings),
            credentials=AmazonCredentials(
                client_id=lambda: secret(settings.client_id),
                client_secret=lambda: secret(settings.client_secret),
                refresh_token=lambda: secret(settings.refresh_token),
            ),
            endpoint=region_endpoint,
            lwa_endpoint=settings.lwa_endpoint or LWA_ENDPOINT,
            bucket_store=SqlBuckets(self._engine),
            clock_speed=settings.clock_speed,
        )


def open_application(
    config: Path, blocks: BlockReader, progress: Progress | None = None
) -> Application:
    """The application of a settings file.

    Raises SettingsInvalid with all that is wrong in it, and ConfigurationError where the database
    lacks a migration.
    """
    settings = read_settings(config)
    require_newest(settings.database)
    return Application(settings, config.parent, blocks, progress or NoProgress())
