"""Entries: cancellations that one side shows and the other does not follow."""

from __future__ import annotations

from typing import Final

from affluent.domain.error_book.entry import ErrorEntry
from affluent.domain.issue import Reason

CANCELLATION_ENTRIES: Final = (
    ErrorEntry(
        title="Cancelled on Amazon, shipped by the store",
        cause="Amazon or the buyer cancelled the order, but the store has sent some of it already. "
        "The store's order is left as it is: its stock has gone.",
        field_to_fix="The parcel, and the order in BigCommerce.",
        fix="Call the parcel back, or settle it with the buyer through Seller Central. Then set "
        "the order in BigCommerce to Cancelled by hand.",
        pattern=r"Amazon shows the order as cancelled, but the store has shipped it",
        reasons=(Reason.SHIPPED_IN_STORE,),
        examples=("Amazon shows the order as cancelled, but the store has shipped it.",),
    ),
    ErrorEntry(
        title="Cancelled in the store, and not to be cancelled on Amazon",
        cause="Amazon cancels only orders that the merchant ships and of which nothing has left. "
        "Of an order that has left in part, it would give the whole back.",
        field_to_fix="The order in Seller Central.",
        fix="Refund it in Seller Central, or let the buyer send it back. If it was cancelled in "
        "the store by mistake, set its status there as it was.",
        pattern=r"The order was cancelled in the store; (it is shipped|Amazon shows|a shipment)",
        reasons=(Reason.NOT_CANCELLABLE,),
        examples=(
            "The order was cancelled in the store; Amazon shows it as SHIPPED, and cancels no such "
            "order.",
        ),
    ),
    ErrorEntry(
        title="Cancelled in the store, and Amazon is not told",
        cause="Affluent tells Amazon of cancellations only where you want it: they count in your "
        "account's health.",
        field_to_fix="`cancellations.to_amazon` in affluent.yaml.",
        fix="Cancel the order in Seller Central, or set `cancellations.to_amazon` to true: it is "
        "then cancelled by itself. If it was cancelled in the store by mistake, set its status "
        "there as it was.",
        pattern=r"Amazon is not told, since cancellations\.to_amazon is off",
        reasons=(Reason.AMAZON_NOT_TOLD,),
        examples=(
            "The order was cancelled in the store; Amazon is not told, since "
            "cancellations.to_amazon is off.",
        ),
    ),
    ErrorEntry(
        title="The buyer asks for the cancellation",
        cause="The buyer asked on Amazon to cancel the order. Until you do, it is to be shipped in "
        "time.",
        field_to_fix="The order in BigCommerce.",
        fix="Cancel the order in BigCommerce before it is shipped. Amazon is told of it with "
        "`cancellations.to_amazon`; else cancel it in Seller Central as well.",
        pattern=r"The buyer asks on Amazon to cancel",
        examples=("The buyer asks on Amazon to cancel the order, which is not cancelled yet.",),
    ),
)
