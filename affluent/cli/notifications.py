"""`affluent notifications`: whether Amazon tells a queue at AWS of changed orders."""

from __future__ import annotations

from typing import Any

import typer
from rich.console import Console
from rich.table import Table

from affluent.bootstrap import Application
from affluent.cli.opening import opened_application
from affluent.cli.options import DEFAULT_CONFIG, ConfigOption, JsonOption, print_json
from affluent.domain.errors import ConfigurationError
from affluent.domain.notification import SqsQueue
from affluent.orders.subscriptions import standing_of, subscribe, unsubscribe

commands = typer.Typer(no_args_is_help=True, add_completion=False)


@commands.callback()
def notifications() -> None:
    """About Amazon's notifications of changed orders."""


@commands.command()
def setup(config: ConfigOption = DEFAULT_CONFIG, as_json: JsonOption = False) -> None:
    """Let Amazon tell the queue of every account's orders; what it does already stays as it is."""
    with opened_application(config) as application:
        arn = _queue_arn(application)
        done = {
            name: subscribe(arn, application.amazon(name).notifications)
            for name in _accounts(application)
        }
    if as_json:
        print_json({"queue": arn, "subscribed": done})
        return
    for name, is_new in done.items():
        typer.echo(f"{name}: {'subscribed' if is_new else 'was subscribed already'}.")


@commands.command()
def status(config: ConfigOption = DEFAULT_CONFIG, as_json: JsonOption = False) -> None:
    """Print for each account whether its orders are told, and how many messages wait."""
    with opened_application(config) as application:
        arn = _queue_arn(application)
        queue = application.notification_queue
        waiting = queue.depth() if queue else 0
        rows: list[dict[str, Any]] = []
        for name in _accounts(application):
            standing = standing_of(arn, application.amazon(name).notifications)
            rows.append(
                {
                    "account": name,
                    "told": standing.is_told,
                    "destination": standing.destination and standing.destination.destination_id,
                    "subscription": standing.subscription and standing.subscription.subscription_id,
                }
            )
    if as_json:
        print_json({"queue": arn, "waiting": waiting, "accounts": rows})
        return
    table = Table("account", "orders are told", title=f"{arn}: {waiting} messages wait")
    for row in rows:
        table.add_row(row["account"], "yes" if row["told"] else "no")
    Console().print(table)


@commands.command()
def remove(config: ConfigOption = DEFAULT_CONFIG) -> None:
    """Let Amazon tell the queue nothing any more; orders are polled as before."""
    with opened_application(config) as application:
        arn = _queue_arn(application)
        for name in _accounts(application):
            had = unsubscribe(arn, application.amazon(name).notifications)
            typer.echo(f"{name}: {'no longer subscribed' if had else 'was not subscribed'}.")
        for name in _accounts(application):
            port = application.amazon(name).notifications
            for one in port.destinations():
                if one.resource == SqsQueue(arn):
                    port.delete_destination(one.destination_id)


def _queue_arn(application: Application) -> str:
    settings = application.settings.notifications
    if settings is None:
        raise ConfigurationError(
            "The settings name no queue.",
            why="Without one, orders are polled, which needs no setting up.",
            fix="Add the section notifications; docs/orders.md sets a queue up step by step.",
        )
    return settings.queue_arn


def _accounts(application: Application) -> list[str]:
    return [one.name for one in application.settings.accounts]
