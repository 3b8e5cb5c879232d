"""Entries: Amazon orders that could not be made in the store as they are."""

from __future__ import annotations

from typing import Final

from affluent.domain.error_book.entry import ErrorEntry
from affluent.domain.issue import Reason

ORDER_ENTRIES: Final = (
    ErrorEntry(
        title="A product has options that must be answered",
        cause="The product has a required option or modifier in BigCommerce, and an Amazon order "
        "does not say which choice the buyer made.",
        field_to_fix="The product's modifiers in BigCommerce: a default value, or not required.",
        fix="Give each required modifier a default choice, or make it optional. The order is tried "
        "again by itself. A required file upload cannot be answered: make it optional.",
        pattern=r"MandatoryProductOptions|options of one or more products are invalid",
        reasons=(Reason.MISSING_OPTIONS,),
        examples=(
            "Missing MandatoryProductOptions. Please reach support to activate product mandatory "
            "options for order creation.",
        ),
    ),
    ErrorEntry(
        title="A product is out of stock in the store",
        cause="Amazon has sold more than BigCommerce has on stock, or a quantity outside the "
        "product's minimum and maximum for one order. The order waits; it is not lost.",
        field_to_fix="The product's or variant's stock in BigCommerce, or its minimum and maximum "
        "purchase quantity.",
        fix="Raise the stock: the order is tried again by itself. To sell beyond the stock, switch "
        "the product's stock tracking off. To oversell less, set a buffer in the offer profile.",
        pattern=r"out of stock or did not meet quantity requirements",
        reasons=(Reason.OUT_OF_STOCK,),
        examples=(
            "Error during export order #123-0000444-0000444 in BigCommerce. Quantities of one or "
            "more products are out of stock or did not meet quantity requirements.",
        ),
    ),
    ErrorEntry(
        title="BigCommerce did not answer whether it made the order",
        cause="The request left and no answer came, or one that says nothing: the order may stand "
        "in the store by now.",
        field_to_fix="None: it is no fault of the order.",
        fix="Nothing must be done: the next run looks for the order in the store by its Amazon "
        "order id, and makes it only if it is not there.",
        pattern=r"looked for before anything is sent again",
        examples=(
            "BigCommerce createOrder for sandbox may or may not have taken effect (no answer). The "
            "order is looked for before anything is sent again.",
        ),
    ),
    ErrorEntry(
        title="BigCommerce could not be asked for the moment",
        cause="The store was busy, out of reach, or did not let Affluent in. No order was made.",
        field_to_fix="None, or the store's access token where the message says that it is barred.",
        fix="Nothing must be done where the store was busy: the next run tries again. Where it is "
        "barred, `affluent check` tells which permission is missing.",
        pattern=r"\ANothing was (sent|created): ",
        examples=(
            "Nothing was sent: BigCommerce createOrder for sandbox was throttled (HTTP 429, "
            "request id unknown). The next run tries again.",
        ),
    ),
    ErrorEntry(
        title="The order has a SKU that the store does not know",
        cause="The SKU sold on Amazon stands at no product or variant in BigCommerce. The order is "
        "made with a line that is linked to no product, so no stock falls.",
        field_to_fix="The variant's SKU in BigCommerce.",
        fix="Give the variant the SKU it has on Amazon, or publish the product on Amazon under its "
        "store SKU (a deleted SKU can be listed again after 24 hours). Correct the stock of this "
        "order by hand.",
        pattern=r"No product of the store has the SKU|No line of the shipment belongs",
        reasons=(Reason.UNMATCHED_SKU,),
    ),
    ErrorEntry(
        title="The account does not import orders of this kind",
        cause="FBM orders are shipped by you, FBA orders by Amazon from its own stock; the "
        "account's `order_types` does not name the kind of this one.",
        field_to_fix="`order_types` of the account in affluent.yaml.",
        fix="Nothing must be done where such orders do not belong into the store. Otherwise add "
        "the kind: orders that Amazon reports from then on are imported.",
        pattern=r"order; this account imports",
        examples=("FBA order; this account imports FBM",),
    ),
    ErrorEntry(
        title="The order is not paid yet",
        cause="Amazon shows an order before its payment has gone through, and tells no address "
        "until then. Its units are set aside: they are not offered again.",
        field_to_fix="None: the payment is a matter between Amazon and the buyer.",
        fix="Nothing must be done: the order is imported by itself once Amazon shows it as paid.",
        pattern=r"\Anot paid yet",
        examples=("not paid yet (PENDING)",),
    ),
    ErrorEntry(
        title="The order was cancelled before it was imported",
        cause="The buyer or Amazon cancelled the order before it came into the store.",
        field_to_fix="None: there is nothing to ship.",
        fix="Nothing must be done: its units are offered again with the next sync_offers.",
        pattern=r"cancelled on Amazon before it was imported",
        examples=("cancelled on Amazon before it was imported",),
    ),
)
