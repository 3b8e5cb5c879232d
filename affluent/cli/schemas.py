"""`affluent schemas`: the schemas that listings are judged by, and what changed ones break."""

from __future__ import annotations

from collections.abc import Sequence

import typer
from rich.console import Console
from rich.table import Table

from affluent.cli.opening import opened_application
from affluent.cli.options import DEFAULT_CONFIG, ConfigOption, JsonOption, print_json
from affluent.domain.schema_drift import KeptDefinition, SchemaDrift
from affluent.explanations.places import country_of


def schemas_command(config: ConfigOption = DEFAULT_CONFIG, as_json: JsonOption = False) -> None:
    """Show Amazon's schemas that are kept, and what changed ones break.

    Amazon is not called: it is what the last check_schemas found.
    """
    with opened_application(config) as application, application.units() as work:
        kept, drifts = work.definitions.all(), work.definitions.drifts()
    if as_json:
        told = [
            {"account": account, "marketplace": country_of(marketplace_id), "drift": drift}
            for account, marketplace_id, drift in drifts
        ]
        print_json({"schemas": kept, "drifts": told})
    elif not kept:
        typer.echo("No schema is kept yet: publish_listings and check_schemas fetch them.")
    else:
        Console().print(_table(kept))
        for account, marketplace_id, drift in drifts:
            _print(f"{account}, {country_of(marketplace_id)}", drift)


def _table(kept: Sequence[KeptDefinition]) -> Table:
    table = Table("account", "marketplace", "product type", "requirements", "version", "asked")
    for one in kept:
        table.add_row(
            one.account,
            country_of(one.marketplace_id),
            one.product_type,
            one.requirements,
            one.version,
            f"{one.fetched_at:%Y-%m-%d %H:%M} UTC",
        )
    return table


def _print(place: str, drift: SchemaDrift) -> None:
    typer.echo(f"{place}: {drift.summary()}")
    for named in (drift.listings, drift.profiles):
        for name, messages in named.items():
            for message in messages:
                typer.echo(f"  {name}: {message}")
