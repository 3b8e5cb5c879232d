"""The form of a file: its columns by any of their names, and cells that are refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from affluent.domain.errors import ConfigurationError
from affluent.spreadsheets.reading import Line, read_sheet
from affluent.spreadsheets.writing import written_table

Item = TypeVar("Item")

SOURCE: Final = "source"


@dataclass(frozen=True, slots=True)
class Column:
    """A column by our name for it; of the names that others give it, the earlier count first."""

    name: str
    others: tuple[str, ...] = ()
    required: bool = True

    def rank(self, title: str) -> int | None:
        """How well a column's title names it, 0 best; None where it does not."""
        names = [_plain(one) for one in (self.name, *self.others)]
        plain = _plain(title)
        return names.index(plain) if plain in names else None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A cell that cannot be taken as it is; its row is left out."""

    line: int
    column: str
    value: str
    problem: str
    fix: str


class CellRefused(Exception):
    """Raised while a row is read; it becomes the row's Refusal."""

    def __init__(self, column: str, value: str, problem: str, fix: str) -> None:
        super().__init__(problem)
        self.column = column
        self.value = value
        self.problem = problem
        self.fix = fix


Cells = Mapping[str, str]


@dataclass(frozen=True)
class Form(Generic[Item]):
    """How one kind of value stands in a file.

    `unnamed` are the columns of a file without a line of names, if such a file can be read.
    `read` makes a value of a row's cells, by our names of the columns, or raises CellRefused;
    `write` makes the cells again, `key` tells what a value is for.
    """

    columns: tuple[Column, ...]
    read: Callable[[Cells], Item]
    write: Callable[[Item], Cells]
    key: Callable[[Item], tuple[str, ...]]
    unnamed: tuple[str, ...] = ()

    @property
    def header(self) -> tuple[str, ...]:
        """The names of all columns, in the order in which they are written."""
        return tuple(column.name for column in self.columns)


@dataclass(frozen=True)
class Rows(Generic[Item]):
    """What a file holds: its values by line, what was refused, and how it was written."""

    items: tuple[tuple[int, Item], ...]
    refused: tuple[Refusal, ...]
    columns: tuple[str, ...]
    unused: tuple[str, ...]
    encoding: str
    separator: str


def read_rows(content: bytes, form: Form[Item]) -> Rows[Item]:
    """The values of a file. Raises ConfigurationError where it is no such table at all."""
    width = len(form.unnamed)
    sheet = read_sheet(content, lambda title: _named(title, form) is not None, width)
    if not sheet.lines:
        raise ConfigurationError(
            "The file is empty.", fix=f"It needs the columns {', '.join(_required(form))}."
        )
    places, has_names = _places(sheet.lines[0], form)
    items: list[tuple[int, Item]] = []
    refused: list[Refusal] = []
    for line in sheet.lines[has_names:]:
        try:
            items.append((line.number, form.read(_cells(line, places, sheet.lines[0]))))
        except CellRefused as one:
            refused.append(Refusal(line.number, one.column, one.value, one.problem, one.fix))
    used = set(places.values())
    titles = sheet.lines[0].cells if has_names else ()
    return Rows(
        items=tuple(items),
        refused=tuple(refused),
        columns=tuple(places),
        unused=tuple(title for place, title in enumerate(titles) if place not in used and title),
        encoding=sheet.encoding,
        separator=sheet.separator,
    )


def written_rows(items: Iterable[Item], form: Form[Item]) -> bytes:
    """The file of these values, which `read_rows` reads without loss."""
    cells = map(form.write, items)
    return written_table(form.header, ([one[name] for name in form.header] for one in cells))


def _cells(line: Line, places: Mapping[str, int], first: Line) -> dict[str, str]:
    if any(line.cells[len(first.cells) :]):
        raise CellRefused(
            "",
            line.cells[-1],
            "the row has more cells than the first line",
            "put a cell that holds the separator into quotes",
        )
    return {
        name: line.cells[place] if place < len(line.cells) else "" for name, place in places.items()
    }


def _places(first: Line, form: Form[Item]) -> tuple[dict[str, int], bool]:
    """Where each column stands, and whether the first line names them."""
    titles = first.cells
    ranked = {
        column.name: sorted(
            (rank, place)
            for place, title in enumerate(titles)
            for rank in [column.rank(title)]
            if rank is not None
        )
        for column in form.columns
    }
    found = {name: places[0][1] for name, places in ranked.items() if places}
    missing = [name for name in _required(form) if name not in found]
    if not missing:
        return found, True
    if form.unnamed and len(titles) == len(form.unnamed) and not found:
        return {name: place for place, name in enumerate(form.unnamed)}, False
    raise ConfigurationError(
        f"The file has no column {', '.join(missing)}.",
        why=f"Its first line is: {' | '.join(titles)}.",
        fix=f"Name the columns {', '.join(_required(form))} in its first line.",
    )


def _named(title: str, form: Form[Item]) -> Column | None:
    return next((one for one in form.columns if one.rank(title) is not None), None)


def _required(form: Form[Item]) -> Sequence[str]:
    return [column.name for column in form.columns if column.required]


def _plain(title: str) -> str:
    return "".join(letter for letter in title.casefold() if letter.isalnum())
