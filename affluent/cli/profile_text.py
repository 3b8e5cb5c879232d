"""How a first creation profile is written down: YAML that loads as it is, with Amazon's words."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Iterator
from typing import Final

from affluent.domain.creation_profile import MOST_IMAGES
from affluent.listings.outline import Outline, OutlinedRule

_INDENT: Final = " " * 6
_MOST_ALLOWED: Final = 12


def profile_text(product_type: str, outlined: Outline) -> str:
    """A section creation_profiles with one profile, named after its product type."""
    lines = [
        "creation_profiles:",
        f"  {json.dumps(product_type.lower())}:",
        f"    product_type: {json.dumps(product_type)}",
        "    create: true",
        f"    images: {MOST_IMAGES}",
        "    attributes:",
        *_group("Always required.", outlined.required),
        *_group("Required in certain cases, which Amazon's schema tells.", outlined.conditional),
    ]
    if not outlined.required and not outlined.conditional:
        lines[-3] = "    attributes: {}"
    return "\n".join(lines) + "\n"


def _group(title: str, rules: Iterable[OutlinedRule]) -> Iterator[str]:
    yield f"{_INDENT}# {title}"
    for rule in rules:
        yield from _comment(f"{rule.title}. {rule.description}")
        if rule.allowed:
            more = ", ..." if len(rule.allowed) > _MOST_ALLOWED else ""
            yield from _comment(f"Allowed: {', '.join(rule.allowed[:_MOST_ALLOWED])}{more}")
        yield f"{_INDENT}{json.dumps(rule.path)}: {_rule(rule)}"


def _comment(text: str) -> Iterator[str]:
    """Comment lines; Amazon's text may hold breaks, which would end a comment."""
    for line in textwrap.wrap(" ".join(text.split()), 90):
        yield f"{_INDENT}# {line}"


def _rule(rule: OutlinedRule) -> str:
    if rule.source is None:
        return "{leave_out: true}  # to be filled"
    key, name = rule.source
    return f"{{{key}: {json.dumps(name, ensure_ascii=False)}}}"
