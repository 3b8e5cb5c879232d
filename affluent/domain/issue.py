"""What Amazon says is wrong, and what our own gate says: values, never exceptions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Amazon's severities of an issue."""

    ERROR = "ERROR"
    WARNING = "WARNING"
    INFO = "INFO"


@dataclass(frozen=True, slots=True)
class Issue:
    """One of Amazon's issues, by code and attribute; unknown codes pass through as they came."""

    code: str
    message: str
    severity: Severity
    attribute_names: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()

    def text(self) -> str:
        """The issue as a merchant knows it: `attribute: message(code)`.

        One that is about no attribute begins with its severity: `Error: message(code)`.
        """
        subject = self.attribute_names[0] if self.attribute_names else self.severity.capitalize()
        code = f"({self.code})" if self.code else ""
        return f"{subject}: {self.message}{code}"


class Reason(StrEnum):
    """Why the gate held an item; the keys of every report's `held` map."""

    NO_IDENTIFIER = "no_identifier"
    BAD_CHECK_DIGIT = "bad_check_digit"
    MALFORMED_BARCODE = "malformed_barcode"
    RESTRICTED_BARCODE = "restricted_barcode"
    DUPLICATE_GTIN = "duplicate_gtin"
    DUPLICATE_SKU = "duplicate_sku"
    ZERO_PRICE = "zero_price"
    HUGE_PRICE = "huge_price"
    LOW_PRICE = "low_price"
    NO_PRICE = "no_price"
    NO_RATE = "no_rate"
    LONG_NAME = "long_name"
    NO_NAME = "no_name"
    TITLE_CHARACTERS = "title_characters"
    INSECURE_IMAGE = "insecure_image"
    NEGATIVE_QUANTITY = "negative_quantity"
    NOT_IN_CATALOG = "not_in_catalog"
    SEVERAL_MATCHES = "several_matches"
    MATCH_DIFFERS = "match_differs"
    RESTRICTED = "restricted"
    PREVIEWED = "previewed"
    INVALID_ATTRIBUTES = "invalid_attributes"
    UNFILLED_ATTRIBUTE = "unfilled_attribute"
    UNUSABLE_PRODUCT_TYPE = "unusable_product_type"
    PRICE_MOVED = "price_moved"
    STOCK_GONE = "stock_gone"
    FBA_QUANTITY = "fba_quantity"
    OUT_OF_STOCK = "out_of_stock"
    MISSING_OPTIONS = "missing_options"
    UNMATCHED_SKU = "unmatched_sku"
    NO_TRACKING = "no_tracking"
    NO_SHIPMENT = "no_shipment"
    NO_UNITS_LEFT = "no_units_left"
    SHIPPED_IN_STORE = "shipped_in_store"
    NOT_CANCELLABLE = "not_cancellable"
    AMAZON_NOT_TOLD = "amazon_not_told"
    UNREADABLE = "unreadable"
    NOT_OURS = "not_ours"
    KEPT_BY_AMAZON = "kept_by_amazon"
    SHARED_STOCK = "shared_stock"
    TOO_MANY_ENDED = "too_many_ended"
    DELETED_LATELY = "deleted_lately"
    TOO_MANY_HELD = "too_many_held"
    NO_THEME = "no_theme"
    SAME_VARIATION = "same_variation"
    PARENT_SKU_TAKEN = "parent_sku_taken"
    WAITS_FOR_PARENT = "waits_for_parent"
    NOT_APPROVED = "not_approved"


class Weight(StrEnum):
    """What a finding does: tell of its item, hold it, or stop the whole batch."""

    WARN = "warn"
    HOLD = "hold"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of the gate.

    `key` is the change's key (a SKU, an order id), or "" where the whole batch is meant.
    `message` is worded as Amazon or BigCommerce would word it wherever they have words for it.
    """

    key: str
    reason: Reason
    message: str
    field: str = ""
    value: str = ""
    weight: Weight = Weight.HOLD
