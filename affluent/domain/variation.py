"""Amazon's variation trees: a parent that nobody can buy, and the children that vary by a theme.

Source: the product-type definitions' parentage_level, child_parent_sku_relationship and
variation_theme, and the conditions that they put on each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

PARENTAGE: Final = "parentage_level"
RELATIONSHIP: Final = "child_parent_sku_relationship"
THEME: Final = "variation_theme"
#: What ties a listing into a tree; Amazon asks not to be sent again what stands.
RELATIONSHIP_ATTRIBUTES: Final = frozenset({PARENTAGE, RELATIONSHIP, THEME})


class Parentage(StrEnum):
    """Amazon's levels of a tree; what is in none stands alone."""

    ALONE = ""
    PARENT = "parent"
    CHILD = "child"


@dataclass(frozen=True, slots=True)
class Kinship:
    """A listing's place in a tree. `parent_sku` is set for children alone."""

    parentage: Parentage = Parentage.ALONE
    parent_sku: str = ""
    theme: str = ""

    def facts(self) -> dict[str, str]:
        """What a person reads of it; nothing of what stands alone."""
        if self.parentage is Parentage.ALONE:
            return {}
        facts = {"parentage": self.parentage.value, "theme": self.theme}
        return facts | ({"parent_sku": self.parent_sku} if self.parent_sku else {})

    def __str__(self) -> str:
        match self.parentage:
            case Parentage.ALONE:
                return "none"
            case Parentage.PARENT:
                return f"parent by {self.theme}"
            case Parentage.CHILD:
                return f"child of {self.parent_sku} by {self.theme}"

    def attributes(self, marketplace_id: str) -> dict[str, list[dict[str, Any]]]:
        """How Amazon is told."""
        if self.parentage is Parentage.ALONE:
            return {}
        place = {"marketplace_id": marketplace_id}
        parent = {"parent_sku": self.parent_sku} if self.parent_sku else {}
        return {
            PARENTAGE: [{"value": self.parentage.value, **place}],
            RELATIONSHIP: [{"child_relationship_type": "variation", **parent, **place}],
            THEME: [{"name": self.theme}],
        }


ALONE: Final = Kinship()


def kinship_of(facts: Any) -> Kinship:
    """The place that a change's facts tell of."""
    return Kinship(
        Parentage(facts.get("parentage", "")), facts.get("parent_sku", ""), facts.get("theme", "")
    )
