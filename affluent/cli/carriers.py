"""`affluent carriers`: the carriers' names that shipments had, and what Amazon is told of each."""

from __future__ import annotations

import typer
from rich.console import Console
from rich.table import Table

from affluent.cli.opening import opened_application
from affluent.cli.options import DEFAULT_CONFIG, ConfigOption, JsonOption, print_json
from affluent.shipments.carriers import NamedCarrier, carrier_named

_HOW = {
    "settings": "your settings",
    "known": "known",
    "alike": "alike",
    "unknown": "unknown: add it to shipments.carriers if Amazon has a code",
}


def carriers_command(config: ConfigOption = DEFAULT_CONFIG, as_json: JsonOption = False) -> None:
    """Show the carriers' names that shipments had, and what Amazon is told of each."""
    with opened_application(config) as application:
        own = application.shipment_policy.carriers
        with application.units() as work:
            seen = work.carrier_names.all()
    carriers = [carrier_named(one.name, own) for one in seen]
    if as_json:
        print_json(carriers)
    elif not carriers:
        typer.echo("No shipment has named a carrier yet.")
    else:
        Console().print(_table(carriers))


def _table(carriers: list[NamedCarrier]) -> Table:
    table = Table("name in the store", "told to Amazon", "by")
    for one in carriers:
        carrier = one.in_amazons_words()
        told = carrier.code if carrier.code == carrier.name else f"{carrier.code}, {carrier.name}"
        table.add_row(one.name, told, _HOW[one.found])
    return table
