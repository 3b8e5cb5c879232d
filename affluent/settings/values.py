"""The settings as domain values."""

from __future__ import annotations

from datetime import timedelta

from affluent.domain.account import Account, SyncSwitches
from affluent.domain.buyer_email import BuyerEmail
from affluent.domain.errors import ConfigurationError
from affluent.domain.listing import SellingList
from affluent.domain.marketplace import Marketplace, find_marketplace
from affluent.domain.order_policy import OldOrders, OrderPolicy
from affluent.domain.price_span import PriceSpan
from affluent.domain.sku_mapping import EVERY_ACCOUNT, SkuPair
from affluent.settings.backfill import BackfillSettings
from affluent.settings.models import AccountSettings, Settings
from affluent.settings.orders import OrderSettings
from affluent.settings.selling import PriceSpanSettings, SellingListSettings


def marketplace_of(name: str) -> Marketplace:
    """The marketplace of a country code or id."""
    found = find_marketplace(name)
    if found is None:
        raise ConfigurationError(
            f"There is no marketplace {name}.", fix="Use a country code such as US, GB or DE."
        )
    return found


def account_of(settings: AccountSettings) -> Account:
    """One Amazon account."""
    return Account(
        name=settings.name,
        seller_id=settings.seller_id,
        marketplaces=tuple(marketplace_of(name) for name in settings.marketplaces),
        order_types=frozenset(settings.order_types),
        sync=SyncSwitches(settings.sync.quantity, settings.sync.price),
        price_list_id=settings.price_list_id,
        longest_plan_hours=settings.longest_plan_hours,
    )


def selling_list_of(settings: SellingListSettings) -> SellingList:
    """One selling list."""
    return SellingList(
        name=settings.name,
        account=settings.account,
        marketplace_id=marketplace_of(settings.marketplace).marketplace_id,
        offer_profile=settings.offer_profile,
        creation_profiles=settings.creation_profiles,
        path=settings.send,
        category_ids=settings.categories,
        include_subcategories=settings.include_subcategories,
        brands=settings.brands,
        custom_fields=settings.custom_fields,
        skus=settings.skus,
        prices=_price_span(settings.price),
        in_stock_only=settings.in_stock_only,
        excluded_category_ids=settings.exclude_categories,
        excluded_brands=settings.exclude_brands,
        excluded_skus=settings.exclude_skus,
        excluded_prices=_price_span(settings.exclude_price),
        asins=settings.asins,
        when_left=settings.when_left,
        variations=settings.variations,
    )


def _price_span(settings: PriceSpanSettings) -> PriceSpan:
    return PriceSpan(settings.min, settings.max)


def order_policy_of(settings: OrderSettings, backfill: BackfillSettings) -> OrderPolicy:
    """How orders arrive in the store."""
    return OrderPolicy(
        status_id=settings.status_id,
        payment_method=settings.payment_method,
        holds_unmatched=settings.hold_unmatched,
        option_answers=settings.option_answers,
        shortage=settings.shortage,
        unanswered=settings.unanswered,
        email=BuyerEmail(settings.email.way, settings.email.address),
        reserve_pending=timedelta(days=settings.reserve_pending_days),
        first_look=timedelta(days=settings.first_days),
        old=OldOrders(backfill.create, backfill.status_id, backfill.touches_stock),
    )


def sku_pairs_of(settings: Settings) -> list[SkuPair]:
    """The SKU pairs that the file holds, for every account and for each."""
    scopes = [(EVERY_ACCOUNT, settings.sku_mapping)]
    scopes += [(account.name, account.sku_mapping) for account in settings.accounts]
    return [
        SkuPair(amazon_sku, store_sku, account, "the settings")
        for account, mapping in scopes
        for store_sku, amazon_sku in mapping.items()
    ]
