"""The gate over a plan of listings: the suite over the batch, then Amazon's schema over each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from affluent.domain.collecting import few_collections
from affluent.domain.listing import Definition, Listing, Requirements
from affluent.domain.offer import OfferProfile
from affluent.domain.plan import Gated, Plan, sift
from affluent.listings.waiting import hold_orphans, is_parent
from affluent.ports.gate import Gate


@few_collections()
def gate_listings(
    plan: Plan,
    gate: Gate,
    profiles: Mapping[str, OfferProfile],
    known: Sequence[Listing],
    definitions: Mapping[tuple[str, Requirements], Definition],
) -> Gated:
    """Hold what is flawed, and the children of a parent that is. Amazon's schema is asked only
    about what the suite let through, which does not judge parents: they have no offer. Last comes
    the breaker over all that is held.

    `profiles` is keyed by selling list, `definitions` by product type and requirements.
    """
    sold = Plan(tuple(change for change in plan.changes if not is_parent(change)))
    by_sku = {change.key: profiles[change.after["selling_list"]] for change in sold.changes}
    found = gate.check_listings(sold, by_sku, live_barcodes(known))
    gated = sift(plan, found)
    if gated.is_stopped:
        return gated
    clean = Plan(gated.passed)
    schemas = {change.key: definitions[definition_of(change.after)] for change in clean.changes}
    found += gate.check_attributes(clean, schemas)
    return hold_orphans(sift(plan, found + gate.check_held(sift(plan, found))), known)


def live_barcodes(known: Sequence[Listing]) -> dict[str, str]:
    """The barcodes that listings carry already, each with its SKU."""
    return {one.barcode: one.sku for one in known if one.barcode and one.status.is_taken}


def definition_of(after: Mapping[str, str]) -> tuple[str, Requirements]:
    """The product type and requirements that a change will be judged by."""
    return after["product_type"], Requirements(after["requirements"])
