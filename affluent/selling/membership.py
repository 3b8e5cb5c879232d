"""Who enters and who leaves the selling lists of one account and marketplace, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from affluent.domain.listing import Listing, SellingList
from affluent.domain.product import Variant
from affluent.domain.selection import Rule, Verdict, first_to_take, judge


class Step(StrEnum):
    """What becomes of a product in a list."""

    ENTERS = "enters"
    STAYS = "stays"
    LEAVES = "leaves"
    KEPT_OUT = "kept out"


@dataclass(frozen=True, slots=True)
class Membership:
    """A product of the store in one list, and the rule or exception that decided. `sku` is the
    store's."""

    selling_list: str
    sku: str
    name: str
    step: Step
    why: Verdict


def plan_membership(
    lists: Sequence[SellingList], variants: Iterable[Variant], listings: Iterable[Listing]
) -> list[Membership]:
    """Every product that stands in a list of one account and marketplace, should, or is kept out
    by an exception or a condition though a rule could name it.

    `lists` are those of the account and marketplace in their order, `listings` what is listed
    there now. What leaves a list is not ended by that: it is not sent again by the list.
    """
    listed = _lists_by_variant(listings)
    planned = [
        membership
        for variant in variants
        for membership in _of_variant(lists, variant, listed.pop(variant.variant_id, {}))
    ]
    gone = Verdict(False, Rule.GONE)
    return planned + [
        Membership(name, sku, "", Step.LEAVES, gone)
        for lists_of_it in listed.values()
        for name, sku in lists_of_it.items()
    ]


def left_behind(memberships: Iterable[Membership]) -> list[Membership]:
    """Those that leave a list and stand in no other of these."""
    all_of_them = list(memberships)
    kept = standing(all_of_them)
    return [one for one in all_of_them if one.step is Step.LEAVES and one.sku not in kept]


def standing(memberships: Iterable[Membership]) -> frozenset[str]:
    """The store's SKUs that enter a list, or stay in one."""
    return frozenset(one.sku for one in memberships if one.step in (Step.ENTERS, Step.STAYS))


def _lists_by_variant(listings: Iterable[Listing]) -> dict[int, dict[str, str]]:
    """The lists that each variant is listed by now, each with the SKU that it was listed with."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for listing in listings:
        if listing.status.is_taken and listing.selling_list and listing.variant_id is not None:
            found[listing.variant_id][listing.selling_list] = listing.store_sku
    return dict(found)


def _of_variant(
    lists: Sequence[SellingList], variant: Variant, listed: Mapping[str, str]
) -> Iterator[Membership]:
    selected = first_to_take(lists, variant) if variant.is_visible else None
    taken_by = selected.selling_list.name if selected else ""
    if selected is not None:
        step = Step.STAYS if taken_by in listed else Step.ENTERS
        yield Membership(taken_by, variant.sku, variant.name, step, selected.why)
    elif not listed and (kept_out := _kept_out(lists, variant)):
        yield kept_out
    for name in listed:
        if name != taken_by:
            why = _why_not(name, lists, variant, taken_by)
            yield Membership(name, variant.sku, variant.name, Step.LEAVES, why)


def _kept_out(lists: Iterable[SellingList], variant: Variant) -> Membership | None:
    """The first list that has a reason of its own not to take the variant."""
    for one in lists:
        verdict = judge(one, variant)
        if verdict.rule is Rule.NO_RULE:
            continue
        why = Verdict(False, Rule.HIDDEN) if verdict.is_in else verdict
        return Membership(one.name, variant.sku, variant.name, Step.KEPT_OUT, why)
    return None


def _why_not(name: str, lists: Iterable[SellingList], variant: Variant, taken_by: str) -> Verdict:
    found = next((one for one in lists if one.name == name), None)
    if found is None:
        return Verdict(False, Rule.NO_LIST)
    if not variant.is_visible:
        return Verdict(False, Rule.HIDDEN)
    verdict = judge(found, variant)
    return Verdict(False, Rule.EARLIER_LIST, taken_by) if verdict.is_in else verdict
