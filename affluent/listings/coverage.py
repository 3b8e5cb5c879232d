"""What a creation profile makes of the whole catalog: how many products are whole, and what the
others lack."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from affluent.domain.errors import ConfigurationError
from affluent.domain.issue import Finding, Reason
from affluent.domain.listing import SellingList
from affluent.domain.plan import Plan
from affluent.domain.product import Variant
from affluent.domain.selection import Selected, judge
from affluent.listings.known import ListingsKnown
from affluent.listings.plan import plan_listings
from affluent.ports.gate import Gate

_BATCH: Final = 500
_MOST_EXAMPLES: Final = 3
_MOST_GAPS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is wrong, in Amazon's words or ours, with how many SKUs; a few are named."""

    attribute: str
    message: str
    products: int = 0
    examples: tuple[str, ...] = ()

    def also(self, sku: str) -> Gap:
        """The gap with one more SKU."""
        examples = (*self.examples, sku)[:_MOST_EXAMPLES]
        return replace(self, products=self.products + 1, examples=examples)


@dataclass
class Coverage:
    """How many SKUs were rendered, how many are whole, and the gaps of the others."""

    profile: str
    products: int = 0
    whole: int = 0
    gaps: dict[tuple[str, str], Gap] = field(default_factory=dict)

    def sorted_gaps(self) -> list[Gap]:
        """The gaps, the widest first."""
        return sorted(self.gaps.values(), key=lambda gap: (-gap.products, gap.message))

    def note(self, findings: Sequence[Finding], products: int) -> None:
        """Count a batch. Beyond a thousand different messages, no new one is begun."""
        self.products += products
        self.whole += products - len({one.key for one in findings})
        for one in findings:
            key = (one.field, one.message)
            if key in self.gaps or len(self.gaps) < _MOST_GAPS:
                self.gaps[key] = self.gaps.get(key, Gap(*key)).also(one.key)


def survey(
    name: str, variants: Sequence[Variant], account: str, known: ListingsKnown, gate: Gate
) -> Coverage:
    """Render every variant as new and judge it by Amazon's schema, batch by batch.

    `known` holds the merchant's rules alone. Raises ConfigurationError where the profile's product
    type has no schema.
    """
    profile = known.creation_profiles[name]
    if profile.product_type in known.unusable:
        raise ConfigurationError(
            known.unusable[profile.product_type],
            fix="Correct product_type; `affluent profile suggest` finds the right one.",
        )
    everything = SellingList(
        name, account, known.marketplace.marketplace_id, creation_profiles={0: name}
    )
    offers = {everything.offer_profile: next(iter(known.offer_profiles.values()))}
    creations = {name: replace(profile, creates=True)}
    known = replace(known, offer_profiles=offers, creation_profiles=creations)
    coverage = Coverage(name)
    for start in range(0, len(variants), _BATCH):
        selected = [
            Selected(everything, one, judge(everything, one))
            for one in variants[start : start + _BATCH]
        ]
        coverage.note(_findings(plan_listings(selected, known), known, gate), len(selected))
    return coverage


def _findings(plan: Plan, known: ListingsKnown, gate: Gate) -> list[Finding]:
    """What cannot be filled, and what Amazon's schema says of what was."""
    definitions = {
        change.key: known.definitions[change.after["product_type"]] for change in plan.changes
    }
    unfilled = [one for one in plan.findings if one.reason is Reason.UNFILLED_ATTRIBUTE]
    return [*unfilled, *gate.check_attributes(plan, definitions)]
