"""What should be listed, against what is known to be: a pure plan of puts.

A product that Amazon's catalog knows gets an offer on its ASIN; one that it does not know is
created through the creation profile of its category, or held where there is none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from enum import Enum, auto

from affluent.domain.collecting import few_collections
from affluent.domain.creation_profile import CreationProfile
from affluent.domain.issue import Finding
from affluent.domain.listing import (
    GENERIC_PRODUCT_TYPE,
    MERCHANT_CHANNEL,
    CatalogMatch,
    Listing,
    Requirements,
)
from affluent.domain.offer import (
    Offer,
    OfferProfile,
    QuantityMode,
    allowed_price_notes,
    free_quantity,
    handling_origin,
    kept_origin,
    offered_price,
    offered_quantity,
    price_findings,
    price_origin,
    quantity_origin,
)
from affluent.domain.offer.override import NO_OVERRIDE, OfferOverride
from affluent.domain.plan import Change, Plan
from affluent.domain.price_list import at_list_price
from affluent.domain.product import Variant
from affluent.domain.provenance import Provenance
from affluent.domain.selection import Selected
from affluent.domain.variation import Parentage
from affluent.listings.creating import new_page
from affluent.listings.families import Family, FamilyRules, Member, make_families
from affluent.listings.known import ListingsKnown
from affluent.listings.likeness import likeness_findings, likeness_notes
from affluent.listings.origins import asin_origin, left_alone
from affluent.listings.put import Page, Terms, parent_change, put_change
from affluent.listings.relisting import deleted_lately
from affluent.listings.standing import content_fingerprint, is_tied, sold_as_another_sku, stands


@few_collections()
def plan_listings(
    selected: Sequence[Selected], known: ListingsKnown, *, again: bool = False
) -> Plan:
    """One put for each selected variant that is not on Amazon as it should be.

    What Amazon refused is planned once it has changed, or if it is asked for `again`.
    """
    members, left = _sort_out(selected, known)
    families = make_families(members, _family_rules(selected, known))
    puts = [*_parents(families, known), *_offers(members, families, known)]
    ready = [
        (change, terms)
        for change, terms in puts
        if not stands(_sent(change.key, known), content_fingerprint(change), again)
    ]
    changes = [change for change, _ in ready]
    prices = {change.key: terms.offer.price for change, terms in ready if terms is not None}
    found = [*_page_findings(members), *_doubts(members, prices, known)]
    findings = (
        *deleted_lately((change.key for change in changes), known.not_before),
        *(one for family in families for one in family.findings),
        *found,
        *price_findings(prices),
    )
    notes = (*_notes(left), *allowed_price_notes(prices.values()), *likeness_notes(found))
    unchanged = left[_Left.SOLD_AS_ANOTHER] + len(puts) - len(ready)
    return Plan(tuple(changes), unchanged, notes, findings)


class _Left(Enum):
    """Why a selected variant is not planned at all."""

    ENDED = auto()
    ON_AMAZON = auto()
    SOLD_AS_ANOTHER = auto()


def _sort_out(
    selected: Sequence[Selected], known: ListingsKnown
) -> tuple[list[Member], Counter[_Left]]:
    """What is to be listed, each with its page, and how many are not."""
    members: list[Member] = []
    left: Counter[_Left] = Counter()
    elsewhere = sold_as_another_sku(known.listings.values())
    for one in _at_list_prices(selected, known):
        is_new = _taken(one.variant, known) is None
        if is_new and known.has_ended(one.variant.sku):
            left[_Left.ENDED] += 1
        elif is_new and one.variant.sku in known.on_amazon:
            left[_Left.ON_AMAZON] += 1
        elif is_new and one.variant.variant_id in elsewhere:
            left[_Left.SOLD_AS_ANOTHER] += 1
        else:
            members.append(Member(one, _page(one, known)))
    return members, left


def _notes(left: Counter[_Left]) -> Iterator[str]:
    if ended := left[_Left.ENDED]:
        yield f"{ended} SKUs were ended here: affluent relist offers them again."
    if already := left[_Left.ON_AMAZON]:
        yield f"{already} SKUs were on Amazon before: link_inventory links them."


def _page_findings(members: Iterable[Member]) -> Iterator[Finding]:
    return (finding for one in members for finding in one.page.findings)


def _doubts(
    members: Iterable[Member], planned: Collection[str], known: ListingsKnown
) -> Iterator[Finding]:
    """What speaks against the pages on which something is offered now."""
    for one in members:
        if one.selected.variant.sku in planned:
            yield from _unlike(one.selected, known)


def _taken(variant: Variant, known: ListingsKnown) -> Listing | None:
    """The listing of the variant's own SKU, if that was sent or linked."""
    return _sent(variant.sku, known)


def _sent(sku: str, known: ListingsKnown) -> Listing | None:
    listing = known.listings.get(sku)
    return listing if listing is not None and listing.status.is_taken else None


def _family_rules(selected: Sequence[Selected], known: ListingsKnown) -> FamilyRules:
    others = (one for one in known.listings.values() if one.status.is_taken)
    not_parents = {one.sku for one in others if one.kinship.parentage is not Parentage.PARENT}
    own = {one.sku for one in known.listings.values()}
    return FamilyRules(
        listings=known.listings,
        taken=not_parents | {one.variant.sku for one in selected} | (known.on_amazon - own),
        definitions=known.definitions,
        page_of=lambda one: _page(one, known),
    )


def _parents(families: Sequence[Family], known: ListingsKnown) -> list[tuple[Change, None]]:
    """A put for each family's parent; nothing is offered on it."""
    place = (known.account, known.marketplace.marketplace_id)
    parents = [one.parent for one in families if one.parent is not None]
    return [(parent_change(one.selected, one.page, *place), None) for one in parents]


def _offers(
    members: Sequence[Member], families: Sequence[Family], known: ListingsKnown
) -> list[tuple[Change, Terms]]:
    """A put for each variant, with its place in its family, if it has one."""
    place = (known.account, known.marketplace.marketplace_id)
    kin = {one.selected.variant.sku: one.page for family in families for one in family.members}
    offers = []
    for one in members:
        terms = _terms(one.selected, known)
        page = kin.get(one.selected.variant.sku, one.page)
        offers.append((put_change(one.selected, page, terms, *place), terms))
    return offers


def _page(selected: Selected, known: ListingsKnown) -> Page:
    variant = selected.variant
    matches = _matches(variant, known)
    chosen = selected.selling_list.asins.get(variant.sku, "")
    asin = chosen or (matches[0].asin if len(matches) == 1 else "")
    profile = _creation_profile(selected, known)
    if asin or matches or profile is None:
        listing = _taken(variant, known)
        origin = asin_origin(variant, given=chosen, is_tied=is_tied(listing, variant))
        return Page(
            product_type=(matches[0].product_type if matches else "") or GENERIC_PRODUCT_TYPE,
            requirements=Requirements.LISTING_OFFER_ONLY,
            why=f"Amazon's catalog has it as {asin}" if asin else "Amazon's catalog has no match",
            asin=asin,
            candidates=0 if chosen else len(matches),
            provenance=(origin,) if asin else (),
            remarks=(left_alone(profile),) if listing is None else (),
        )
    renderer = known.renderers.get(profile.name)
    return new_page(variant, profile, renderer, known.unusable.get(profile.product_type, ""))


def _matches(variant: Variant, known: ListingsKnown) -> tuple[CatalogMatch, ...]:
    """What Amazon's catalog has for the variant; what is tied already stays so."""
    listing = _taken(variant, known)
    if listing is None or not is_tied(listing, variant):
        found = known.matches.get(variant.barcode, ())
        return tuple(sorted(found, key=lambda match: match.asin))
    if listing.created_by_us:
        return ()
    tied = CatalogMatch(
        variant.barcode, listing.asin, listing.product_type, variant.brand, variant.name
    )
    return (tied,)


def _unlike(selected: Selected, known: ListingsKnown) -> tuple[Finding, ...]:
    """What speaks against the one page that was found; one that a person chose is not doubted."""
    matches = _matches(selected.variant, known)
    if selected.selling_list.asins.get(selected.variant.sku) or len(matches) != 1:
        return ()
    return likeness_findings(selected.variant, matches[0], known.match_check)


def _creation_profile(selected: Selected, known: ListingsKnown) -> CreationProfile | None:
    by_category = selected.selling_list.creation_profiles
    names = [by_category[one] for one in selected.variant.category_ids if one in by_category]
    name = names[0] if names else by_category.get(0, "")
    profile = known.creation_profiles.get(name)
    return profile if profile is not None and profile.creates else None


def _at_list_prices(selected: Iterable[Selected], known: ListingsKnown) -> Iterator[Selected]:
    for one in selected:
        yield replace(one, variant=at_list_price(one.variant, known.prices))


def _terms(selected: Selected, known: ListingsKnown) -> Terms:
    variant = selected.variant
    profile = known.offer_profiles[selected.selling_list.offer_profile]
    override = known.overrides.get((selected.selling_list.name, variant.sku), NO_OVERRIDE)
    price = offered_price(profile, variant, known.marketplace, override)
    quantity, stock = _quantity(variant, profile, override, known)
    origins = [price_origin(price, variant, profile, override), *stock]
    own = profile
    if override.lead_time_days is not None:
        own = replace(profile, lead_time_days=override.lead_time_days)
    if quantity is not None and own.lead_time_days is not None:
        origins.append(handling_origin(profile, override))
    listing = _taken(variant, known)
    return Terms(
        offer=Offer(price, quantity),
        channel=listing.channel if listing else MERCHANT_CHANNEL,
        profile=own,
        origins=tuple(origins),
    )


def _quantity(
    variant: Variant, profile: OfferProfile, override: OfferOverride, known: ListingsKnown
) -> tuple[int | None, tuple[Provenance, ...]]:
    """A put replaces the listing whole: a single unit that was sold must not come back with it."""
    listing = _taken(variant, known)
    if listing is not None and not profile.offers_own_units(listing):
        return None, ()
    is_single = profile.quantity_mode is QuantityMode.SINGLE and override.quantity is None
    if is_single and listing is not None and listing.quantity is not None:
        return listing.quantity, (kept_origin(listing.quantity),)
    reserved = known.reserved.get(variant.sku, 0)
    free = free_quantity(variant.quantity, reserved)
    origin = quantity_origin(variant.quantity, reserved, profile, override)
    return offered_quantity(profile, free, override), (origin,)
