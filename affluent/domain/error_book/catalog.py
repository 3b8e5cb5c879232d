"""Entries: where a listing and Amazon's catalog contradict each other."""

from __future__ import annotations

from typing import Final

from affluent.domain.error_book.entry import ErrorEntry
from affluent.domain.issue import Reason

CATALOG_ENTRIES: Final = (
    ErrorEntry(
        title="The barcode matches a product whose data differ",
        cause="Amazon has a page with your barcode, but what you sent describes another product. "
        "The attribute that the message names is where the two differ; the barcode is what made "
        "them meet.",
        field_to_fix="The product's barcode in BigCommerce; if that is right, the attribute that "
        "the message names.",
        fix="Compare your product with the page. If it is the same one, take over Amazon's value "
        "or list it as an offer with its ASIN. If it is another one, your barcode is wrong.",
        codes=("8541",),
    ),
    ErrorEntry(
        title="The barcode and the data match several products",
        cause="What you sent fits more than one page of Amazon's catalog, and Amazon does not "
        "choose.",
        field_to_fix="The ASIN of the SKU in the selling list (`asins`).",
        fix="Look the pages up and give the ASIN of the one that you sell.",
        codes=("8542",),
    ),
    ErrorEntry(
        title="The page may be of another product",
        cause="The barcode leads to a page of Amazon's catalog whose brand or title is not your "
        "product's. A mistyped or reused barcode does that; so does a page in another language, or "
        "a brand that Amazon writes otherwise.",
        field_to_fix="The product's barcode or brand in BigCommerce; or the ASIN of the SKU.",
        fix="Look the page up. If it is your product, choose it: `affluent asin SKU --choose "
        "ASIN`; a page that a person chose is not doubted again. If not, correct the barcode.",
        pattern=r"may be of another product",
        reasons=(Reason.MATCH_DIFFERS,),
        examples=(
            "The page B0EXAMPLE1 may be of another product: Amazon has the brand 'Acme', and the "
            "store 'Rollwell'.",
        ),
    ),
    ErrorEntry(
        title="No page matches, and data to create one are missing",
        cause="Amazon found no page for the barcode and took the listing for a new product, for "
        "which attributes are missing. Often a digit of the barcode or the product type is wrong.",
        field_to_fix="The product's barcode; then the product type and the rules of the creation "
        "profile.",
        fix="Check the barcode. If the product is new to Amazon, fill the attributes that the "
        "other messages of the item name.",
        codes=("8560",),
    ),
    ErrorEntry(
        title="The product's identity cannot be changed",
        cause="The listing exists, and the attribute (brand, barcode, manufacturer, product type) "
        "says which product it is; Amazon does not change that afterwards.",
        field_to_fix="The attribute that the message names.",
        fix="Take back the change. If the listing stands for the wrong product, delete it, wait 24 "
        "hours, and publish the product under a new SKU.",
        codes=("8005",),
    ),
    ErrorEntry(
        title="The condition cannot be changed",
        cause="An existing listing keeps its condition (new, used, refurbished).",
        field_to_fix="The product's condition in BigCommerce (`condition_type`).",
        fix="Take back the change, or list the product in its other condition under a SKU of its "
        "own.",
        codes=("8057",),
    ),
    ErrorEntry(
        title="The parent or child SKU of a variation is unknown",
        cause="A child names a parent that Amazon does not have (yet), or a parent names such a "
        "child: the parent was refused, was sent later, or is spelt otherwise.",
        field_to_fix="`child_parent_sku_relationship`: the SKU of the parent.",
        fix="Publish the parent first and wait until it is live, then its children again.",
        codes=("8007", "8008"),
    ),
    ErrorEntry(
        title="The child belongs to another parent already",
        cause="A SKU can be a variation of one parent only.",
        field_to_fix="`child_parent_sku_relationship`: the SKU of the parent.",
        fix="Keep the present parent, or take the child out of its family in Seller Central before "
        "it joins the new one.",
        codes=("8032",),
    ),
    ErrorEntry(
        title="The package hierarchy is refused",
        cause="The SKU named as the parent package cannot hold this one.",
        field_to_fix="The attributes of the package hierarchy.",
        fix="Leave them out, unless you sell cases and single units of the same product.",
        codes=("990100",),
    ),
    ErrorEntry(
        title="Amazon changed the product type",
        cause="A warning: Amazon keeps the listing under a product type of its own choice.",
        field_to_fix="The product type in the creation profile.",
        fix="Nothing must be done. If the choice is right, use that product type in the profile; "
        "its definition asks for other attributes.",
        codes=("18367",),
    ),
)
