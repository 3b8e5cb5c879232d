"""`affluent inventory`: what was downloaded of the inventories on Amazon; our own store only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console

from affluent.bootstrap import Application
from affluent.cli.files import written_file
from affluent.cli.inventory_view import COLUMNS, cells, heading, items_table
from affluent.cli.opening import opened_application
from affluent.cli.options import DEFAULT_CONFIG, ConfigOption
from affluent.domain.fulfilment import FulfilmentChannel
from affluent.domain.inventory import LinkState
from affluent.domain.marketplace import find_marketplace
from affluent.links.left_out import refuse_left_out
from affluent.links.looking import downloaded, shown_items
from affluent.ports.inventory import InventoryQuery
from affluent.ports.storage import UnitOfWork
from affluent.settings.values import marketplace_of
from affluent.spreadsheets.writing import write_table

_SHOWN: Final = 50
_PIECE: Final = 5_000


def inventory_command(
    account: Annotated[str, typer.Option(help="One account; else every one.")] = "",
    marketplace: Annotated[str, typer.Option(help="One marketplace; else every one.")] = "",
    unlinked: Annotated[
        bool, typer.Option("--unlinked", help="What no product, or more than one, answers to.")
    ] = False,
    linked: Annotated[bool, typer.Option("--linked", help="What is linked.")] = False,
    ended: Annotated[
        bool, typer.Option("--ended", help="What two reports in a row did not have.")
    ] = False,
    fba: Annotated[bool, typer.Option("--fba", help="What Amazon ships, too or alone.")] = False,
    csv: Annotated[Path | None, typer.Option("--csv", help="Write every item to a file.")] = None,
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Show what was downloaded of the inventories on Amazon, and what each item is linked to.

    What is not linked is shown with its reason and the nearest products of the store. A
    marketplace that the settings leave out though the account sells there is named.
    """
    states = _states(unlinked=unlinked, linked=linked, ended=ended)
    channels = frozenset({FulfilmentChannel.AMAZON, FulfilmentChannel.BOTH} if fba else ())
    with opened_application(config) as application, application.units() as work:
        queries = [
            InventoryQuery(name, marketplace_id, states, channels)
            for name, marketplace_id in _places(application, account, marketplace)
        ]
        if csv is None:
            _print(queries, work)
        else:
            _write(csv, queries, work)


def _print(queries: Sequence[InventoryQuery], work: UnitOfWork) -> None:
    console = Console(soft_wrap=True)
    for query in queries:
        figures = downloaded(query.account, query.marketplace_id, work)
        console.print(heading(query, figures))
        first = next(shown_items(query, _SHOWN + 1, work), [])
        if first:
            console.print(items_table(first[:_SHOWN]), soft_wrap=False)
        if len(first) > _SHOWN:
            console.print(f"Only the first {_SHOWN} are shown; --csv FILE writes all of them.")


def _write(path: Path, queries: Sequence[InventoryQuery], work: UnitOfWork) -> None:
    pieces = chain.from_iterable(shown_items(query, _PIECE, work) for query in queries)
    written = 0

    def rows() -> Iterator[Sequence[str]]:
        nonlocal written
        for shown in chain.from_iterable(pieces):
            written += 1
            yield cells(shown)

    with written_file(path) as file:
        write_table(file, COLUMNS, rows())
    typer.echo(f"{written} items written to {path}.")


def _states(*, unlinked: bool, linked: bool, ended: bool) -> frozenset[LinkState]:
    chosen = {
        LinkState.UNLINKED: unlinked,
        LinkState.HELD: unlinked,
        LinkState.LINKED: linked,
        LinkState.ENDED: ended,
    }
    return frozenset(state for state, is_chosen in chosen.items() if is_chosen)


def _places(application: Application, account: str, name: str) -> list[tuple[str, str]]:
    """The accounts and marketplaces that are asked for. Raises ConfigurationError where the
    marketplace is connected to none of them, and names the account that sells there, if any."""
    names = [account] if account else [one.name for one in application.settings.accounts]
    accounts = [application.account(one) for one in names]
    wanted = find_marketplace(name)
    if name and not any(wanted in one.marketplaces for one in accounts):
        for one in names:
            refuse_left_out(one, marketplace_of(name), application.amazon(one).sellers)
        application.marketplace(names[0], name)
    return [
        (one.name, place.marketplace_id)
        for one in accounts
        for place in one.marketplaces
        if wanted in (None, place)
    ]
