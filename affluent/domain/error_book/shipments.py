"""Entries: shipments that Amazon does not confirm, or does not keep."""

from __future__ import annotations

from typing import Final

from affluent.domain.error_book.entry import ErrorEntry
from affluent.domain.issue import Reason

SHIPMENT_ENTRIES: Final = (
    ErrorEntry(
        title="The shipment has no tracking number",
        cause="The order is shipped in BigCommerce, but without the tracking number that Amazon "
        "asks for with the confirmation. The confirmation waits; Amazon counts it as late after "
        "the ship-by date.",
        field_to_fix="The tracking number of the order's shipment in BigCommerce.",
        fix="Enter the number at the shipment: it is confirmed on Amazon by itself. For letters "
        "without one, name a text in `shipments.untracked_number`.",
        pattern=r"The shipment has no tracking number",
        reasons=(Reason.NO_TRACKING,),
    ),
    ErrorEntry(
        title="The order is Shipped without a shipment",
        cause="The order's status was set to Shipped or Completed in BigCommerce, but no shipment "
        "was made, so there is no carrier and no tracking number to confirm.",
        field_to_fix="The order's shipments in BigCommerce, or `shipments.without_record`.",
        fix="Ship the items of the order in BigCommerce: the shipment is confirmed by itself. To "
        "confirm such orders without tracking, set `shipments.without_record` to confirm and name "
        "an `untracked_number`.",
        pattern=r"Shipped in the store without a shipment record",
        reasons=(Reason.NO_SHIPMENT,),
    ),
    ErrorEntry(
        title="More is shipped than was ordered",
        cause="The other packages of the order hold every unit that was bought. One of them may "
        "stand for a shipment that was deleted in the store: Amazon takes no package back.",
        field_to_fix="The order's shipments in BigCommerce.",
        fix="Compare the shipments with the order. Where one too many was made, delete it. Where a "
        "package on Amazon is smaller than before, this one follows by itself once Amazon shows "
        "that.",
        pattern=r"Amazon's order has no units left|exceeds what is left to ship",
        reasons=(Reason.NO_UNITS_LEFT,),
    ),
    ErrorEntry(
        title="The order was confirmed on Amazon already",
        cause="Every unit of the order is in packages that Amazon has from elsewhere, such as from "
        "Seller Central or another application. So there is nothing left to confirm.",
        field_to_fix="The order in Seller Central.",
        fix="Compare its tracking number with the shipment's, and edit it there if it is wrong. "
        "Confirm shipments in one place only.",
        pattern=r"PackageToUpdateNotFound|not finding a matching package",
        examples=(
            "Failed to create package due to not finding a matching package or order already "
            "fulfilled. (PackageToUpdateNotFound)",
        ),
    ),
    ErrorEntry(
        title="Amazon does not take the carrier",
        cause="Which of its carrier codes a marketplace takes is not published, and this one it "
        "does not take.",
        field_to_fix="`shipments.carriers` in affluent.yaml.",
        fix="Map the carrier's name to another code, or to Other. The shipment is confirmed again "
        "by itself, because that makes it another confirmation; `affluent carriers` shows the map.",
        pattern=r"carrier\s?(code|name)?\b.*(is invalid|is required|not supported|not valid)",
        examples=("The carrier is invalid.", "carrierName is required."),
    ),
    ErrorEntry(
        title="Amazon has taken a confirmation and does not show it",
        cause="Amazon answers that it has taken a confirmation, and sometimes drops it without a "
        "word.",
        field_to_fix="The order in Seller Central.",
        fix="Nothing must be done at first: it is confirmed again, under the same reference and "
        "after growing pauses. If hours pass, look at the order in Seller Central and at the "
        "carrier's code.",
        pattern=r"Amazon has taken package \S+ of order \S+ and does not show it",
    ),
    ErrorEntry(
        title="A confirmed shipment was deleted in the store",
        cause="Amazon has no way to take a confirmation back.",
        field_to_fix="The order's shipments in BigCommerce.",
        fix="Make the right shipment in the store: it takes the place of the deleted one, under "
        "the same reference. If nothing was shipped, tell the buyer, or refund the order.",
        pattern=r"was deleted in the store, but Amazon cannot take back",
    ),
)
