"""Writing one put down: what a person reads of it, and what Amazon is sent. Decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from affluent.domain import attributes as amazon
from affluent.domain.issue import Finding
from affluent.domain.listing import MERCHANT_CHANNEL, Requirements
from affluent.domain.offer import Offer, OfferProfile, price_facts
from affluent.domain.plan import Change, Operation
from affluent.domain.product import Variant
from affluent.domain.provenance import Provenance
from affluent.domain.selection import Selected
from affluent.domain.variation import ALONE, Kinship
from affluent.listings.origins import condition_origin, identity_origin, kinship_origins


@dataclass(frozen=True)
class Page:
    """The page of Amazon's catalog that a product is offered on, or comes to stand on.

    `candidates` is how many ASINs Amazon has for the barcode, where none was chosen by hand;
    `content` holds the attributes of a new page, `provenance` where each of their values came from,
    and `findings` what keeps them from being whole; `kinship` is its place in a tree of variations.
    `remarks` go into the log of what is sent.
    What may be offered to businesses is known of a new page's product type; on a page that exists,
    the offers' river tells it.
    """

    product_type: str
    requirements: Requirements
    why: str
    asin: str = ""
    candidates: int = 0
    content: Mapping[str, Any] = field(default_factory=dict)
    business: amazon.BusinessSupport = amazon.NO_BUSINESS
    provenance: tuple[Provenance, ...] = ()
    findings: tuple[Finding, ...] = ()
    kinship: Kinship = ALONE
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Terms:
    """What is offered by which profile, and who ships it; Amazon counts what it ships itself.

    `origins` tell where price, quantity and handling time come from.
    """

    offer: Offer
    channel: str
    profile: OfferProfile
    origins: tuple[Provenance, ...] = ()


def put_change(
    selected: Selected, page: Page, terms: Terms, account: str, marketplace_id: str
) -> Change:
    """The planned put of one variant."""
    return Change(
        operation=Operation.PUT_LISTING,
        account=account,
        marketplace_id=marketplace_id,
        key=selected.variant.sku,
        after=_facts(selected, page, terms),
        payload={
            "productType": page.product_type,
            "requirements": page.requirements.value,
            "attributes": _attributes(selected, page, terms, marketplace_id),
        },
        why=f"{selected.selling_list.name}: {page.why}",
        remarks=page.remarks,
        provenance=(*_origins(selected.variant, page), *terms.origins),
    )


def parent_change(selected: Selected, page: Page, account: str, marketplace_id: str) -> Change:
    """The planned put of a variation's parent, which has neither barcode, price nor stock."""
    return Change(
        operation=Operation.PUT_LISTING,
        account=account,
        marketplace_id=marketplace_id,
        key=selected.variant.sku,
        after={
            "name": selected.variant.name,
            "brand": selected.variant.brand,
            "asin": "",
            "product_type": page.product_type,
            "requirements": page.requirements.value,
            "selling_list": selected.selling_list.name,
            **page.kinship.facts(),
        },
        payload={
            "productType": page.product_type,
            "requirements": page.requirements.value,
            "attributes": {**page.content, **page.kinship.attributes(marketplace_id)},
        },
        why=f"{selected.selling_list.name}: {page.why}",
        provenance=(*page.provenance, *kinship_origins(page.kinship, selected.variant)),
    )


def _facts(selected: Selected, page: Page, terms: Terms) -> dict[str, Any]:
    variant = selected.variant
    return {
        "name": variant.name,
        "brand": variant.brand,
        "barcode": variant.barcode,
        "asin": page.asin,
        "candidates": page.candidates,
        **price_facts(page.business.of(terms.offer.price), terms.profile),
        "quantity": terms.offer.quantity,
        **_handling(terms),
        "channel": terms.channel,
        "product_type": page.product_type,
        "requirements": page.requirements.value,
        "selling_list": selected.selling_list.name,
        **page.kinship.facts(),
    }


def _attributes(
    selected: Selected, page: Page, terms: Terms, marketplace_id: str
) -> dict[str, Any]:
    variant = selected.variant
    return {
        **page.content,
        **page.kinship.attributes(marketplace_id),
        **_identity(variant.barcode, page.asin, marketplace_id),
        amazon.CONDITION: amazon.condition_type(variant.condition, marketplace_id),
        **_offer(terms, page, marketplace_id),
        amazon.AVAILABILITY: _availability(terms),
    }


def _origins(variant: Variant, page: Page) -> tuple[Provenance, ...]:
    identity = (identity_origin(variant),) if variant.barcode and not page.asin else ()
    return (
        *page.provenance,
        *kinship_origins(page.kinship, variant),
        *identity,
        condition_origin(variant),
    )


def _offer(terms: Terms, page: Page, marketplace_id: str) -> dict[str, Any]:
    """Nothing where there is no price: such a put is held."""
    offer = amazon.purchasable_offer(page.business.of(terms.offer.price), marketplace_id)
    return {amazon.OFFER: offer} if offer else {}


def _handling(terms: Terms) -> dict[str, int]:
    """The handling time that goes along with a quantity, if the profile has one."""
    days = terms.profile.lead_time_days
    return {} if days is None or terms.offer.quantity is None else {"lead_time_days": days}


def _availability(terms: Terms) -> list[dict[str, Any]]:
    if terms.offer.quantity is None:
        return amazon.kept_by_amazon(terms.channel)
    own = amazon.fulfillment_availability(terms.offer.quantity, terms.profile.lead_time_days)
    is_own = terms.channel == MERCHANT_CHANNEL
    return own if is_own else [*amazon.kept_by_amazon(terms.channel), *own]


def _identity(barcode: str, asin: str, marketplace_id: str) -> dict[str, Any]:
    """What ties the listing to a page of Amazon's catalog: the ASIN, else the barcode."""
    if asin:
        return {amazon.ASIN: amazon.suggested_asin(asin, marketplace_id)}
    if barcode:
        return {amazon.IDENTIFIER: amazon.product_identifier(barcode, marketplace_id)}
    return {}
