"""The store's categories: a tree, kept as rows that name their parents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

_SEPARATOR: Final = " > "


@dataclass(frozen=True, slots=True)
class Category:
    """One category of the store; `parent_id` is 0 at the top of a tree.

    `path` is for a person: the names from the top down (`Garden > Tools > Rakes`), known once
    the whole tree is.
    """

    category_id: int
    parent_id: int
    name: str
    path: str = ""


def with_paths(categories: Iterable[Category]) -> list[Category]:
    """Every category with its path, by id; of several with one id the last counts.

    A category whose parent is not known stands at the top; the path of one that is its own
    ancestor begins where the walk up would meet a category again.
    """
    known = {category.category_id: category for category in categories}
    return [
        replace(known[category_id], path=_SEPARATOR.join(reversed(_names_up(category_id, known))))
        for category_id in sorted(known)
    ]


def _names_up(category_id: int, known: Mapping[int, Category]) -> list[str]:
    names: list[str] = []
    met: set[int] = set()
    while category_id in known and category_id not in met:
        met.add(category_id)
        names.append(known[category_id].name)
        category_id = known[category_id].parent_id
    return names
