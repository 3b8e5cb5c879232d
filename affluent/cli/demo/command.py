"""`affluent demo`: sandbox, empty store, seven steps, verdict."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from rich.console import Console

from affluent.cli.demo.journal import Journal, read_journal
from affluent.cli.demo.sandbox_process import start_sandbox
from affluent.cli.demo.settings import secrets_of, write_settings
from affluent.cli.prefect_environment import prepare_prefect
from affluent.domain.errors import ConfigurationError

_JOURNAL: Final = "journal.json"
_MARKER: Final = "made-by-affluent-demo"


def demo_command(
    catalog: Annotated[
        Path | None,
        typer.Option(help="BigCommerce v3 products, one JSON object a line (.ndjson, .gz)."),
    ] = None,
    seed: Annotated[int, typer.Option(help="What the sandbox's Amazon knows before.")] = 1,
    speed: Annotated[float, typer.Option(help="How fast the sandbox's clock runs.")] = 60.0,
    work: Annotated[Path, typer.Option(help="The folder for everything the demo writes.")] = Path(
        ".affluent-demo"
    ),
    record: Annotated[
        Path | None, typer.Option(help="Write every HTTP exchange to this file.")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the figures as one JSON line.")
    ] = False,
) -> None:
    """Run the main job on a sandbox: publish, link, sync, import, ship, and read both sides back.

    A demo that was killed goes on where it was when it is started again.
    """
    setting = {"catalog": str(catalog or ""), "seed": seed, "speed": speed}
    journal = read_journal(work / _JOURNAL, setting) or _begin(work, setting, catalog, record)
    config = write_settings(work, journal.sandbox, speed, catalog)
    os.environ.update(secrets_of(journal.sandbox))
    prepare_prefect(PREFECT_HOME=str(work.resolve() / "prefect"))
    console = Console(stderr=True)
    agreed, figures = _play(journal, config, speed, console)
    if as_json:
        typer.echo(json.dumps(figures))
    (work / _JOURNAL).unlink()
    journal.sandbox.stop()
    console.print(
        f"Look at the runs: PREFECT_HOME={work.resolve()}/prefect "
        f"{Path(sys.executable).with_name('prefect')} server start",
        soft_wrap=True,
    )
    raise typer.Exit(0 if agreed else 1)


def _begin(
    work: Path, setting: dict[str, Any], catalog: Path | None, record: Path | None
) -> Journal:
    """An empty work folder, an empty store in it, and a fresh sandbox."""
    _empty(work)
    sandbox = start_sandbox(
        catalog=catalog,
        seed=setting["seed"],
        speed=setting["speed"],
        log=work / "sandbox.log",
        record=record,
    )
    journal = Journal(work / _JOURNAL, sandbox, setting)
    journal.save()
    return journal


def _empty(work: Path) -> None:
    """Make an empty work folder; one that no demo has made is never emptied."""
    if work.exists() and any(work.iterdir()):
        if not (work / _MARKER).exists():
            raise ConfigurationError(
                f"The folder {work} is not empty, and no demo has made it.",
                fix="Name another folder with --work.",
            )
        shutil.rmtree(work)
    work.mkdir(parents=True, exist_ok=True)
    (work / _MARKER).touch()


def _play(
    journal: Journal, config: Path, speed: float, console: Console
) -> tuple[bool, dict[str, Any]]:
    # What follows imports Prefect, which reads its settings from the environment set above.
    from affluent.bootstrap import open_application
    from affluent.cli.demo.progress import StepBars
    from affluent.cli.demo.result import as_json, print_tables, sent_skus
    from affluent.cli.demo.settings import ACCOUNT, MARKETPLACE
    from affluent.cli.demo.story import Stage, tell
    from affluent.cli.demo.verdict import judge
    from affluent.domain.order import OrderState
    from affluent.settings.document import read_settings
    from affluent.storage.migrate import upgrade
    from tasks.runtime import read_block, watching

    upgrade(read_settings(config).database)
    with StepBars(console) as bars:
        watching.set(bars)
        tell(Stage(config, journal, speed), bars)
    application = open_application(config, read_block)
    market = application.marketplace(ACCOUNT, MARKETPLACE)
    with application.units() as work:
        listings = work.listings.of(ACCOUNT, market.marketplace_id)
        orders = work.orders.in_states(ACCOUNT, OrderState)
    verdict = judge(journal.sandbox.admin, listings, orders)
    figures = dict(as_json(journal, verdict, sent_skus(application), orders))
    application.close()
    print_tables(console, figures, journal, orders)
    for sentence in verdict.disagreements:
        console.print(sentence, style="red")
    return not verdict.disagreements, figures
