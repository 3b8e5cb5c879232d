"""The two batch checks: rows are made, judged by the suites, and worded as findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from affluent.domain.gate_rules import GateRules
from affluent.domain.issue import Finding, Reason
from affluent.domain.offer import OfferProfile
from affluent.domain.plan import Change, Plan
from affluent.quality.barcodes import as_gtin, keepers
from affluent.quality.batch import broken_rules
from affluent.quality.breaker import empty_columns, too_many_moves, too_much_sold_out
from affluent.quality.listing_rows import listing_row
from affluent.quality.offer_rows import offer_row
from affluent.quality.row import Row
from affluent.quality.suites import LISTING_SUITES, OFFER_SUITES, UNIQUENESS_SUITES
from affluent.quality.wording import finding


def check_listings(
    plan: Plan,
    profiles: Mapping[str, OfferProfile],
    live_barcodes: Mapping[str, str],
    rules: GateRules,
) -> tuple[Finding, ...]:
    """Judge a batch of listings, at least one."""
    rows = [listing_row(change, profiles[change.key]) for change in plan.changes]
    reasons = broken_rules(rows, LISTING_SUITES, rules.allowed)
    clean = [row for row, broken in zip(rows, reasons, strict=True) if not broken]
    return _once(
        [
            *empty_columns(reasons, plan.unchanged),
            *_findings(rows, reasons),
            *_duplicates(clean, live_barcodes),
        ]
    )


def check_offers(
    changes: Sequence[Change], profiles: Mapping[str, OfferProfile], in_stock: int
) -> tuple[Finding, ...]:
    """Judge a batch of offers, at least one, of an account that has so many in stock."""
    rows = [offer_row(change, profiles[change.key]) for change in changes]
    reasons = broken_rules(rows, OFFER_SUITES)
    return _once(
        [*too_many_moves(rows), *too_much_sold_out(rows, in_stock), *_findings(rows, reasons)]
    )


def _duplicates(clean: Sequence[Row], live_barcodes: Mapping[str, str]) -> Iterable[Finding]:
    """A flawed row claims no barcode: its flaw is mended first, and it is judged again."""
    claims = [row for row in clean if row["barcode"]]
    if not claims:
        return ()
    kept = keepers(((row["sku"], row["barcode"]) for row in claims), live_barcodes)
    rows = [row | {"keeper": kept[as_gtin(row["barcode"])]} for row in claims]
    return _findings(rows, broken_rules(rows, UNIQUENESS_SUITES))


def _findings(rows: Sequence[Row], reasons: Sequence[Sequence[Reason]]) -> Iterable[Finding]:
    return (
        finding(row, reason) for row, broken in zip(rows, reasons, strict=True) for reason in broken
    )


def _once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(dict.fromkeys(findings))
