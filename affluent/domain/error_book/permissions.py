"""Entries: what Amazon does not let this seller list."""

from __future__ import annotations

from typing import Final

from affluent.domain.error_book.entry import ErrorEntry
from affluent.domain.issue import Reason

_APPLY: Final = (
    "In Seller Central, start a listing for that brand or category by hand; Amazon then shows "
    "whether you can apply. Hand in the documents it asks for (invoices, a letter of the brand "
    "owner), wait for the approval, and publish the item again. Each brand and each category is "
    "approved by itself."
)

PERMISSION_ENTRIES: Final = (
    ErrorEntry(
        title="The brand is restricted",
        cause="The owner of the brand lets only sellers list it that Amazon has approved, and your "
        "account is not among them.",
        field_to_fix="None at the product, if its brand is right: the permission of your Amazon "
        "account. If the brand is wrong, the product's brand in BigCommerce.",
        fix=_APPLY,
        pattern=r"not allowed to list products under the restricted brand",
        codes=("5461", "5665", "6024"),
        examples=("Error: The seller is not allowed to list products under the restricted brand",),
    ),
    ErrorEntry(
        title="The product line or category needs approval",
        cause="Amazon opens this category, or this kind of product, only to sellers that it has "
        "approved for it.",
        field_to_fix="None at the product, if its category is right: the permission of your Amazon "
        "account. If it is wrong, the product type in the creation profile.",
        fix=_APPLY,
        pattern=r"not authorized to list products in this product line",
        reasons=(Reason.RESTRICTED,),
        examples=(
            "Error: Seller is not authorized to list products in this product line or category.",
        ),
    ),
    ErrorEntry(
        title="The product may not be sold",
        cause="Amazon has restricted this product as such, on this marketplace or for all sellers.",
        field_to_fix="None: take the SKU out of the selling list (`exclude_skus`).",
        fix="Read the restriction in Seller Central under the product's ASIN. If you think that it "
        "was made by mistake, open a case with Seller Support.",
        codes=("5462",),
    ),
    ErrorEntry(
        title="Your account may not create a catalog page for this product",
        cause="No ASIN matches, and Amazon does not let you create one: the barcode is not "
        "registered by GS1 for this brand, or the brand name differs from the registered one.",
        field_to_fix="The product's barcode and brand in BigCommerce.",
        fix="Look the barcode up in GS1's register and write the brand exactly as it stands there. "
        "For a brand of your own, enrol it in Amazon's Brand Registry or apply for a GTIN "
        "exemption.",
        codes=("8566",),
    ),
    ErrorEntry(
        title="The barcode does not belong to this product",
        cause="The UPC, EAN or ISBN was not issued for this product or brand: a bought, borrowed "
        "or mistyped barcode. Repeated attempts can cost the account the right to create pages.",
        field_to_fix="The product's barcode in BigCommerce.",
        fix="Use the barcode on the maker's packaging. Hold the item until the right one is known.",
        codes=("8572",),
    ),
)
