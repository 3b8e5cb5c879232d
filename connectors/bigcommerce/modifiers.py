"""V3 product modifiers -> `Modifier`: what an order line must or may answer.

Product Modifiers V3: https://docs.bigcommerce.com/docs/rest-catalog/product-modifiers
"""

from __future__ import annotations

from affluent.domain.product import Modifier, ModifierChoice
from connectors.bigcommerce.fields import Record, child, records, text, whole


def map_modifier(modifier: Record) -> Modifier:
    """One modifier with its choices; the defaults are those that the storefront preselects."""
    kind = text(modifier, "type")
    config = child(modifier, "config")
    return Modifier(
        modifier_id=whole(modifier, "id") or 0,
        display_name=text(modifier, "display_name"),
        kind=kind,
        required=modifier.get("required") is True,
        choices=tuple(
            ModifierChoice(
                value_id=whole(value, "id") or 0,
                label=text(value, "label"),
                is_default=_is_default(kind, config, value),
            )
            for value in records(modifier, "option_values")
        ),
        default_text=text(config, "default_value") or None,
    )


def _is_default(kind: str, config: Record, value: Record) -> bool:
    """A checkbox says in its config whether it is ticked; every other kind marks the value."""
    checked_by_default = config.get("checked_by_default")
    if kind == "checkbox" and isinstance(checked_by_default, bool):
        return child(value, "value_data").get("checked_value") is checked_by_default
    return value.get("is_default") is True
