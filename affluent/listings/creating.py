"""The page of a product that Amazon does not know, as its creation profile describes it."""

from __future__ import annotations

from dataclasses import replace

from affluent.domain.attributes import business_support
from affluent.domain.creation_profile import CreationProfile
from affluent.domain.issue import Finding, Reason
from affluent.domain.listing import Requirements
from affluent.domain.product import Variant
from affluent.listings.attributes import Renderer
from affluent.listings.put import Page


def new_page(
    variant: Variant, profile: CreationProfile, renderer: Renderer | None, unusable: str
) -> Page:
    """The page with its attributes; what could not be filled holds the product.

    Without a renderer the product type has no schema; `unusable` says why.
    """
    page = Page(
        product_type=profile.product_type,
        requirements=Requirements.LISTING,
        why=f"new on Amazon, by creation profile {profile.name}",
    )
    if renderer is None:
        message = (
            f"Creation profile {profile.name}, product type {profile.product_type}: {unusable}"
        )
        reason = Reason.UNUSABLE_PRODUCT_TYPE
        held = Finding(variant.sku, reason, message, "product_type", profile.product_type)
        return replace(page, findings=(held,))
    rendered = renderer.render(variant)
    return replace(
        page,
        content=rendered.attributes,
        business=business_support(renderer.schema),
        provenance=rendered.provenance,
        findings=tuple(
            Finding(variant.sku, Reason.UNFILLED_ATTRIBUTE, one.message, one.path, one.value)
            for one in rendered.problems
        ),
    )
