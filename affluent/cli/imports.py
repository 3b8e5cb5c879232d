"""`affluent import`: what a file would change, and with --apply, the change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Final

import typer
from rich.console import Console

from affluent.bootstrap import Application
from affluent.cli.exchange import Exchange, Kind, exchange_of
from affluent.cli.export import FileArgument, KindArgument
from affluent.cli.failures import FAILED
from affluent.cli.files import read_file
from affluent.cli.imports_view import import_view
from affluent.cli.opening import opened_application
from affluent.cli.options import DEFAULT_CONFIG, ConfigOption, JsonOption, print_json
from affluent.ports.storage import UnitOfWork
from affluent.selling.tables.form import Rows, read_rows
from affluent.selling.tables.importing import ImportPlan, plan_import
from affluent.selling.tables.match_quality import MatchQuality, match_quality

_SLICE: Final = 10_000


def import_command(
    kind: KindArgument,
    file: FileArgument,
    account: Annotated[
        str, typer.Option("--account", help="Whose the rows are that name no account.")
    ] = "",
    replace: Annotated[
        bool, typer.Option("--replace", help="Remove what the file does not name.")
    ] = False,
    apply: Annotated[bool, typer.Option("--apply", help="Write it, in one transaction.")] = False,
    config: ConfigOption = DEFAULT_CONFIG,
    as_json: JsonOption = False,
) -> None:
    """Say what a CSV file of SKU mappings, ASINs or overrides would change; write with --apply.

    Reads our own exports, Salestio's two-column SKU map and M2E's. Exits with 1 where rows are
    refused; the others are written all the same.
    """
    content = read_file(file)
    with opened_application(config) as application, application.units() as work:
        exchange = exchange_of(kind, application, work, account=account, source=file.name)
        rows = read_rows(content, exchange.form)
        kept = exchange.kept.all()
        removable = exchange.is_of_account if replace else lambda _: False
        plan = plan_import(rows, kept, exchange.form, removable)
        quality = _quality(rows, application, work) if kind is Kind.SKU_MAPPINGS else None
        if apply:
            _write(plan, exchange, application, work)
    if as_json:
        print_json({"written": apply, "rows": len(rows.items), "plan": plan, "quality": quality})
    else:
        view = import_view(rows, plan, quality, exchange.form, is_written=apply)
        Console().print(view)
    if plan.refused:
        raise typer.Exit(FAILED)


def _write(
    plan: ImportPlan[Any], exchange: Exchange, application: Application, work: UnitOfWork
) -> None:
    exchange.kept.save(plan.written, application.clock.now())
    exchange.kept.remove(plan.removed)
    work.commit()


def _quality(rows: Rows[Any], application: Application, work: UnitOfWork) -> MatchQuality:
    """The pairs of the file against the snapshot of the store and what is known on Amazon."""
    on_amazon = {
        sku
        for settings in application.settings.accounts
        for account in [application.account(settings.name)]
        for marketplace in account.marketplaces
        for sku in _skus_on_amazon(account.name, marketplace.marketplace_id, work)
    }
    in_store = {variant.sku for variant in work.variants.all()}
    return match_quality([pair for _, pair in rows.items], in_store, on_amazon)


def _skus_on_amazon(account: str, marketplace_id: str, work: UnitOfWork) -> Iterator[str]:
    """What was listed, and what the last download of the inventory had."""
    yield from (listing.sku for listing in work.listings.of(account, marketplace_id))
    for items in work.inventory.present(account, marketplace_id, _SLICE):
        yield from (sku for sku, _ in items)
