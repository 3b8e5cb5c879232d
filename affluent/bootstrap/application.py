"""Everything that a flow or a command needs, opened when it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock

from affluent.bootstrap.notices import open_channels, watch_of
from affluent.bootstrap.rules import Rules
from affluent.bootstrap.vendors import open_account, open_queue, open_store
from affluent.domain.effect import Run
from affluent.domain.errors import ConfigurationError
from affluent.domain.marketplace import Marketplace
from affluent.domain.notice import NoticeRules
from affluent.health.alarms import Watch
from affluent.hooks.reception import HookProof, Reception
from affluent.links.left_out import refuse_left_out
from affluent.ports.amazon import AmazonPorts
from affluent.ports.bigcommerce import StorePorts
from affluent.ports.gate import CatalogJudge, Gate
from affluent.ports.notices import NoticePort
from affluent.ports.notifications import NotificationQueue
from affluent.ports.progress import NoProgress, Progress
from affluent.ports.safekeeping import Eraser
from affluent.privacy.safe import Safe
from affluent.quality.catalog_judge import DataDocsJudge
from affluent.quality.gate import QualityGate
from affluent.sealing.fernet import FernetSealer
from affluent.settings.document import read_settings
from affluent.settings.models import Settings
from affluent.settings.secrets import BlockReader
from affluent.settings.values import marketplace_of
from affluent.storage.buckets import SqlBuckets
from affluent.storage.buyers import SqlEraser
from affluent.storage.engine import open_engine
from affluent.storage.hooks import SqlHookMemory
from affluent.storage.revision import require_newest
from affluent.storage.unit_of_work import SqlUnitsOfWork
from affluent.storage.windows import SqlWindows
from affluent.submissions.context import Sender
from connectors.amazon.account import AmazonAccount
from connectors.http.clock import VendorClock


class Application(Rules):
    """The merchant's rules, and what they speak of: our store, the gate and both vendors."""

    def __init__(
        self, settings: Settings, folder: Path, blocks: BlockReader, progress: Progress
    ) -> None:
        self._engine = open_engine(settings.database)
        super().__init__(settings, folder, SqlUnitsOfWork(self._engine), VendorClock())
        self.progress = progress
        self._blocks = blocks
        self._accounts: dict[str, AmazonAccount] = {}
        self._lock = Lock()

    @cached_property
    def gate(self) -> Gate:
        """The data-quality gate."""
        return QualityGate(self.settings.quality.rules())

    @cached_property
    def catalog_judge(self) -> CatalogJudge:
        """The judge of what comes in from the store."""
        return DataDocsJudge(self.folder / self.settings.data_docs)

    @cached_property
    def store(self) -> StorePorts:
        """The BigCommerce store."""
        return open_store(self.settings.store, self._blocks, SqlWindows(self._engine))

    def amazon(self, name: str) -> AmazonPorts:
        """The ports of one Amazon account; its token and quotas are shared by all who ask."""
        with self._lock:
            if name not in self._accounts:
                self._accounts[name] = open_account(
                    self.account_settings(name), self._blocks, SqlBuckets(self._engine)
                )
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
            amazon.clock.now(),
            self.settings.reconcile.hand_changes,
            self.safe,
            self.account(account).longest_plan_hours,
        )

    def marketplace_looked_into(self, account: str, name: str) -> Marketplace:
        """As `marketplace`; one that was left out though the account sells there is named."""
        try:
            return self.marketplace(account, name)
        except ConfigurationError:
            refuse_left_out(account, marketplace_of(name), self.amazon(account).sellers)
            raise

    @cached_property
    def hook_proof(self) -> HookProof:
        """How the calls of the store's webhooks prove to be the store's."""
        hooks = self.settings.hooks
        if hooks is None:
            raise ConfigurationError(
                "The settings do not say how the store's calls are recognised.",
                fix="Add the section hooks, as in docs/bigcommerce.md.",
            )
        client_secret, header_value = hooks.client_secret, hooks.header_value
        return HookProof(
            client_secret=client_secret.reader(self._blocks) if client_secret else None,
            header_name=hooks.header_name,
            header_value=header_value.reader(self._blocks) if header_value else None,
        )

    @cached_property
    def reception(self) -> Reception:
        """Where the calls of the store's webhooks are examined."""
        memory = SqlHookMemory(self._engine)
        return Reception(self.settings.store.hash, self.hook_proof, memory, self.clock)

    @cached_property
    def notification_queue(self) -> NotificationQueue | None:
        """The queue of Amazon's notifications; None where orders are polled alone."""
        settings = self.settings.notifications
        return None if settings is None else open_queue(settings, self._blocks)

    @cached_property
    def safe(self) -> Safe:
        """Where orders are kept, sealed, until they are in the store.

        Raises ConfigurationError where a key that the settings name is missing, or is none."""
        keys = {key.describe(): key.read(self._blocks) for key in self.settings.privacy.keys}
        return Safe(FernetSealer(keys) if keys else None, self.settings.privacy.rules())

    @cached_property
    def eraser(self) -> Eraser:
        """Who overwrites what was removed."""
        return SqlEraser(self._engine)

    @cached_property
    def notice_channels(self) -> Sequence[NoticePort]:
        """The channels to people; none where the settings name none."""
        return open_channels(self.settings.notices, self._blocks)

    @cached_property
    def notice_rules(self) -> NoticeRules:
        """What people are told."""
        return self.settings.notices.rules()

    @cached_property
    def watch(self) -> Watch:
        """What is watched for silence."""
        return watch_of(self.settings)

    def signing_key(self) -> str | None:
        """The private key that reports of days are signed with; None where there is none."""
        reference = self.settings.reports.signing_key
        return None if reference is None else reference.read(self._blocks)

    def close(self) -> None:
        """Let go of every connection."""
        for account in self._accounts.values():
            account.close()
        if "store" in self.__dict__:
            self.__dict__["store"].close()
        self._engine.dispose()


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
