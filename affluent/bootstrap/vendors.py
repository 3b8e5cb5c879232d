"""The vendors' accounts, opened from the settings. Nothing is asked of them yet."""

from __future__ import annotations

from affluent.ports.buckets import BucketStore
from affluent.ports.windows import WindowStore
from affluent.settings.models import AccountSettings, StoreSettings
from affluent.settings.notifications import NotificationSettings
from affluent.settings.secrets import BlockReader
from affluent.settings.values import account_of
from connectors.amazon.account import AmazonAccount, endpoint_of
from connectors.amazon.auth import LWA_ENDPOINT, AmazonCredentials
from connectors.amazon.queue import SqsQueue
from connectors.bigcommerce.catalog import CatalogScope
from connectors.bigcommerce.store import BigCommerceStore


def open_store(store: StoreSettings, blocks: BlockReader, windows: WindowStore) -> BigCommerceStore:
    """The store; all who open it share the window of requests."""
    return BigCommerceStore(
        store_hash=store.hash,
        access_token=store.access_token.reader(blocks),
        endpoint=store.endpoint,
        window_store=windows,
        clock_speed=store.clock_speed,
        channel_id=store.channel_id,
        catalog=CatalogScope(
            location_ids=store.location_ids,
            metafield_namespaces=store.metafields,
            assigned_to=store.channel_id if store.only_assigned else None,
        ),
    )


def open_account(
    settings: AccountSettings, blocks: BlockReader, buckets: BucketStore
) -> AmazonAccount:
    """One seller; all who open it share its quotas."""
    region_endpoint = endpoint_of(settings.region) if settings.region else settings.endpoint
    return AmazonAccount(
        account=account_of(settings),
        credentials=AmazonCredentials(
            client_id=settings.client_id.reader(blocks),
            client_secret=settings.client_secret.reader(blocks),
            refresh_token=settings.refresh_token.reader(blocks),
        ),
        endpoint=region_endpoint,
        lwa_endpoint=settings.lwa_endpoint or LWA_ENDPOINT,
        bucket_store=buckets,
        clock_speed=settings.clock_speed,
    )


def open_queue(settings: NotificationSettings, blocks: BlockReader) -> SqsQueue:
    """The queue through which Amazon tells of changed orders."""
    key = (half.reader(blocks) for half in settings.access_key())
    return SqsQueue(settings.queue_arn, *key, endpoint=settings.endpoint)
