"""Amazon's schemas, from our own store while fresh: their text comes only when it changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from affluent.domain.creation_profile import CreationProfile
from affluent.domain.errors import MalformedAnswer, Refused
from affluent.domain.issue import Weight
from affluent.domain.listing import Definition, Requirements
from affluent.domain.plan import Plan
from affluent.listings.gate import definition_of
from affluent.submissions.context import Sender

#: Amazon changes many product types about once a month.
_DEFINITION_LIFE: Final = timedelta(hours=24)


def definitions_for(plan: Plan, sender: Sender) -> dict[tuple[str, Requirements], Definition]:
    """Every schema that the plan's items will be judged by; what is held already needs none."""
    held = {finding.key for finding in plan.findings if finding.weight is Weight.HOLD}
    wanted = sorted({definition_of(one.after) for one in plan.changes if one.key not in held})
    return {key: fetch_definition(*key, sender) for key in wanted}


def creation_definitions(
    profiles: Mapping[str, CreationProfile], sender: Sender
) -> tuple[dict[str, Definition], dict[str, str]]:
    """The schemas of new products, by product type; and why there is none of the others, so that
    one mistyped product type holds its own items alone."""
    definitions: dict[str, Definition] = {}
    unusable: dict[str, str] = {}
    for name in sorted({profile.product_type for profile in profiles.values()}):
        try:
            definitions[name] = fetch_definition(name, Requirements.LISTING, sender)
        except (Refused, MalformedAnswer) as error:
            unusable[name] = str(error)
    return definitions, unusable


def fetch_definition(product_type: str, requirements: Requirements, sender: Sender) -> Definition:
    """A product type's schema, not older than a day."""
    with sender.units() as work:
        kept = work.definitions.get(
            sender.account, sender.marketplace_id, product_type, requirements
        )
    if kept is not None and sender.clock.now() - kept[1] < _DEFINITION_LIFE:
        return kept[0]
    return refresh_definition(product_type, requirements, sender)


def refresh_definition(product_type: str, requirements: Requirements, sender: Sender) -> Definition:
    """The schema that is in force now: one call, and its text if that is another one."""
    place = (sender.account, sender.marketplace_id, product_type, requirements)
    with sender.units() as work:
        kept = work.definitions.get(*place)
    definition = sender.amazon.product_types.definition(
        sender.marketplace_id, product_type, requirements, known=kept[0] if kept else None
    )
    with sender.units() as work:
        work.definitions.save(sender.account, definition, sender.clock.now())
        work.commit()
    return definition


def announced_definition(current: Definition, sender: Sender) -> Definition:
    """The version that Amazon has announced; the current one where there is none."""
    return sender.amazon.product_types.definition(
        sender.marketplace_id,
        current.product_type,
        current.requirements,
        known=current,
        announced=True,
    )
