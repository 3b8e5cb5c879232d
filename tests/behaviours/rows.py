"""The behaviours by number: S is what a merchant must be able to do, N what sets this apart.

Vendors' messages stand in backquotes, word for word.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MERCHANT_ROWS: Final[Mapping[str, str]] = {
    "S1": "Products, stock, prices, orders and shipments flow between one store and Amazon.",
    "S2": "A selling list holds the products for one account and one marketplace.",
    "S3": "Selling takes three steps: write a list, choose its products, send them.",
    "S4": "A list takes in whole categories.",
    "S5": "A list takes in single products.",
    "S6": "A list can be sent again after a correction, and what was wrong goes through.",
    "S7": "The barcode is the one in the product's GTIN or UPC field in BigCommerce.",
    "S8": "An ASIN given for a SKU stands in for the barcode it lacks.",
    "S9": "The merchant takes that ASIN from the product's page on Amazon himself.",
    "S10": "Every item has a status, Error and Linked among them.",
    "S11": "An item's log names missing data, a missing permission, or a wrong setting.",
    "S12": "The log says `externally_assigned_product_identifier: 'External Product ID' is "
    "required but not supplied`.",
    "S13": "The explanation of S12 asks for a barcode or an ASIN, and either one mends it.",
    "S14": "What Amazon's catalog knows is offered without any description.",
    "S15": "What Amazon's catalog does not know is sent with its full description.",
    "S16": "Creation profiles say where that description comes from.",
    "S17": "Without a profile, the log says `merchant_suggested_asin: 'Merchant Suggested ASIN' "
    "is required but not supplied`.",
    "S18": "Creation has a switch of its own; once on, sending again creates the product.",
    "S19": "The log says `Error: The seller is not allowed to list products under the restricted "
    "brand`.",
    "S20": "The log says `Error: Seller is not authorized to list products in this product line "
    "or category.`",
    "S21": "Once Amazon has approved the seller, sending again lists a restricted product.",
    "S22": "The explanation tells how to apply, and that each brand and category is approved "
    "apart.",
    "S23": "The log says `item_dimensions: The field 'height' for the attribute 'item_dimensions' "
    "does not have enough values. The required minimum is '1' value(s).(99022)`.",
    "S24": "The log says `number_of_items: 'number_of_items' is required but not "
    "supplied.(90220)`.",
    "S25": "The log says `included_components: The attributes are invalid.(90000900)`.",
    "S26": "The rule of the attribute that a message names can be changed, and the item sent "
    "again.",
    "S27": "No profile is needed for what Amazon's catalog knows.",
    "S28": "A linked item that Amazon hides is shown as such, with the way to complete its draft.",
    "S29": "A page that many sellers share is not edited.",
    "S30": "Title and images change only where the listing was created by us.",
    "S31": "A seller's active listings are linked to the store's products.",
    "S32": "Another store would take the same steps: the core does not know BigCommerce.",
    "S33": "Linking needs no selling list.",
    "S34": "Where there is none, linking makes a list named `Migrated for <account> "
    "<marketplace>`.",
    "S35": "The inventory of one account on one marketplace is downloaded and shown.",
    "S36": "The download can be repeated at will, and shows what is new.",
    "S37": "An account is shown as Active with its marketplaces, or as Expired.",
    "S38": "An expired account works again after it was reconnected.",
    "S39": "There may be several accounts, each with several marketplaces.",
    "S40": "A link needs the same SKU, in the same account, on the same marketplace.",
    "S41": "Where SKUs differ, the merchant assigns the right one and links again.",
    "S42": "He may change the SKU of the product in BigCommerce instead.",
    "S43": "He may keep a table of SKU pairs instead.",
    "S44": "An item of one marketplace needs a list of that marketplace.",
    "S45": "An item that stands in a list of another marketplace joins the migrated list.",
    "S46": "A list's account and marketplace cannot be changed once it was used.",
    "S47": "Each list's account and marketplace can be seen.",
    "S48": "Price and quantity follow the store, for linked items only.",
    "S49": "An item becomes Linked by being sent or by being linked, without further steps.",
    "S50": "Per account, the sync of quantity, of price, or of both can be switched off.",
    "S51": "A profile's quantity mode and value make the quantity.",
    "S52": "Quantity mode custom offers a constant.",
    "S53": "Quantity mode product, the default, offers the store's stock.",
    "S54": "A profile's price mode and value make the price.",
    "S55": "Price templates hold formulas for ranges of prices.",
    "S56": "Why an item is not synced can be told: switched off, not linked, or its mode.",
    "S57": "Orders are imported by themselves once an account is connected.",
    "S58": "An order is first recorded here, and then created in BigCommerce.",
    "S59": "An order's lines find their products by SKU.",
    "S60": "No order is created that the stock does not cover.",
    "S61": "An order is found by its Amazon order id.",
    "S62": "An order's timeline shows every error it met.",
    "S63": "Failed orders can be told by e-mail.",
    "S64": "By default, only orders that the merchant ships are imported.",
    "S65": "Per account, orders that Amazon ships can be imported too, or alone.",
    "S66": "A shipment in BigCommerce reaches Amazon with its tracking number by itself.",
    "S67": "A line whose SKU nothing matches is created without a product; no stock falls.",
    "S68": "It is mended by the SKU in BigCommerce, a new SKU on Amazon, or a SKU pair.",
    "S69": "SKU pairs serve the import of orders too.",
    "S70": "Only paid orders are imported, and an unpaid one is shown as such.",
    "S71": "An order's log holds the messages of its errors.",
    "S72": "The log says `Missing MandatoryProductOptions. Please reach support to activate "
    "product mandatory options for order creation.`",
    "S73": "Products with modifiers can be ordered once their answers are settled.",
    "S74": "The log says `Error during export order #123-0000444-0000444 in BigCommerce. "
    "Quantities of one or more products are out of stock or did not meet quantity "
    "requirements.`",
    "S75": "Once the stock is raised, the order is created by itself.",
    "S76": "With stock tracking off in BigCommerce, more can be sold than there is.",
    "S77": "Settings stand at three levels: the whole, the account, the profile.",
    "S78": "There is a guide for every step, and a place to ask.",
}

UNIQUE_ROWS: Final[Mapping[str, str]] = {
    "N1": "A run plans, is approved, and applies exactly the approved plan.",
    "N2": "An Amazon order stands in BigCommerce exactly once, whatever breaks on the way.",
    "N3": "A price incident stops the whole batch before it reaches Amazon.",
    "N4": "What Amazon accepted counts only once it shows; what it ignores is noticed.",
    "N5": "A span of days can be imported again; the second time writes nothing.",
    "N6": "Of every value that was sent, its source, rule and run can be told.",
    "N7": "The whole system runs on a simulator that is held against the vendors' own "
    "specifications.",
    "N8": "Faults of every kind are thrown at it in the tests, and the invariants hold.",
    "N9": "What a SKU or an order was at any time can be asked.",
    "N10": "A plan foretells its calls and its time.",
    "N11": "A changed product-type schema names the listings that it will break.",
    "N12": "Notifications, search and reports are held against each other, and gaps are mended.",
    "N13": "A quantity that falls to zero overtakes bulk work.",
    "N14": "A patch of a quantity changes nothing else of the listing.",
    "N15": "A SKU is never fulfilled by both sides at once.",
    "N16": "Each known message has its cause, its field and its fix, even if its code changes.",
    "N17": "Modifiers are answered from the settings, without anyone's support.",
    "N18": "Silence is an alarm: no orders, stale cursors, tokens that run out.",
    "N19": "SKU maps of other systems can be taken over, with a report on their quality.",
    "N20": "Each run leaves a signed report that holds no buyer's data.",
}

ROWS: Final[Mapping[str, str]] = {**MERCHANT_ROWS, **UNIQUE_ROWS}
