"""What buyers order on Amazon: one order of every kind."""

from __future__ import annotations

from tests.behaviours.merchant import Json, Merchant

STRANGER = {"sku": "NOT-IN-THE-STORE", "quantity": 1, "price": "9.90", "title": "A stranger"}

PLAIN = "701-0000001-0000001"
TWO_LINES = "701-0000002-0000002"
UNMATCHED = "701-0000003-0000003"
MAPPED = "701-0000004-0000004"
SHORT = "123-0000444-0000444"
BY_AMAZON = "701-0000006-0000006"
UNPAID = "701-0000007-0000007"
ENGRAVED = "701-0000008-0000008"
OILED = "701-0000009-0000009"
OVERSOLD = "701-0000010-0000010"
LATE = "701-0000011-0000011"
BY_US_TOO = "701-0000012-0000012"
BY_AMAZON_TOO = "701-0000013-0000013"
CUT_OFF = ("701-0000014-0000014", "701-0000015-0000015")

OUT_OF_STOCK = (
    f"Error during export order #{SHORT} in BigCommerce. Quantities of one or more products are "
    "out of stock or did not meet quantity requirements."
)
MISSING_OPTIONS = (
    "Missing MandatoryProductOptions. Please reach support to activate product mandatory options "
    "for order creation."
)


def item(sku: str, quantity: int = 1) -> Json:
    """A line of an order; what the store sells need not be listed on Amazon."""
    return {"sku": sku, "quantity": quantity, "price": "20.00"}


def place_orders(merchant: Merchant) -> None:
    """Ten orders: plain, with two lines, and with everything that an import can meet."""
    merchant.buy(PLAIN, item("KIT-SCALE"))
    merchant.buy(TWO_LINES, item("KIT-MUG-BLUE", 2), item("FOOD-JAM"))
    merchant.buy(UNMATCHED, item("FOOD-SALT"), STRANGER)
    merchant.buy(MAPPED, item("AMZ-DRIPPER-01", 3))
    merchant.buy(SHORT, item("FOOD-SAFFRON-LAST", 2))
    merchant.buy(BY_AMAZON, item("OLD-PRESS"), fulfilledBy="AMAZON")
    merchant.buy(UNPAID, item("FOOD-PASTA"), status="PENDING")
    merchant.buy(ENGRAVED, item("KIT-BOARD-ENGRAVED"))
    merchant.buy(OILED, item("KIT-KNIFEBLOCK-OILED"))
    merchant.buy(OVERSOLD, item("FOOD-SOLDOUT"))
