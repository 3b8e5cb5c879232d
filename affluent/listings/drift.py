"""Which listings and creation profiles a changed schema breaks, before Amazon refuses them.

A drift is the step from the schema in force to the one that Amazon has announced; where it has
announced none, the step from the version before to the one in force.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from affluent.domain.effect import Effect
from affluent.domain.listing import Definition, Requirements
from affluent.domain.plan import Change, Plan
from affluent.domain.schema_drift import SchemaDrift, schema_changes
from affluent.domain.selection import Selected
from affluent.listings.known import ListingsKnown
from affluent.listings.plan import plan_listings
from affluent.listings.schemas import announced_definition, refresh_definition
from affluent.ports.gate import Gate
from affluent.submissions.context import Sender
from affluent.submissions.watchdog import change_of

#: A product type, and how much of its schema counts.
Kind: TypeAlias = tuple[str, Requirements]

#: So many products of a profile say what it makes.
_PRODUCTS_A_PROFILE: Final = 200


@dataclass(frozen=True)
class InUse:
    """What is judged again: what each listing was last sent, and what each profile would send."""

    contents: Mapping[Kind, Sequence[Change]]
    profiles: Mapping[str, tuple[Kind, Sequence[Change]]]

    @property
    def kinds(self) -> list[Kind]:
        """Every schema that something of ours is judged by."""
        return sorted({*self.contents, *(kind for kind, _ in self.profiles.values())})


def in_use(selected: Sequence[Selected], rules: ListingsKnown, sender: Sender) -> InUse:
    """`rules` holds the merchant's profiles and the schemas of their product types; of listings
    and matches it holds none, so that every product is planned as a new one."""
    with sender.units() as work:
        listings = work.listings.of(sender.account, sender.marketplace_id)
        skus = [one.sku for one in listings if one.status.is_taken]
        sent = work.history.contents(sender.account, sender.marketplace_id, skus)
    contents: dict[Kind, list[Change]] = {}
    for effect in sent:
        contents.setdefault(_kind(effect.payload), []).append(_as_change(effect))
    profiles = {
        name: ((profile.product_type, Requirements.LISTING), _made_by(name, selected, rules))
        for name, profile in rules.creation_profiles.items()
        if profile.creates and profile.product_type not in rules.unusable
    }
    return InUse(contents, profiles)


def find_drifts(used: InUse, gate: Gate, sender: Sender) -> list[SchemaDrift]:
    """Every schema in use that has changed or is going to, with what it breaks; kept as well."""
    drifts = []
    for place, kind in enumerate(used.kinds, start=1):
        if step := _step(kind, sender):
            drifts.append(_drift(*step, used, gate))
        sender.progress.show("schemas checked", place, len(used.kinds))
    with sender.units() as work:
        work.definitions.keep_drifts(sender.account, sender.marketplace_id, drifts)
        work.commit()
    return drifts


def _step(kind: Kind, sender: Sender) -> tuple[Definition, Definition] | None:
    current = refresh_definition(*kind, sender)
    coming = announced_definition(current, sender)
    if coming.checksum != current.checksum:
        return current, coming
    with sender.units() as work:
        before = work.definitions.before(sender.account, current)
    return (before, current) if before else None


def _drift(before: Definition, after: Definition, used: InUse, gate: Gate) -> SchemaDrift:
    kind = (after.product_type, after.requirements)
    broken = _broken(used.contents.get(kind, ()), before, after, gate)
    return SchemaDrift(
        product_type=after.product_type,
        requirements=after.requirements,
        before=before.version,
        after=after.version,
        announced=after.is_announced,
        changes=schema_changes(before.schema, after.schema),
        listings=broken,
        profiles={
            name: _counted(found.values(), len(products))
            for name, (own, products) in used.profiles.items()
            if own == kind and (found := _broken(products, before, after, gate))
        },
    )


def _broken(
    changes: Sequence[Change], before: Definition, after: Definition, gate: Gate
) -> dict[str, tuple[str, ...]]:
    """By SKU, what the new schema finds and the old one did not, in Amazon's words."""
    old, new = (_messages(changes, definition, gate) for definition in (before, after))
    fresh = {sku: tuple(m for m in new[sku] if m not in old.get(sku, ())) for sku in new}
    return {sku: messages for sku, messages in fresh.items() if messages}


def _messages(
    changes: Sequence[Change], definition: Definition, gate: Gate
) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    judged = {change.key: definition for change in changes}
    for finding in gate.check_attributes(Plan(tuple(changes)), judged):
        found.setdefault(finding.key, []).append(finding.message)
    return found


def _counted(found: Iterable[Sequence[str]], products: int) -> tuple[str, ...]:
    counts = Counter(message for messages in found for message in messages)
    return tuple(
        f"{message} ({count} of {products} products)" for message, count in counts.most_common()
    )


def _made_by(name: str, selected: Sequence[Selected], rules: ListingsKnown) -> list[Change]:
    """The puts that one profile would make of the products that it is for."""
    profile = rules.creation_profiles[name]
    alone = replace(rules, creation_profiles={name: profile})
    made = plan_listings(_of_profile(name, selected)[:_PRODUCTS_A_PROFILE], alone).changes
    return [one for one in made if one.after["requirements"] == Requirements.LISTING]


def _of_profile(name: str, selected: Sequence[Selected]) -> list[Selected]:
    return [one for one in selected if name in _profiles_of(one)]


def _profiles_of(selected: Selected) -> list[str | None]:
    """The profiles that its list has for its categories, or for every other one."""
    by_category = selected.selling_list.creation_profiles
    return [by_category.get(category) for category in (*selected.variant.category_ids, 0)]


def _kind(payload: Mapping[str, object]) -> Kind:
    return str(payload["productType"]), Requirements(str(payload["requirements"]))


def _as_change(effect: Effect) -> Change:
    return replace(change_of(effect), why="what was last sent")
