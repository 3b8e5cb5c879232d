"""What `affluent plan` shows of a gated plan: its changes, what is held, and what it would take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from affluent.bootstrap import Application
from affluent.domain.forecast import Forecast, Foretold
from affluent.domain.lane import lane_of
from affluent.domain.listing import SubmissionPath
from affluent.domain.marketplace import find_marketplace
from affluent.domain.plan import Change, Gated, Operation
from affluent.offers.plan import merge
from affluent.submissions.budget import beyond_budget, chosen_way
from affluent.submissions.path import choose_path

Shown = Mapping[str, Any]


@dataclass(frozen=True)
class Batch:
    """What passed and is sent together, how, and what either way would take."""

    account: str
    marketplace_id: str
    changes: tuple[Change, ...]
    path: SubmissionPath
    foretold: Foretold


def batches_of(gated: Gated, application: Application) -> list[Batch]:
    """What passed, as its flow would send it: by account, marketplace and wanted path."""
    grouped: dict[tuple[str, str, SubmissionPath], list[Change]] = {}
    places = {(change.account, change.marketplace_id) for change in gated.passed}
    paths = {place: _paths(*place, application) for place in places}
    for change in gated.passed:
        wanted = _wanted(change, paths[change.account, change.marketplace_id])
        grouped.setdefault((change.account, change.marketplace_id, wanted), []).append(change)
    batches = []
    for (account, marketplace_id, wanted), changes in grouped.items():
        sent = _sent(changes)
        foretold = application.amazon(account).forecast.of(sent)
        path = choose_path(wanted, foretold)
        batches.append(Batch(account, marketplace_id, sent, path, foretold))
    return batches


def shown_plan(gated: Gated, application: Application) -> Shown:
    """All of it as JSON would say it."""
    batches = batches_of(gated, application)
    return {
        "plan_hash": gated.hash,
        "notes": list(gated.plan.notes),
        "unchanged": gated.plan.unchanged,
        "changes": [_change(change) for change in gated.passed],
        "held": [
            {
                **_target(held.change),
                "reasons": [finding.reason.value for finding in held.findings],
                "messages": [finding.message for finding in held.findings],
            }
            for held in gated.held
        ],
        "stopped": [
            *(finding.message for finding in gated.stops),
            *_refusals(batches, application),
        ],
        "forecasts": [_batch(batch) for batch in batches],
    }


def _refusals(batches: Sequence[Batch], application: Application) -> Iterator[str]:
    """A sentence for each account that allows less time than its batches take."""
    ways: dict[str, list[Forecast]] = {}
    for one in batches:
        ways.setdefault(one.account, []).append(chosen_way(one.foretold, one.path))
    for account, forecasts in ways.items():
        problem = beyond_budget(forecasts, application.account(account).longest_plan_hours)
        if problem:
            yield problem


def _paths(
    account: str, marketplace_id: str, application: Application
) -> Mapping[str, SubmissionPath]:
    """The path that the merchant chose for each selling list."""
    marketplace = find_marketplace(marketplace_id)
    lists = [] if marketplace is None else application.selling_lists(account, marketplace)
    return {one.name: one.path for one in lists}


def _wanted(change: Change, paths: Mapping[str, SubmissionPath]) -> SubmissionPath:
    """The path that the merchant chose for what is changed."""
    if change.operation is not Operation.PUT_LISTING:
        return SubmissionPath.SINGLE if change.operation.happens_once else SubmissionPath.AUTO
    return paths.get(change.after["selling_list"], SubmissionPath.AUTO)


def _sent(changes: Sequence[Change]) -> tuple[Change, ...]:
    """Price and quantity of a SKU leave in one patch."""
    offers = merge(one for one in changes if one.operation is Operation.PATCH_OFFER)
    return (*offers, *(one for one in changes if one.operation is not Operation.PATCH_OFFER))


def _target(change: Change) -> dict[str, Any]:
    return {
        "account": change.account,
        "marketplace_id": change.marketplace_id,
        "key": change.key,
        "operation": change.operation.value,
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        **_target(change),
        "lane": lane_of(change).name.lower(),
        "before": dict(change.before),
        "after": dict(change.after),
        "why": change.why,
    }


def _batch(batch: Batch) -> dict[str, Any]:
    has_feed = any(not change.operation.happens_once for change in batch.changes)
    return {
        "account": batch.account,
        "marketplace_id": batch.marketplace_id,
        "changes": len(batch.changes),
        "path": batch.path.value,
        "singly": _forecast(batch.foretold.singly),
        "as_feed": _forecast(batch.foretold.as_feed) if has_feed else None,
    }


def _forecast(forecast: Forecast) -> dict[str, Any]:
    return {
        "seconds": round(forecast.seconds, 1),
        "processing_seconds": round(forecast.processing_seconds, 1),
        "calls": {one.operation: one.count for one in forecast.calls},
        "seconds_by_operation": {one.operation: round(one.seconds, 1) for one in forecast.calls},
    }
