"""How fresh a listing is: when each step last happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from affluent.domain.effect import EffectState
from affluent.explanations.obstacles import Standing

_HAS_LEFT = (EffectState.ACCEPTED, EffectState.EFFECTIVE, EffectState.IGNORED, EffectState.REFUSED)


@dataclass(frozen=True, slots=True)
class Freshness:
    """None where it never happened, as far as we know.

    `seconds_to_effect` is that of the last effective write, from its recording to its reading back.
    """

    changed_in_store: datetime | None
    planned: datetime | None
    sent: datetime | None
    effective: datetime | None
    seconds_to_effect: float | None
    seen_on_amazon: datetime | None
    changed_on_amazon: datetime | None
    out_of_step_since: datetime | None


def freshness(standing: Standing) -> Freshness:
    """The times of one listing."""
    writes, listing = standing.writes, standing.listing
    effective = max(
        (one for one in writes if one.state is EffectState.EFFECTIVE),
        key=lambda one: one.effect_id,
        default=None,
    )
    left = [one.created_at for one in writes if one.attempts or one.state in _HAS_LEFT]
    return Freshness(
        changed_in_store=standing.variant.modified_at if standing.variant else None,
        planned=max((one.created_at for one in writes), default=None),
        sent=max(left, default=None),
        effective=effective.updated_at if effective else None,
        seconds_to_effect=(effective.updated_at - effective.created_at).total_seconds()
        if effective
        else None,
        seen_on_amazon=listing.updated_at,
        changed_on_amazon=listing.changed_on_amazon_at,
        out_of_step_since=min((one.first_seen for one in standing.differences), default=None),
    )
