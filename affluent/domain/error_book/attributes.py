"""Entries: identifiers and attributes that are missing, unknown or wrong."""

from __future__ import annotations

from typing import Final

from affluent.domain.error_book.entry import ErrorEntry
from affluent.domain.issue import Reason

ATTRIBUTE_ENTRIES: Final = (
    ErrorEntry(
        title="The product has no barcode and no ASIN",
        cause="Amazon received no barcode. Every listing needs a GTIN (UPC, EAN or GTIN-14) or the "
        "ASIN of the catalog page it belongs to.",
        field_to_fix="The product's or variant's GTIN or UPC in BigCommerce, or the ASIN of the "
        "SKU in the selling list (`asins`).",
        fix="Enter the barcode printed on the packaging, or look the product up on Amazon and give "
        "its ASIN; then publish the selling list again. If the maker gives the product no barcode, "
        "ask Amazon for a GTIN exemption first.",
        pattern=r"External Product ID|"
        r"externally_assigned_product_identifier.*(required but|not have enough)",
        reasons=(Reason.NO_IDENTIFIER,),
        examples=(
            "externally_assigned_product_identifier: 'External Product ID' is required but not "
            "supplied",
        ),
    ),
    ErrorEntry(
        title="Amazon's catalog has no such product yet",
        cause="The barcode is good, but Amazon knows no product with it, and the listing was sent "
        "as an offer on an existing page: no creation profile covers the product, or its product "
        "creation is switched off.",
        field_to_fix="The creation profile of the selling list, and its switch for product "
        "creation; or the ASIN of the SKU, if the product stands on Amazon under another barcode.",
        fix="Check the barcode first. If the product is new to Amazon, make a creation profile for "
        "its product type, switch product creation on, and publish again. If it is there under "
        "another barcode, give its ASIN.",
        pattern=r"Merchant Suggested ASIN|'merchant_suggested_asin' is required",
        reasons=(Reason.NOT_IN_CATALOG,),
        examples=(
            "merchant_suggested_asin: 'Merchant Suggested ASIN' is required but not supplied",
        ),
    ),
    ErrorEntry(
        title="A field of an attribute is missing or empty",
        cause="The attribute was sent, but the field that the message names in its first quotes "
        "has no value, or fewer values than Amazon asks for.",
        field_to_fix="The rule of that field in the creation profile (attribute and field, such as "
        "`item_dimensions.height`), or the product's value that the rule takes.",
        fix="Fill the value at the product (for `height`: its height in BigCommerce), or correct "
        "the rule so that it finds one. Give measures with their unit. Then publish again.",
        pattern=r"does not have enough values",
        codes=("99022",),
        examples=(
            "item_dimensions: The field 'height' for the attribute 'item_dimensions' does not have "
            "enough values. The required minimum is '1' value(s).(99022)",
        ),
    ),
    ErrorEntry(
        title="A required attribute is missing",
        cause="The product type asks for the attribute that the message names, and the creation "
        "profile gave it no value. Some attributes are required only because of others: a battery "
        "asks for its chemistry, a variation for its theme.",
        field_to_fix="The rule of that attribute in the creation profile, or the product's value "
        "that the rule takes.",
        fix="Add a rule for the attribute (a constant, a field, a custom field or an option), or "
        "fill the field at the products that lack it; then publish again.",
        pattern=r"is required but (not supplied|missing)",
        codes=("90220",),
        examples=("number_of_items: 'number_of_items' is required but not supplied.(90220)",),
    ),
    ErrorEntry(
        title="The attribute does not belong to the product type",
        cause="The product type has no attribute or field of this name, or does not allow it "
        "beside the others: the name is misspelt (Amazon writes `item_name`, not `itemName`), it "
        "belongs to another product type, or its value has not the shape that Amazon expects.",
        field_to_fix="The rule of that attribute in the creation profile, or the profile's product "
        "type.",
        fix="Remove the rule or correct its name by the product type's definition. If several "
        "attributes are refused, the product type itself is probably the wrong one.",
        pattern=r"The attributes are invalid|You submitted an attribute .* that does not belong",
        codes=("90000900",),
        examples=("included_components: The attributes are invalid.(90000900)",),
    ),
    ErrorEntry(
        title="The value is not one that Amazon accepts",
        cause="The attribute takes its values from a list, and the value sent is not in it: it is "
        "written otherwise, in another language, abbreviated, or no longer in use.",
        field_to_fix="The value of the attribute that the message names, at the product or in the "
        "creation profile.",
        fix="Use one of the listed values exactly as Amazon writes it: units as whole words "
        "(`inches`, not `in`), variation themes in capitals (`COLOR/SIZE`).",
        pattern=r"is not a valid value|We can't accept the .* you entered",
        codes=("90244", "8105"),
        examples=(
            "variation_theme: 'COLOUR' is not a valid value for the field 'name' of the attribute "
            "'variation_theme'.(90244)",
        ),
    ),
    ErrorEntry(
        title="The value has the wrong form or size",
        cause="The value is too long, too short, too large or too small, is a text where a number "
        "is expected, or is given more often than allowed.",
        field_to_fix="The value of the attribute that the message names, at the product or in the "
        "creation profile.",
        fix="Shorten or correct the value; ask for a JSON number in the rule of a numeric "
        "attribute (`number`). Accented letters and emoji take several bytes each.",
        pattern=r"The provided value for .* is invalid",
        codes=("4000001", "8015"),
        examples=("item_name: The provided value for 'item_name' is invalid.(4000001)",),
    ),
    ErrorEntry(
        title="Recommended attributes are missing",
        cause="A warning: the listing is accepted, but Amazon would like attributes that help "
        "buyers to find and compare it.",
        field_to_fix="The attributes that the warning names, in the creation profile.",
        fix="Nothing must be done. Add rules for them to be found more often.",
        codes=("18448",),
    ),
    ErrorEntry(
        title="The main image does not follow Amazon's rules",
        cause="The main image is too small, has no pure white background, or shows text, a logo, a "
        "watermark or things that are not sold. Amazon hides the listing from search until it is "
        "replaced.",
        field_to_fix="The product's first image in BigCommerce (`main_product_image_locator`).",
        fix="Put an image of the product alone on white in first place, at least 1,000 pixels on "
        "its longer side, and publish again.",
        codes=("18027",),
    ),
)
