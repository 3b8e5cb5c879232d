"""Products with several variants, as the trees that Amazon makes of them. Pure.

The variants of one product that a list creates are a family; its parent is a listing of its own
that nobody can buy. What Amazon's catalog knows already stays on the pages that it has there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Final

from affluent.domain.issue import Finding, Reason
from affluent.domain.listing import Definition, Listing, Requirements
from affluent.domain.product import Variant
from affluent.domain.selection import Selected
from affluent.domain.variation import THEME, Kinship, Parentage
from affluent.listings.put import Page
from affluent.listings.themes import (
    allowed_themes,
    attributes_that_follow,
    fitting_theme,
    theme_attributes,
    varying_options,
)

#: So many themes are named in a message.
_MOST_NAMED: Final = 12


@dataclass(frozen=True)
class Member:
    """A variant, and the page that it would come to stand on."""

    selected: Selected
    page: Page


@dataclass(frozen=True)
class Family:
    """The variants of one product under one parent. Where `findings` say why, nothing of it, or
    not the child that they name, can be sent."""

    parent: Member | None
    members: tuple[Member, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class FamilyRules:
    """What families follow from: `listings` by SKU, `taken` SKUs that are no parents of ours,
    `definitions` by product type, and how the page of a parent is described."""

    listings: Mapping[str, Listing]
    taken: AbstractSet[str]
    definitions: Mapping[str, Definition]
    page_of: Callable[[Selected], Page]


def make_families(members: Iterable[Member], rules: FamilyRules) -> list[Family]:
    """The families among what is to be listed; what stands alone is in none."""
    by_product: dict[tuple[str, int, str], list[Member]] = {}
    for one in members:
        if one.selected.selling_list.variations and _is_created(one.page, rules):
            variant = one.selected.variant
            key = (one.selected.selling_list.name, variant.product_id, one.page.product_type)
            by_product.setdefault(key, []).append(one)
    return [
        _family(sorted(family, key=_variant_id), rules)
        for family in by_product.values()
        if len(family) > 1 or _known_parent(family, rules)
    ]


def parent_sku_of(variants: Iterable[Variant]) -> str:
    """The SKU that a parent gets: that of the product's oldest variant, with an ending."""
    return f"{min(variants, key=lambda one: one.variant_id).sku}-parent"


def possible_parents(selected: Iterable[Selected]) -> list[str]:
    """The SKUs that the parents of all families could get."""
    by_product: dict[tuple[str, int], list[Variant]] = {}
    for one in selected:
        if one.selling_list.variations:
            key = (one.selling_list.name, one.variant.product_id)
            by_product.setdefault(key, []).append(one.variant)
    return [parent_sku_of(variants) for variants in by_product.values() if len(variants) > 1]


def _family(members: Sequence[Member], rules: FamilyRules) -> Family:
    schema = rules.definitions[members[0].page.product_type].schema
    options = [one.selected.variant.options for one in members]
    theme = _known_theme(members, rules) or fitting_theme(
        schema, options, [one.page.content for one in members]
    )
    if not theme:
        return _held(members, Reason.NO_THEME, _no_theme(members, schema), THEME)
    sku = _known_parent(members, rules) or parent_sku_of(one.selected.variant for one in members)
    if sku in rules.taken:
        words = f"The SKU {sku}, which its parent would get, stands for something else already."
        return _held(members, Reason.PARENT_SKU_TAKEN, words, "sku")
    kinship = Kinship(Parentage.CHILD, sku, theme)
    children = [replace(one, page=replace(one.page, kinship=kinship)) for one in members]
    varied = theme_attributes(theme, schema)
    parent = _parent(sku, theme, varied, members[0], rules)
    return Family(parent, tuple(children), (*parent.page.findings, *_alike(members)))


def _parent(
    sku: str, theme: str, varied: Sequence[str], first: Member, rules: FamilyRules
) -> Member:
    """Described as the product is, without what its children vary by."""
    variant = replace(
        first.selected.variant,
        sku=sku,
        name=first.selected.variant.product_name,
        barcode="",
        options={},
    )
    selected = replace(first.selected, variant=variant)
    page = rules.page_of(selected)
    return Member(
        selected,
        replace(
            page,
            content={name: value for name, value in page.content.items() if name not in varied},
            provenance=tuple(one for one in page.provenance if one.attribute not in varied),
            findings=tuple(one for one in page.findings if _attribute(one.field) not in varied),
            why=f"the parent of what varies by {theme}",
            kinship=Kinship(Parentage.PARENT, theme=theme),
        ),
    )


def _attribute(path: str) -> str:
    return path.partition(".")[0]


def _known_parent(members: Sequence[Member], rules: FamilyRules) -> str:
    """The parent that a member has on Amazon: it stays, whatever variant is the oldest."""
    for one in members:
        listing = rules.listings.get(one.selected.variant.sku)
        if listing is not None and listing.status.is_taken and listing.kinship.parent_sku:
            return listing.kinship.parent_sku
    return ""


def _known_theme(members: Sequence[Member], rules: FamilyRules) -> str:
    """The theme that the family stands by on Amazon, as long as it is allowed and all have what it
    varies by."""
    schema = rules.definitions[members[0].page.product_type].schema
    for one in members:
        listing = rules.listings.get(one.selected.variant.sku)
        theme = listing.kinship.theme if listing is not None and listing.status.is_taken else ""
        varied = theme_attributes(theme, schema) if theme in allowed_themes(schema) else ()
        if varied and _differ(members, varied):
            return theme
    return ""


def _differ(members: Sequence[Member], varied: Sequence[str]) -> bool:
    """Whether all have these attributes, and no two of other options the same ones."""
    contents = [one.page.content for one in members]
    if not all(name in content for name in varied for content in contents):
        return False
    options = {tuple(sorted(one.selected.variant.options.items())) for one in members}
    values = {json.dumps([content[name] for name in varied]) for content in contents}
    return len(values) == len(options)


def _alike(members: Sequence[Member]) -> tuple[Finding, ...]:
    """A finding for each child that has the options of an earlier one."""
    names = varying_options([one.selected.variant.options for one in members])
    first: dict[tuple[str, ...], str] = {}
    found = []
    for one in members:
        variant = one.selected.variant
        labels = tuple(variant.options.get(name, "") for name in names)
        earlier = first.setdefault(labels, variant.sku)
        if earlier != variant.sku:
            words = f"It has the same options as {earlier}: {' / '.join(labels)}."
            found.append(Finding(variant.sku, Reason.SAME_VARIATION, words, "options"))
    return tuple(found)


def _held(members: Sequence[Member], reason: Reason, words: str, field: str) -> Family:
    findings = [Finding(one.selected.variant.sku, reason, words, field) for one in members]
    return Family(None, tuple(members), tuple(findings))


def _no_theme(members: Sequence[Member], schema: Mapping[str, object]) -> str:
    """Which options vary, what the profile fills from each, and which themes there are."""
    options = [one.selected.variant.options for one in members]
    contents = [one.page.content for one in members]
    varying = varying_options(options)
    if not varying:
        return "The product's variants differ by no option, so that no variation theme fits them."
    followers = "; ".join(
        f"{name} fills {', '.join(attributes_that_follow(name, options, contents)) or 'nothing'}"
        for name in varying
    )
    themes = allowed_themes(schema)
    more = f" and {len(themes) - _MOST_NAMED} more" if len(themes) > _MOST_NAMED else ""
    return (
        f"No variation theme of {members[0].page.product_type} fits the options"
        f" {', '.join(varying)} ({followers}). Allowed are"
        f" {', '.join(themes[:_MOST_NAMED]) or 'none'}{more}."
    )


def _is_created(page: Page, rules: FamilyRules) -> bool:
    """Whether it is a new page, of a product type whose schema is known."""
    return page.requirements is Requirements.LISTING and page.product_type in rules.definitions


def _variant_id(member: Member) -> int:
    return member.selected.variant.variant_id
