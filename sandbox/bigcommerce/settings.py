"""The store's profile and settings, in the forms of V2 and V3."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

SYMBOLS = {"USD": "$", "CAD": "$", "AUD": "$", "MXN": "$", "GBP": "£", "EUR": "€", "JPY": "¥"}


@dataclass
class StoreSettings:
    """What the merchant set in the control panel."""

    store_hash: str
    currency: str
    weight_units: str = "LBS"
    dimension_units: str = "Inches"
    other_currencies: set[str] = field(default_factory=set)
    is_price_entered_with_tax: bool = False
    update_stock_behavior: str = "order_placed"
    edit_order_stock_adjustment: bool = True
    refund_order_stock_adjustment: bool = True

    @property
    def takes_stock_when_placed(self) -> bool:
        """Whether stock falls when an order is made, not when it is shipped."""
        return self.update_stock_behavior == "order_placed"

    def accepts_currency(self, code: str) -> bool:
        """Whether orders may be in that currency."""
        return code == self.currency or code in self.other_currencies

    def units_of_measurement(self) -> Json:
        """GET /v3/settings/store/units-of-measurement."""
        return {
            "weight_measurement": self.weight_units,
            "length_measurement": self.dimension_units,
            "decimal_token": ".",
            "thousands_token": ",",
            "decimal_places": 2,
            "factoring_dimension": "depth",
        }

    def inventory(self) -> Json:
        """GET /v3/settings/inventory."""
        return {
            "product_out_of_stock_behavior": "do_nothing",
            "option_out_of_stock_behavior": "do_nothing",
            "update_stock_behavior": self.update_stock_behavior,
            "edit_order_stock_adjustment": self.edit_order_stock_adjustment,
            "refund_order_stock_adjustment": self.refund_order_stock_adjustment,
            "stock_level_display": "dont_show",
            "default_out_of_stock_message": "",
            "hide_in_product_filtering": False,
            "show_pre_order_stock_levels": False,
            "show_out_of_stock_message": False,
        }

    def store(self) -> Json:
        """GET /v2/store."""
        home = f"https://store-{self.store_hash}.mybigcommerce.com"
        return {
            **_PROFILE,
            "id": self.store_hash,
            "domain": f"store-{self.store_hash}.mybigcommerce.com",
            "secure_url": home,
            "control_panel_base_url": home,
            "timezone": _UTC,
            "language": "en",
            "currency": self.currency,
            "currency_symbol": SYMBOLS.get(self.currency, self.currency),
            "decimal_separator": ".",
            "thousands_separator": ",",
            "decimal_places": 2,
            "currency_symbol_location": "left",
            "weight_units": self.weight_units,
            "dimension_units": self.dimension_units,
            "dimension_decimal_places": 2,
            "dimension_decimal_token": ".",
            "dimension_thousands_token": ",",
            "is_price_entered_with_tax": self.is_price_entered_with_tax,
            "store_id": 1000000001,
            "default_channel_id": 1,
            "default_site_id": 1000,
            "active_comparison_modules": [],
            "features": _FEATURES,
        }


_PROFILE: Json = {
    "account_uuid": "00000000-0000-4000-8000-000000000001",
    "status": "live",
    "name": "Sandbox Store",
    "first_name": "Sandbox",
    "last_name": "Owner",
    "address": "1 Warehouse Way",
    "country": "United States",
    "country_code": "US",
    "infrastructure_region": "us-central1",
    "phone": "0000000000",
    "admin_email": "owner@example.com",
    "order_email": "orders@example.com",
    "favicon_url": "",
    "plan_name": "Standard",
    "plan_level": "Standard",
    "plan_is_trial": False,
    "industry": "Technology",
    "logo": [],
}
_UTC: Json = {
    "name": "Etc/UTC",
    "raw_offset": 0,
    "dst_offset": 0,
    "dst_correction": False,
    "date_format": {
        "display": "M jS Y",
        "export": "M jS Y",
        "extended_display": "M jS Y @ g:i A",
    },
}
_FEATURES: Json = {
    "stencil_enabled": True,
    "sitewidehttps_enabled": True,
    "facebook_catalog_id": "",
    "checkout_type": "optimized",
    "wishlists_enabled": True,
    "graphql_storefront_api_enabled": True,
    "shopper_consent_tracking_enabled": False,
    "multi_storefront_enabled": False,
    "storefront_limits": {"active": 1, "total_including_inactive": 1},
}
