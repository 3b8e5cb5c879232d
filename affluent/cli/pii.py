"""`affluent pii`: the buyers' data that is kept here, its keys, its removal; never its content."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from affluent.bootstrap import Application
from affluent.cli.files import write_secret
from affluent.cli.opening import opened_application
from affluent.cli.options import DEFAULT_CONFIG, ConfigOption, JsonOption, print_json
from affluent.domain.errors import ConfigurationError
from affluent.domain.safekeeping import NOT_ERASED, Holding
from affluent.privacy.purging import count_overdue, forget_order, purge
from affluent.privacy.rotation import rotate as rotate_keys
from affluent.sealing.fernet import new_key

commands = typer.Typer(no_args_is_help=True, add_completion=False)


@commands.callback()
def pii() -> None:
    """About the buyers' data that is kept here: what, how long, by which key."""


@commands.command("report")
def report(config: ConfigOption = DEFAULT_CONFIG, as_json: JsonOption = False) -> None:
    """Say what is held: how much of which account, sealed by which key, until when."""
    with opened_application(config) as application:
        found = _held(application)
    if as_json:
        print_json(found)
        return
    for row in found["held"]:
        unreadable = "" if row["readable"] else "; UNREADABLE, its key is not in the settings"
        typer.echo(
            f"{row['account']}: {row['orders']} orders sealed by key {row['key']}, the oldest "
            f"{row['oldest_days']} days old, to be purged from {row['first_purge']} "
            f"to {row['last_purge']}{unreadable}."
        )
    if not found["held"]:
        typer.echo("No buyer's data is held.")
    typer.echo(f"The next purge removes {found['overdue']}.")
    for account, orders in found["handed_over"].items():
        typer.echo(f"{account}: {orders} orders stand in BigCommerce, with their buyers' data.")


@commands.command("rotate")
def rotate(config: ConfigOption = DEFAULT_CONFIG) -> None:
    """Seal everything anew with the first key of the settings; goes on where it was stopped."""
    with opened_application(config) as application:
        sealer = application.safe.sealer
        if sealer is None:
            raise ConfigurationError(
                "The settings name no key.", fix="Put one first under privacy.keys."
            )
        done = rotate_keys(sealer, application.units, application.eraser)
    typer.echo(f"Sealed {done.resealed} orders anew, with key {sealer.newest}.")
    if done.unreadable:
        typer.echo(f"{done.unreadable} are unreadable: Amazon is asked for them again.")
    if not done.is_erased:
        typer.echo(NOT_ERASED)


@commands.command("purge")
def purge_now(
    order: Annotated[str, typer.Option("--order", help="Forget the buyer of one order.")] = "",
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Remove what is past its time, as every night, or the buyer of one Amazon order."""
    with opened_application(config) as application:
        if order:
            _forget(order, application)
            return
        rules = application.settings.privacy.rules()
        now = application.clock.now()
        done = purge(rules, application.units, application.eraser, now)
    typer.echo(done.told())


@commands.command("keygen")
def make_key(
    out: Annotated[Path, typer.Argument(help="A new file for the key.")],
) -> None:
    """Make a key for buyers' data, in a file that only you can read."""
    write_secret(out, new_key())
    typer.echo(f"{out} holds a new key. Name where you put it under privacy.keys.")


def _forget(order_id: str, application: Application) -> None:
    done = forget_order(order_id, application.units, application.eraser)
    typer.echo(f"Removed {done.removed} sealed orders with the number {order_id}.")
    if not done.is_erased:
        typer.echo(NOT_ERASED)
    for record in done.records:
        if record.store_order_id is not None:
            typer.echo(
                f"BigCommerce order {record.store_order_id} holds the buyer's data: "
                "remove it there."
            )
        elif record.state in application.safe.rules.wanted:
            typer.echo(
                f"The order is {record.state}: the next import asks Amazon for it again. "
                "Cancel it on Amazon if it is not to be sent."
            )


def _held(application: Application) -> dict[str, Any]:
    rules = application.settings.privacy.rules()
    now = application.clock.now()
    sealer = application.safe.sealer
    key_ids = sealer.key_ids if sealer else frozenset()
    with application.units() as work:
        held, handed_over = work.buyers.holdings(), work.buyers.handed_over()
    days = rules.purge_after
    return {
        "held": [
            {
                **_row(one, now),
                "first_purge": f"{one.first_counted_from + days:%Y-%m-%d}",
                "last_purge": f"{one.last_counted_from + days:%Y-%m-%d}",
                "readable": one.key_id in key_ids,
            }
            for one in held
        ],
        "overdue": count_overdue(rules, application.units, now),
        "handed_over": handed_over,
    }


def _row(one: Holding, now: datetime) -> dict[str, Any]:
    return {
        "account": one.account,
        "key": one.key_id,
        "orders": one.count,
        "oldest_days": (now - one.oldest).days,
    }
