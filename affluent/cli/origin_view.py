"""How the origins of sent values look in a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from affluent.cli.views import time_view
from affluent.domain.kept_plan import short
from affluent.domain.planned_field import written_value
from affluent.domain.provenance import Provenance
from affluent.domain.sent_value import SentValue
from affluent.explanations.places import country_of

_MOST_SHOWN: Final = 5


def origins_view(values: Sequence[SentValue]) -> RenderableType:
    """The newest of the values, each with its way from its sources to Amazon."""
    parts: list[RenderableType] = [_value(one) for one in values[:_MOST_SHOWN]]
    if len(values) > _MOST_SHOWN:
        parts.append(Text(f"{len(values) - _MOST_SHOWN} older ones: --json shows them all."))
    return Group(*parts)


def _value(one: SentValue) -> RenderableType:
    place = f"{one.account} {country_of(one.marketplace_id)}"
    facts = {
        "Value": written_value(one.value),
        "Sent": f"{time_view(one.sent_at)} UTC by {one.flow}, {one.operation}: {one.state}",
        "Run": one.run_id,
        "Plan": short(one.plan_hash),
        "Request": one.request_id,
        "Submission": one.reference,
        "Log": "\n".join(one.remarks),
    }
    table = Table.grid(padding=(0, 2))
    for name, value in facts.items():
        if value:
            table.add_row(Text(name, "bold"), Text(value))
    for origin in one.origins:
        table.add_row(Text(origin.path, "bold"), _origin(origin))
    return Group(Text(f"{one.attribute} of {one.key} on {place}", "bold"), table, Text())


def _origin(origin: Provenance) -> Text:
    lines = [f"{origin.source}: {origin.raw}", *(f"→ {step}" for step in origin.steps)]
    if origin.override:
        lines.append(f"given for this SKU: {origin.override}")
    if origin.profile:
        lines.append(f"by profile {origin.profile}, version {origin.version}")
    return Text("\n".join(lines))
