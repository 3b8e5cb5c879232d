"""Look whether Amazon has changed, or announced to change, a schema that something of ours is
judged by, and name what that breaks.

Requires: extract_catalog to have run. Nothing is written to Amazon.
"""

from __future__ import annotations

from dataclasses import asdict

from prefect import flow

from affluent.domain.report import RunReport
from affluent.domain.schema_drift import SchemaDrift, broken_rows
from flows.parameters import AccountName, ConfigPath, MarketplaceName
from tasks.artifacts import publish_report, publish_rows
from tasks.attributes import find_schema_drifts, read_what_is_judged
from tasks.catalog import choose_products
from tasks.runtime import open_voyage

NAME = "check_schemas"


@flow(name="check-schemas")
def check_schemas(
    account: AccountName, marketplace: MarketplaceName, config: ConfigPath = "affluent.yaml"
) -> RunReport:
    """Judge what was last sent, and what the creation profiles make, by the newest schemas."""
    with open_voyage(NAME, config) as voyage:
        application = voyage.application
        market = application.marketplace(account, marketplace)
        sender = voyage.sender(account, market)
        selected = choose_products(application, account, market)
        used = read_what_is_judged(application, selected, market, sender)
        drifts = find_schema_drifts(application, used, sender)
        publish_rows(NAME, "changed", map(asdict, drifts), "Schemas that changed, or are going to")
        publish_rows(NAME, "broken", broken_rows(drifts), "What breaks, in Amazon's words")
        return publish_report(_report(len(used.kinds), drifts))


def _report(read: int, drifts: list[SchemaDrift]) -> RunReport:
    """`waiting` counts the listings and profiles that wait to be mended."""
    return RunReport(
        flow=NAME,
        read=read,
        planned=len(drifts),
        waiting=sum(len(one.listings) + len(one.profiles) for one in drifts),
        notes=tuple(one.summary() for one in drifts),
    )
