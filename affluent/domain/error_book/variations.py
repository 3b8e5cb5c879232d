"""Entries: why a family of variants, or a child of it, is not listed."""

from __future__ import annotations

from typing import Final

from affluent.domain.error_book.entry import ErrorEntry
from affluent.domain.issue import Reason

VARIATION_ENTRIES: Final = (
    ErrorEntry(
        title="No variation theme fits the product's options",
        cause="Amazon lets a family vary only by one of the product type's themes, such as"
        " COLOR/SIZE. None of those that it still allows has exactly one attribute for each option"
        " that varies: the creation profile fills no attribute from an option, the product has an"
        " option too many, or its type varies by something else.",
        field_to_fix="The rules of the creation profile, or the product's options in BigCommerce.",
        fix="Fill an attribute of one of the themes from each option that varies (`color: {option:"
        " Color}`), or take another product type. To list the variants on pages of their own, set"
        " `variations: false` for their list.",
        pattern=r"No variation theme of .* fits the options|differ by no option",
        reasons=(Reason.NO_THEME,),
    ),
    ErrorEntry(
        title="Two variants have the same options",
        cause="Two children of one parent must differ in what the family varies by. The older"
        " variant keeps its place.",
        field_to_fix="The options of the variants in BigCommerce.",
        fix="Give each variant options of its own, or exclude one of the two from the list.",
        pattern=r"It has the same options as",
        reasons=(Reason.SAME_VARIATION,),
    ),
    ErrorEntry(
        title="The parent's SKU is taken",
        cause="The parent of a family gets the SKU of the product's oldest variant with the ending"
        " -parent. A product of the store, or a listing on Amazon, has that SKU already.",
        field_to_fix="The SKU that the message names.",
        fix="Give that product, or the oldest variant, another SKU in BigCommerce; or take the"
        " listing off Amazon.",
        pattern=r"which its parent would get, stands for something else",
        reasons=(Reason.PARENT_SKU_TAKEN,),
    ),
    ErrorEntry(
        title="A child waits for its parent",
        cause="A child can only be listed under a parent that Amazon shows. The parent is held, was"
        " refused, or does not show yet.",
        field_to_fix="That of the parent, which the message names.",
        fix="Mend what the message says of the parent; if Amazon does not show it yet, wait: the"
        " next run looks again.",
        pattern=r"It waits for its parent",
        reasons=(Reason.WAITS_FOR_PARENT,),
    ),
)
