"""What a file would change of what is kept: a pure plan, shown before anything is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic

from affluent.selling.tables.form import SOURCE, Cells, Form, Item, Refusal, Rows


@dataclass(frozen=True)
class ImportPlan(Generic[Item]):
    """What an import writes. `changed` holds before and after; `repeated` counts the rows that say
    once more what another says; of rows that contradict each other none counts."""

    added: tuple[Item, ...]
    changed: tuple[tuple[Item, Item], ...]
    removed: tuple[Item, ...]
    unchanged: int
    repeated: int
    refused: tuple[Refusal, ...]

    @property
    def written(self) -> tuple[Item, ...]:
        """What is saved."""
        return (*self.added, *(after for _, after in self.changed))


def plan_import(
    rows: Rows[Item],
    kept: Sequence[Item],
    form: Form[Item],
    may_remove: Callable[[Item], bool] = lambda _: False,
) -> ImportPlan[Item]:
    """The plan of an import. What `may_remove` names, and the file does not, is removed; not while
    rows are refused: one of them may be what would be removed."""
    given, repeated, contradictions = _settled(rows.items, form)
    refused = sorted([*rows.refused, *contradictions], key=lambda one: one.line)
    known = {form.key(item): item for item in kept}
    pairs = [(known.get(key), item) for key, item in given.items()]
    differing = [
        (before, item)
        for before, item in pairs
        if before is None or _content(before, form) != _content(item, form)
    ]
    return ImportPlan(
        added=tuple(item for before, item in differing if before is None),
        changed=tuple((before, item) for before, item in differing if before is not None),
        removed=()
        if refused
        else tuple(one for key, one in known.items() if key not in given and may_remove(one)),
        unchanged=len(pairs) - len(differing),
        repeated=repeated,
        refused=tuple(refused),
    )


def _settled(
    items: Iterable[tuple[int, Item]], form: Form[Item]
) -> tuple[dict[tuple[str, ...], Item], int, list[Refusal]]:
    """One value a key, how many rows were repetitions, and the rows that contradict each other."""
    rows_by_key: dict[tuple[str, ...], list[tuple[int, Item]]] = defaultdict(list)
    for line, item in items:
        rows_by_key[form.key(item)].append((line, item))
    settled: dict[tuple[str, ...], Item] = {}
    repeated = 0
    refused: list[Refusal] = []
    for key, rows in rows_by_key.items():
        first = rows[0][1]
        if all(_content(item, form) == _content(first, form) for _, item in rows):
            settled[key] = first
            repeated += len(rows) - 1
        else:
            lines = ", ".join(str(line) for line, _ in rows)
            refused += [
                Refusal(
                    line,
                    "",
                    " / ".join(filter(None, key)),
                    f"is given different values in the lines {lines}",
                    "keep the one that is right",
                )
                for line, _ in rows
            ]
    return settled, repeated, refused


def _content(item: Item, form: Form[Item]) -> Cells:
    """What a value says, whoever gave it."""
    return {name: cell for name, cell in form.write(item).items() if name != SOURCE}
