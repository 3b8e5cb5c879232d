"""Which variants stand in which selling list, and by which rule."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

from affluent.domain.inventory import StoreSku
from affluent.domain.listing import SellingList
from affluent.domain.product import Variant

#: What a list's rules judge.
Sellable: TypeAlias = Variant | StoreSku


class Rule(StrEnum):
    """What decided about a variant: a rule of a list by its key in the settings, or a fact."""

    SKUS = "skus"
    CATEGORIES = "categories"
    BRANDS = "brands"
    CUSTOM_FIELDS = "custom_fields"
    EVERYTHING = "everything"
    PRICE = "price"
    IN_STOCK_ONLY = "in_stock_only"
    EXCLUDE_SKUS = "exclude_skus"
    EXCLUDE_CATEGORIES = "exclude_categories"
    EXCLUDE_BRANDS = "exclude_brands"
    EXCLUDE_PRICE = "exclude_price"
    NO_RULE = "no_rule"
    EARLIER_LIST = "earlier_list"
    HIDDEN = "hidden"
    GONE = "gone"
    NO_LIST = "no_list"


_SENTENCES = {
    Rule.SKUS: "the list names its SKU",
    Rule.CATEGORIES: "its category {} is in the list",
    Rule.BRANDS: "its brand {} is in the list",
    Rule.CUSTOM_FIELDS: "its custom field {} is in the list",
    Rule.EVERYTHING: "the list takes in every product",
    Rule.PRICE: "its price {}",
    Rule.IN_STOCK_ONLY: "it is out of stock, and the list takes in what is in stock only",
    Rule.EXCLUDE_SKUS: "the list excludes its SKU",
    Rule.EXCLUDE_CATEGORIES: "the list excludes its category {}",
    Rule.EXCLUDE_BRANDS: "the list excludes its brand {}",
    Rule.EXCLUDE_PRICE: "the list excludes its price {}",
    Rule.NO_RULE: "no rule of the list names it",
    Rule.EARLIER_LIST: "the list {} stands before and takes it",
    Rule.HIDDEN: "the store does not show it",
    Rule.GONE: "the store's catalog has no such product any more",
    Rule.NO_LIST: "the settings have no such list for this account and marketplace any more",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a variant is in a list, and what decided so: `value` is what the rule met."""

    is_in: bool
    rule: Rule
    value: str = ""

    def __str__(self) -> str:
        return _SENTENCES[self.rule].format(self.value)


@dataclass(frozen=True, slots=True)
class Selected:
    """One variant in the list that sells it, and the rule that took it in."""

    selling_list: SellingList
    variant: Variant
    why: Verdict


def judge(selling_list: SellingList, variant: Sellable) -> Verdict:
    """Whether the list's rules take the variant in: exceptions first, then what is named one by
    one, then the other rules as far as price and stock allow."""
    if excluded := _exception(selling_list, variant):
        return excluded
    if variant.sku in selling_list.skus:
        return Verdict(True, Rule.SKUS)
    named = _naming(selling_list, variant)
    return _condition(selling_list, variant) or named if named.is_in else named


def select(lists: Sequence[SellingList], variants: Iterable[Variant]) -> list[Selected]:
    """Every visible variant with the first list that takes it in, in the variants' order.

    A SKU is sold once per account and marketplace: later lists that name it too do not count.
    """
    chosen = (first_to_take(lists, variant) for variant in variants if variant.is_visible)
    return [selected for selected in chosen if selected is not None]


def first_list(lists: Iterable[SellingList], variant: Sellable) -> SellingList | None:
    """The list that sells a variant: the first that takes it in; none sells what is hidden."""
    if not variant.is_visible:
        return None
    return next((one for one in lists if judge(one, variant).is_in), None)


def first_to_take(lists: Iterable[SellingList], variant: Variant) -> Selected | None:
    """The variant in the first list that takes it in, if any does."""
    for one in lists:
        verdict = judge(one, variant)
        if verdict.is_in:
            return Selected(one, variant, verdict)
    return None


def with_subcategories(
    selling_list: SellingList, below: Callable[[Collection[int]], frozenset[int]]
) -> SellingList:
    """The list with each of its categories standing for all that lie below, where it wants so.

    `below` answers categories with their children. A creation profile holds for what lies below
    its category, too; of several, that of the nearest.
    """
    if not selling_list.include_subcategories:
        return selling_list
    profiles = selling_list.creation_profiles
    branches = {category: below([category]) for category in profiles if category}
    farthest_first = sorted(branches, key=lambda one: (-len(branches[one]), one))
    inherited = {one: profiles[top] for top in farthest_first for one in branches[top]}
    return replace(
        selling_list,
        category_ids=below(selling_list.category_ids),
        excluded_category_ids=below(selling_list.excluded_category_ids),
        creation_profiles={**inherited, **profiles},
    )


def _exception(selling_list: SellingList, variant: Sellable) -> Verdict | None:
    if variant.sku in selling_list.excluded_skus:
        return Verdict(False, Rule.EXCLUDE_SKUS)
    for category in variant.category_ids:
        if category in selling_list.excluded_category_ids:
            return Verdict(False, Rule.EXCLUDE_CATEGORIES, str(category))
    if variant.brand in selling_list.excluded_brands:
        return Verdict(False, Rule.EXCLUDE_BRANDS, variant.brand)
    span = selling_list.excluded_prices
    if span and span.holds(variant.price.amount):
        return Verdict(False, Rule.EXCLUDE_PRICE, f"{variant.price}, {span}")
    return None


def _naming(selling_list: SellingList, variant: Sellable) -> Verdict:
    for category in variant.category_ids:
        if category in selling_list.category_ids:
            return Verdict(True, Rule.CATEGORIES, str(category))
    if variant.brand in selling_list.brands:
        return Verdict(True, Rule.BRANDS, variant.brand)
    for name, values in sorted(selling_list.custom_fields.items()):
        value = variant.custom_fields.get(name)
        if value is not None and value in values:
            return Verdict(True, Rule.CUSTOM_FIELDS, f"{name} = {value}")
    if selling_list.names_nothing:
        return Verdict(True, Rule.EVERYTHING)
    return Verdict(False, Rule.NO_RULE)


def _condition(selling_list: SellingList, variant: Sellable) -> Verdict | None:
    """What keeps a variant out though a rule names it."""
    if not selling_list.prices.holds(variant.price.amount):
        value = f"{variant.price} is not {selling_list.prices}"
        return Verdict(False, Rule.PRICE, value)
    if selling_list.in_stock_only and variant.quantity is not None and variant.quantity <= 0:
        return Verdict(False, Rule.IN_STOCK_ONLY)
    return None
