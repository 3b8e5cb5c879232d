"""Entries: what is not ended, or not listed again yet."""

from __future__ import annotations

from typing import Final

from affluent.domain.error_book.entry import ErrorEntry
from affluent.domain.issue import Reason

ENDING_ENTRIES: Final = (
    ErrorEntry(
        title="The listing was on Amazon before it was linked",
        cause="A whole list, or what left it, was to be deleted. What Affluent never sent is not"
        " taken off Amazon along with it.",
        field_to_fix="None.",
        fix="Name its SKU: `affluent end SKU --delete`. To offer no units, end it without"
        " `--delete`.",
        pattern=r"it is deleted only where its SKU is named",
        reasons=(Reason.NOT_OURS,),
    ),
    ErrorEntry(
        title="Amazon ships this SKU, so that no quantity ends it",
        cause="The units lie with Amazon (FBA) and are counted by it; a quantity of 0 of ours"
        " says nothing about them.",
        field_to_fix="None.",
        fix="Close the listing in Seller Central, or delete it with `affluent end SKU --delete`.",
        pattern=r"no quantity of ours ends its offer",
        reasons=(Reason.KEPT_BY_AMAZON,),
    ),
    ErrorEntry(
        title="The SKU is sold on another marketplace, too",
        cause="Amazon keeps one quantity for all marketplaces of an account. A quantity of 0 would"
        " end the offer on each of them.",
        field_to_fix="None.",
        fix="End it on every marketplace by setting its stock to 0 in the store, or take it off"
        " this one with `affluent end SKU --delete`.",
        pattern=r"a quantity of 0 would end it there as well",
        reasons=(Reason.SHARED_STOCK,),
    ),
    ErrorEntry(
        title="Too many listings would end at once",
        cause="A large part of all listings would end with one batch, which is therefore stopped:"
        " that is how a store looks whose categories were moved, or whose catalog was read in"
        " part.",
        field_to_fix="The rules of the selling list, or `endings.largest_share` in affluent.yaml.",
        fix="Look at `affluent lists preview`. If all of it is to end, run `end_listings` with the"
        " `approved_hash` that the stopped run shows.",
        pattern=r"listings would end at once",
        reasons=(Reason.TOO_MANY_ENDED,),
    ),
    ErrorEntry(
        title="The SKU was deleted less than 24 hours ago",
        cause="Amazon takes a SKU that was deleted again only 24 hours later.",
        field_to_fix="None.",
        fix="Wait: it is sent by itself once the time has come. To sell the product at once, give"
        " it another SKU in BigCommerce, or a SKU mapping.",
        pattern=r"Amazon takes a deleted SKU again only after 24 hours|was deleted less than 24"
        r" hours ago",
        reasons=(Reason.DELETED_LATELY,),
    ),
)
