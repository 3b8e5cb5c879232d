"""How selling lists look in a terminal. Names come from outside: never markup."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from affluent.domain.category import Category
from affluent.domain.listing import SellingList
from affluent.domain.selection import Rule, Verdict
from affluent.explanations.places import country_of
from affluent.selling.membership import Membership, Step
from affluent.selling.overview import ListOverview, ListState

Categories = Mapping[int, Category]

#: How many products a preview shows of each step; a file holds them all.
_SHOWN: Final = 20
_COLORS: Final = {
    Step.ENTERS: "green",
    Step.STAYS: "",
    Step.LEAVES: "red",
    Step.KEPT_OUT: "yellow",
}


def overview_table(overviews: Iterable[ListOverview]) -> Table:
    """One row a list."""
    table = Table()
    for column in ("List", "Account", "Marketplace", "State", "Listed"):
        table.add_column(column, overflow="fold")
    for column in ("Products", "Enter", "Leave", "Kept out"):
        table.add_column(column, justify="right")
    for one in overviews:
        table.add_row(
            Text(one.name),
            Text(one.account),
            country_of(one.marketplace_id),
            Text(_state(one), "red" if one.state is ListState.MOVED else ""),
            _statuses(one),
            *(str(count) for count in (one.products, one.enters, one.leaves, one.kept_out)),
        )
    return table


def list_view(
    selling_list: SellingList, overview: ListOverview, categories: Categories
) -> RenderableType:
    """One list: where it sells, its rules, its figures."""
    facts = Table.grid(padding=(0, 2))
    for name, value in _facts(selling_list, overview, categories):
        facts.add_row(Text(name, "bold"), Text(value))
    return Group(Text(selling_list.name, "bold"), facts)


def memberships_view(planned: Sequence[Membership], categories: Categories) -> RenderableType:
    """Who enters, leaves and is kept out, list by list, then the figures."""
    parts: list[RenderableType] = []
    for step in (Step.ENTERS, Step.LEAVES, Step.KEPT_OUT):
        those = [one for one in planned if one.step is step]
        if those:
            parts += [_steps_table(step, those[:_SHOWN], categories)]
        if len(those) > _SHOWN:
            parts.append(Text(f"and {len(those) - _SHOWN} more; --csv FILE writes them all"))
    counts = Counter(one.step for one in planned)
    parts.append(Text(", ".join(f"{counts[step]} {_VERBS[step]}" for step in Step) + "."))
    return Group(*parts)


def membership_rows(
    planned: Iterable[Membership], categories: Categories
) -> Iterator[tuple[str, ...]]:
    """The plan as the rows of a file."""
    for one in planned:
        why = _reason(one.why, categories)
        yield one.selling_list, one.sku, one.name, one.step.value, one.why.rule.value, why


_VERBS: Final = {
    Step.ENTERS: "enter",
    Step.STAYS: "stay",
    Step.LEAVES: "leave",
    Step.KEPT_OUT: "kept out",
}


def _steps_table(step: Step, planned: Iterable[Membership], categories: Categories) -> Table:
    table = Table(title=step.value, title_justify="left", title_style=_COLORS[step])
    for column in ("List", "SKU", "Name", "Why"):
        table.add_column(column, overflow="fold")
    for one in planned:
        why = _reason(one.why, categories)
        table.add_row(Text(one.selling_list), Text(one.sku), Text(one.name), Text(why))
    return table


def _reason(why: Verdict, categories: Categories) -> str:
    """The reason, with a category by its path."""
    if why.rule in (Rule.CATEGORIES, Rule.EXCLUDE_CATEGORIES):
        path = _category(int(why.value), categories)
        return str(Verdict(why.is_in, why.rule, path))
    return str(why)


def _category(category_id: int, categories: Categories) -> str:
    known = categories.get(category_id)
    return f"{category_id} ({known.path})" if known else str(category_id)


def _state(one: ListOverview) -> str:
    return f"{one.state}, made by linking" if one.made_by_us else one.state.value


def _statuses(one: ListOverview) -> str:
    return ", ".join(f"{count} {status}" for status, count in one.listed.items()) or "-"


def _facts(
    one: SellingList, overview: ListOverview, categories: Categories
) -> Iterator[tuple[str, str]]:
    yield "Account", one.account
    yield "Marketplace", country_of(one.marketplace_id)
    yield "State", _state(overview)
    yield "Offer profile", one.offer_profile
    below = ", with all below" if one.include_subcategories else ""
    yield from _rule(f"Categories{below}", _categories(one.category_ids, categories))
    yield from _rule("Brands", sorted(one.brands))
    fields = [f"{name} = {' | '.join(sorted(some))}" for name, some in one.custom_fields.items()]
    yield from _rule("Custom fields", sorted(fields))
    yield from _rule("SKUs", sorted(one.skus))
    if one.names_nothing:
        yield "Products", "every one"
    yield from _rule("Only at prices", [str(one.prices)] if one.prices else [])
    yield from _rule("Only", ["in stock"] if one.in_stock_only else [])
    yield from _rule("Not in categories", _categories(one.excluded_category_ids, categories))
    yield from _rule("Not of brands", sorted(one.excluded_brands))
    yield from _rule("Not SKUs", sorted(one.excluded_skus))
    yield from _rule("Not at prices", [str(one.excluded_prices)] if one.excluded_prices else [])
    moves = f"{overview.enters} enter, {overview.leaves} leave"
    yield "Products in it", f"{overview.products} ({moves})"
    yield "Listed", _statuses(overview)


def _categories(category_ids: Collection[int], categories: Categories) -> list[str]:
    return [_category(one, categories) for one in sorted(category_ids)]


def _rule(name: str, values: Sequence[str]) -> Iterator[tuple[str, str]]:
    """A rule that is set, on one line; a long one is cut."""
    if values:
        more = f" and {len(values) - _SHOWN} more" if len(values) > _SHOWN else ""
        yield name, ", ".join(values[:_SHOWN]) + more
