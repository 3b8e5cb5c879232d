"""Entries: what the gate holds for reasons that Amazon has no words for."""

from __future__ import annotations

from typing import Final

from affluent.domain.error_book.entry import ErrorEntry
from affluent.domain.issue import Reason

_BARCODE: Final = "The product's or variant's GTIN or UPC in BigCommerce."
_PRICE: Final = "The product's or variant's price in BigCommerce, or the price rule of the profile."
_NAME: Final = "The product's name in BigCommerce."

GATE_ENTRIES: Final = (
    ErrorEntry(
        title="The barcode has the wrong form",
        cause="A barcode is 8, 12, 13 or 14 digits and nothing else. Letters, spaces and hyphens "
        "do not belong in it; an ISBN-10 is no barcode; 11 digits are often a UPC whose leading "
        "zero a spreadsheet has dropped; a row of zeros stands for none.",
        field_to_fix=_BARCODE,
        fix="Enter the digits as printed under the bars, with leading zeros. For a book, use the "
        "ISBN-13.",
        pattern=r"is not one of 8, 12, 13 or 14 digits",
        reasons=(Reason.MALFORMED_BARCODE,),
    ),
    ErrorEntry(
        title="The barcode's check digit is wrong",
        cause="The last digit of a barcode follows from the others, and here it does not: a digit "
        "was mistyped, two were swapped, or the number was made up. Amazon refuses it, or takes it "
        "for another product.",
        field_to_fix=_BARCODE,
        fix="Read the barcode off the packaging again.",
        pattern=r"does not end in its check digit",
        reasons=(Reason.BAD_CHECK_DIGIT,),
    ),
    ErrorEntry(
        title="The barcode is no product's",
        cause="Its first digits say that it is not a maker's number: 02, 04 and 2 are what a shop "
        "or a company gives itself, by weight for instance, 05 and 98 to 99 are coupons and "
        "receipts. Another shop uses the same number for something else, and a new page under it "
        "would not be yours alone.",
        field_to_fix=_BARCODE,
        fix="Enter the maker's barcode, or give the ASIN of the product. If Amazon has agreed to "
        "the number, allow it: `quality: {allow: [restricted_barcode]}`.",
        pattern=r"is a number that shops give themselves",
        reasons=(Reason.RESTRICTED_BARCODE,),
    ),
    ErrorEntry(
        title="Two SKUs have the same barcode",
        cause="A barcode stands for one product. The earlier SKU, or the one that is live already, "
        "keeps it; the others would land on its page. A UPC is the same as the EAN with a zero "
        "before it.",
        field_to_fix="The barcode of the SKU that does not own it, in BigCommerce.",
        fix="Give each variant the barcode of its own packaging, or take one of the SKUs out of "
        "the selling list.",
        pattern=r"belongs to the SKU '.*' already",
        reasons=(Reason.DUPLICATE_GTIN,),
    ),
    ErrorEntry(
        title="The same SKU stands twice in the batch",
        cause="Two products or variants carry the same SKU, so it is not known which is meant.",
        field_to_fix="The variants' SKU in BigCommerce.",
        fix="Give each variant a SKU of its own.",
        pattern=r"stands more than once in this batch",
        reasons=(Reason.DUPLICATE_SKU,),
    ),
    ErrorEntry(
        title="The price is zero or below",
        cause="The product has no price in the store, or the price rule makes nothing of it. If "
        "the whole batch has no price, the source is broken and nothing of it is sent.",
        field_to_fix=_PRICE,
        fix="Give the product its price, or correct the rule.",
        pattern=r"The price .* is not above 0",
        reasons=(Reason.ZERO_PRICE,),
    ),
    ErrorEntry(
        title="The rules make no price",
        cause="Something that the price follows from is missing or cannot be read: the price "
        "template has no range for the store's price, the product has no cost although its floor "
        "follows from it, a custom field holds no amount or day, or the floor lies above the "
        "ceiling.",
        field_to_fix="What the message names: a field of the product, or the offer profile.",
        fix="Correct it; the price follows with the next run.",
        pattern=r"has no range for|has no cost in the store|which is no (amount|day) such as"
        r"|The floor of .* exceeds the ceiling|The sale ends on|more than twelve digits",
        reasons=(Reason.NO_PRICE,),
    ),
    ErrorEntry(
        title="There is no exchange rate",
        cause="The store's currency is not the marketplace's, and the settings name no rate for "
        "the two, or their file of rates is too old or cannot be read.",
        field_to_fix="currency_rates or currency_rates_file in affluent.yaml.",
        fix="Write the rate down, or have the file brought up to date.",
        pattern=r"There is no exchange rate from",
        reasons=(Reason.NO_RATE,),
    ),
    ErrorEntry(
        title="The price is above the ceiling",
        cause="The price lies above the ceiling of the offer profile: often a placeholder such as "
        "999,999.99, or a decimal point that is missing.",
        field_to_fix="The product's price in BigCommerce, or `ceiling` in the offer profile.",
        fix="Correct the price; raise the ceiling only if the product really costs so much.",
        pattern=r"is above the ceiling of",
        reasons=(Reason.HUGE_PRICE,),
    ),
    ErrorEntry(
        title="The price is below the floor",
        cause="The price lies below the floor of the offer profile: a slipped decimal point, or a "
        "sale that was not meant for Amazon.",
        field_to_fix="The product's price in BigCommerce, or `floor` in the offer profile.",
        fix="Correct the price; lower the floor only if you mean to sell so cheaply.",
        pattern=r"is below the floor of",
        reasons=(Reason.LOW_PRICE,),
    ),
    ErrorEntry(
        title="The price moves too far at once",
        cause="The price differs from the one on Amazon by more than the offer profile allows. If "
        "many prices of a batch move that far, the whole batch is stopped: that is how a broken "
        "price list looks.",
        field_to_fix="The product's price in BigCommerce, or `largest_move` and `largest_share` in "
        "the offer profile.",
        fix="Check the prices. If they are meant, run `sync_offers` with the `approved_hash` that "
        "the stopped run shows, or move the prices in smaller steps.",
        pattern=r"The price moves from|price changes \(.*\) move further than",
        reasons=(Reason.PRICE_MOVED,),
    ),
    ErrorEntry(
        title="Too much stock falls to zero at once",
        cause="A large part of all that was in stock would be sold out with one batch, which is "
        "therefore stopped: that is how a store looks whose stock cannot be read.",
        field_to_fix="The stock of the products in BigCommerce, or `largest_zero_share` in the "
        "offer profile.",
        fix="Check the stock. If it is gone indeed, run `sync_offers` with the `approved_hash` "
        "that the stopped run shows.",
        pattern=r"of what is in stock \(.*\) falls to zero",
        reasons=(Reason.STOCK_GONE,),
    ),
    ErrorEntry(
        title="The quantity is below zero",
        cause="The store or the quantity rule gives a negative stock.",
        field_to_fix="The product's or variant's stock in BigCommerce, or the quantity rule of the "
        "profile.",
        fix="Correct the stock. To offer less than is there, use a buffer, which stops at 0.",
        pattern=r"The quantity .* is below 0",
        reasons=(Reason.NEGATIVE_QUANTITY,),
    ),
    ErrorEntry(
        title="Amazon keeps the stock of this SKU",
        cause="The SKU is fulfilled by Amazon (FBA). A quantity of ours would be ignored, or would "
        "turn the listing into one that you must ship yourself.",
        field_to_fix="None: quantities of FBA listings are Amazon's own.",
        fix="Nothing must be done; its price is still kept in step. To ship it yourself, change "
        "the listing's fulfilment in Seller Central.",
        pattern=r"Amazon keeps the stock of this SKU",
        reasons=(Reason.FBA_QUANTITY,),
    ),
    ErrorEntry(
        title="The product has no name",
        cause="The name is empty or holds only spaces.",
        field_to_fix=_NAME,
        fix="Name the product as buyers look for it: brand, what it is, size, colour.",
        pattern=r"The product has no name",
        reasons=(Reason.NO_NAME,),
    ),
    ErrorEntry(
        title="The product's name is too long",
        cause="Amazon takes titles of at most 200 characters. Affluent counts bytes of UTF-8, to "
        "be on the safe side: an accented letter counts 2, an emoji 4.",
        field_to_fix=_NAME,
        fix="Shorten the name; put the rest into the description.",
        pattern=r"The name takes .* bytes",
        reasons=(Reason.LONG_NAME,),
    ),
    ErrorEntry(
        title="The title has characters that Amazon does not take",
        cause="Titles of new products may not hold ! $ ? _ { } ^ ¬ ¦ outside the brand's name, "
        "nor emoji, ornaments, control characters, or marks that turn the direction of text. "
        "Letters of every script are welcome.",
        field_to_fix="The product's name in BigCommerce, or the rule of `item_name` in the "
        "creation profile.",
        fix="Remove what the message names; it writes what cannot be seen as U+ and its name. To "
        "send such titles all the same: `quality: {allow: [title_characters]}`.",
        pattern=r"The title has what Amazon does not take in titles",
        reasons=(Reason.TITLE_CHARACTERS,),
    ),
    ErrorEntry(
        title="An image is not on https",
        cause="Amazon fetches the images of new products itself. An address on http goes through "
        "unprotected hands: what arrives may be another picture, and a page keeps it for long.",
        field_to_fix="The image of the product in BigCommerce that the message names.",
        fix="Upload the image to the store, or correct its address. If its host also serves https, "
        "write `images: {upgrade_http: true}` in the creation profile. To send it all the same: "
        "`quality: {allow: [insecure_image]}`.",
        pattern=r"The image '.*' is not on https",
        reasons=(Reason.INSECURE_IMAGE,),
    ),
    ErrorEntry(
        title="Too much of a batch is held",
        cause="Of all that is selected, more is flawed than the settings let pass: rather the "
        "source is broken than so many products. Nothing of the batch was sent.",
        field_to_fix="What the held items have in common: see the run's artifact.",
        fix="Look at the reasons. Where they are right, raise `largest_held_share` in the section "
        "`quality` of the settings.",
        pattern=r"of what is selected is held for flaws",
        reasons=(Reason.TOO_MANY_HELD,),
    ),
    ErrorEntry(
        title="Amazon knows several products with this barcode",
        cause="The barcode stands on more than one page of Amazon's catalog, and a wrong choice "
        "would sell another product than yours.",
        field_to_fix="The ASIN of the SKU.",
        fix="`affluent asin SKU` shows the pages with their titles and brands; `affluent asin SKU "
        "--choose ASIN` keeps your choice.",
        pattern=r"Amazon knows .* products with the barcode",
        reasons=(Reason.SEVERAL_MATCHES,),
    ),
    ErrorEntry(
        title="Amazon's preview refuses the listing",
        cause="Amazon was shown the listing beforehand, and would not take it; its own words stand "
        "in the item's log.",
        field_to_fix="The attribute that Amazon's words name.",
        fix="Look Amazon's words up with `affluent errors`, correct the field, and publish again.",
        reasons=(Reason.PREVIEWED,),
    ),
    ErrorEntry(
        title="A product of the store could not be understood",
        cause="A field of the product is not what BigCommerce's specification says, or holds what "
        "cannot be kept: a character that is no text, a price that is no number, a number that "
        "nobody can mean. What was known of the product before stays.",
        field_to_fix="The field that the run's artifact names, with its value.",
        fix="Type it anew in BigCommerce; the next extraction reads it again.",
        reasons=(Reason.UNREADABLE,),
    ),
    ErrorEntry(
        title="Attributes do not fit Amazon's definition of the product type",
        cause="The item was checked against the product type's definition before sending, and at "
        "least one attribute is missing or wrong. The item's log has a message for each.",
        field_to_fix="The attribute that each message names.",
        fix="Look up each message in the first chapter; they are the ones that Amazon would give.",
        reasons=(Reason.INVALID_ATTRIBUTES,),
    ),
    ErrorEntry(
        title="A rule of the creation profile cannot be followed",
        cause="The profile says how the attribute is filled, and for this product it cannot be: "
        "its value map lacks the word, its template names what the product does not have, the unit "
        "does not convert, or the text is endless.",
        field_to_fix="What the message names: a field of the product, or the rule of the profile.",
        fix="Correct it; the item goes with the next run. `affluent profile check` shows every "
        "product that the profile cannot describe.",
        pattern=r"^[\w.]+, by creation profile .+: ",
        reasons=(Reason.UNFILLED_ATTRIBUTE,),
    ),
    ErrorEntry(
        title="The product type of the creation profile is not usable",
        cause="Amazon has no such product type on this marketplace, or what it gave as its schema "
        "cannot be read.",
        field_to_fix="product_type of the creation profile in affluent.yaml.",
        fix="Find the right one with `affluent profile suggest`. Where it is right, publish again "
        "later: Amazon mends its schemas itself.",
        pattern=r"^Creation profile .+, product type |^Amazon's schema of product type ",
        reasons=(Reason.UNUSABLE_PRODUCT_TYPE,),
    ),
)
