"""The main job, step by step, each step safe to be done twice."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from affluent.cli.demo import events
from affluent.cli.demo.journal import Journal
from affluent.cli.demo.progress import StepBars
from affluent.cli.demo.settings import ACCOUNT, MARKETPLACE
from affluent.cli.run import run_flow
from affluent.domain.marketplace import find_marketplace
from affluent.domain.report import RunReport

#: Amazon shows an order in its search after two minutes of its own time.
_ORDER_LAG_SECONDS: Final = 125.0


@dataclass(frozen=True)
class Stage:
    """Where the story plays: the settings, the journal, the speed of the sandbox's clock."""

    config: Path
    journal: Journal
    speed: float

    def run(self, flow: str, **parameters: Any) -> RunReport:
        """Run one flow on the demo's settings."""
        return run_flow(flow, parameters | {"config": str(self.config)})

    def decide(self, name: str, make: Callable[[], Any]) -> Any:
        """What the story decided under this name, now or before it was killed."""
        if name not in self.journal.decided:
            self.journal.decided[name] = make()
            self.journal.save()
        return self.journal.decided[name]


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its name in the journal, its title, and what it does."""

    name: str
    title: str
    do: Callable[[Stage], RunReport]


def tell(stage: Stage, bars: StepBars) -> None:
    """Do every step that the journal does not know as done."""
    for number, step in enumerate(STEPS, start=1):
        bars.begin(f"{number}. {step.title}")
        if step.name not in stage.journal.reports:
            began = time.monotonic()
            report = step.do(stage)
            stage.journal.reports[step.name] = report.as_dict()
            stage.journal.seconds += time.monotonic() - began
            stage.journal.save()
        bars.end(_summary(stage.journal.reports[step.name]))


def _extract(stage: Stage) -> RunReport:
    return stage.run("extract_catalog")


def _publish(stage: Stage) -> RunReport:
    return stage.run("publish_listings", account=ACCOUNT, marketplace=MARKETPLACE)


def _link(stage: Stage) -> RunReport:
    return stage.run("link_inventory", account=ACCOUNT, marketplace=MARKETPLACE)


def _sync(stage: Stage) -> RunReport:
    admin = stage.journal.sandbox.admin
    changes = stage.decide(
        "store_changes", lambda: events.decide_store_changes(events.on_sale(admin))
    )
    events.change_store(admin, changes)
    stage.run("extract_catalog", full=False)
    return stage.run("sync_offers", account=ACCOUNT, marketplace=MARKETPLACE)


def _import(stage: Stage) -> RunReport:
    admin = stage.journal.sandbox.admin
    marketplace = find_marketplace(MARKETPLACE)
    marketplace_id = marketplace.marketplace_id if marketplace else ""
    orders = stage.decide(
        "orders", lambda: events.decide_orders(events.on_sale(admin), marketplace_id)
    )
    events.place_orders(admin, orders)
    time.sleep(_ORDER_LAG_SECONDS / stage.speed)
    return stage.run("import_orders", account=ACCOUNT)


def _ship(stage: Stage) -> RunReport:
    order = stage.journal.decided["orders"][0]
    events.ship_first_order(stage.journal.sandbox.admin, order["orderId"])
    return stage.run("confirm_shipments", account=ACCOUNT)


def _reconcile(stage: Stage) -> RunReport:
    """Orders have moved stock on both sides; whatever differs is brought into step, then read."""
    stage.run("extract_catalog")
    stage.run("sync_offers", account=ACCOUNT, marketplace=MARKETPLACE)
    return stage.run("reconcile_inventory", account=ACCOUNT, marketplace=MARKETPLACE)


STEPS: Final = (
    Step("extract", "Extract the catalog", _extract),
    Step("publish", "Publish the selling lists", _publish),
    Step("link", "Link what was there", _link),
    Step("sync", "Sync the offers", _sync),
    Step("import", "Import the orders", _import),
    Step("ship", "Confirm a shipment", _ship),
    Step("reconcile", "Read both sides back", _reconcile),
)


def _summary(report: Mapping[str, Any]) -> str:
    shown = ("planned", "effective", "waiting")
    return ", ".join(f"{report[name]} {name}" for name in shown if report[name])
