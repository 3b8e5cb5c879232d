"""Where what a put says of the product comes from, and what is left to the owner of the page."""

from __future__ import annotations

from typing import Final

from affluent.domain import attributes as amazon
from affluent.domain.creation_profile import CreationProfile
from affluent.domain.product import Variant
from affluent.domain.provenance import Provenance
from affluent.domain.variation import RELATIONSHIP_ATTRIBUTES, Kinship, Parentage

#: So many attributes are named in a message.
_MOST_NAMED: Final = 5


def identity_origin(variant: Variant) -> Provenance:
    """The barcode, sent as it stands in the store."""
    return Provenance(amazon.IDENTIFIER, "barcode in the store", variant.barcode)


def asin_origin(variant: Variant, *, given: str, is_tied: bool) -> Provenance:
    """The ASIN that was given for the SKU, that its listing stands on, or that Amazon found."""
    if given:
        return Provenance(amazon.ASIN, "given ASIN", given, override=given)
    found = "kept, since the listing stands on it" if is_tied else "the one match for the barcode"
    return Provenance(amazon.ASIN, "Amazon's catalog", variant.barcode, (found,))


def condition_origin(variant: Variant) -> Provenance:
    """Amazon's word for the store's condition."""
    return Provenance(amazon.CONDITION, "condition in the store", variant.condition)


def kinship_origins(kinship: Kinship, variant: Variant) -> tuple[Provenance, ...]:
    """The place in a tree, which follows from the variants of the product; none of its own."""
    if kinship.parentage is Parentage.ALONE:
        return ()
    parent = (f"child of {kinship.parent_sku}",) if kinship.parent_sku else ("the parent",)
    steps = (*parent, f"theme {kinship.theme}")
    return tuple(
        Provenance(name, "variants of the product", str(variant.product_id), steps)
        for name in sorted(RELATIONSHIP_ATTRIBUTES)
    )


def left_alone(profile: CreationProfile | None) -> str:
    """What is not sent of a product whose page is not ours: title and images, and whatever else its
    creation profile would fill."""
    rules = () if profile is None else profile.rules
    filled = (rule.path.partition(".")[0] for rule in rules if not rule.leaves_out)
    names = list(dict.fromkeys((amazon.TITLE, amazon.MAIN_IMAGE, *filled)))
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return f"left alone: {', '.join(names[:_MOST_NAMED])}{more}: the page is not ours"
