"""Listings issues: their codes, words and categories.

Codes and texts as Amazon's models, schemas and sellers' reports show them; Amazon publishes no
complete list.
"""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.amazon.wire import Json

_DISPLAY_NAMES = {
    "externally_assigned_product_identifier": "External Product ID",
    "merchant_suggested_asin": "Merchant Suggested ASIN",
}


@dataclass(frozen=True)
class Issue:
    """One issue of a submission or of a listing."""

    code: str
    message: str
    attribute_names: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    severity: str = "ERROR"
    suppresses_listing: bool = False

    def as_json(self, marketplace_id: str | None = None) -> Json:
        """The issue in the form of Listings Items 2021-08-01."""
        body: Json = {
            "code": self.code,
            "message": self.message,
            "severity": self.severity,
            "attributeNames": list(self.attribute_names),
            "categories": list(self.categories),
        }
        if self.suppresses_listing:
            body["enforcements"] = {
                "actions": [{"action": "LISTING_SUPPRESSED"}],
                "exemption": {"status": "NOT_EXEMPT"},
            }
        if marketplace_id:
            body["marketplaceIds"] = [marketplace_id]
        return body


def missing_attribute(name: str) -> Issue:
    """90220: a required attribute is not there."""
    display_name = _DISPLAY_NAMES.get(name)
    message = (
        f"'{display_name}' is required but not supplied"
        if display_name
        else f"'{name}' is required but not supplied."
    )
    return Issue("90220", message, (name,), ("MISSING_ATTRIBUTE",))


def too_few_values(field: str, attribute: str) -> Issue:
    """99022: a field of an attribute is empty or missing."""
    message = (
        f"The field '{field}' for the attribute '{attribute}' does not have enough values. "
        "The required minimum is '1' value(s)."
    )
    return Issue("99022", message, (attribute,), ("MISSING_ATTRIBUTE",))


def unaccepted_value(value: object, attribute: str) -> Issue:
    """90244: the value is not one of the attribute's list."""
    message = f"The value '{value}' is not acceptable for the attribute '{attribute}'."
    return Issue("90244", message, (attribute,), ("INVALID_ATTRIBUTE",))


def invalid_attributes(*names: str) -> Issue:
    """90000900: the attributes are unknown to the product type or have a wrong form."""
    return Issue("90000900", "The attributes are invalid.", names, ("INVALID_ATTRIBUTE",))


def invalid_value(path: str, attribute: str, category: str = "INVALID_ATTRIBUTE") -> Issue:
    """4000001: the value is outside of what the product type allows."""
    return Issue(
        "4000001", f"The value provided for '{path}' is invalid.", (attribute,), (category,)
    )


def unknown_parent(sku: str) -> Issue:
    """8007: a variation's child names a parent that is not there."""
    message = f"We cannot recognize your parent SKU: {sku}."
    return Issue("8007", message, ("child_parent_sku_relationship",), ("INVALID_ATTRIBUTE",))


def deleted_lately(sku: str) -> Issue:
    """A SKU that must rest after its deletion. Sellers are told of the 24 hours; Amazon publishes
    neither code nor words."""
    message = f"The SKU {sku} was deleted less than 24 hours ago and cannot be listed again yet."
    return Issue("SKU_DELETED_LATELY", message)


UNREADABLE_IDENTIFIER = Issue(
    "8572",
    "The product identifier provided is not a valid UPC, EAN or GTIN.",
    ("externally_assigned_product_identifier",),
    ("INVALID_ATTRIBUTE",),
    suppresses_listing=True,
)
NO_MATCHING_ASIN = Issue(
    "8560",
    "The SKU does not match any ASIN and lacks the attributes that a new ASIN needs.",
    (),
    ("MISSING_ATTRIBUTE",),
    suppresses_listing=True,
)
RESTRICTED_BRAND = Issue(
    "5665",
    "The seller is not allowed to list products under the restricted brand",
    (),
    ("QUALIFICATION_REQUIRED",),
    suppresses_listing=True,
)
RESTRICTED_PRODUCT_TYPE = Issue(
    "5462",
    "Seller is not authorized to list products in this product line or category.",
    (),
    ("QUALIFICATION_REQUIRED",),
    suppresses_listing=True,
)
