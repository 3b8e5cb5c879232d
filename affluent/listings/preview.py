"""Amazon's own opinion of listings before they are sent (VALIDATION_PREVIEW): the last word.

Its schema and its judgement are not always the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice, zip_longest
from typing import Final

from affluent.domain.before_sending import Preview
from affluent.domain.errors import Refused
from affluent.domain.issue import Finding, Issue, Reason, Severity, Weight
from affluent.domain.listing import SubmissionStatus
from affluent.domain.plan import Change, Gated
from affluent.listings.waiting import hold_orphans
from affluent.submissions.context import Sender

_OPERATION: Final = "putListingsItem"
_TAKEN: Final = "Amazon's preview takes the listing."
_REFUSED: Final = Issue(
    "", "Amazon's preview refuses the listing, without a reason", Severity.ERROR
)


def preview_listings(gated: Gated, preview: Preview, sample: int, sender: Sender) -> Gated:
    """Hold what Amazon says that it would refuse; its answers go into the items' logs.

    A sample takes as many listings of each product type, as far as there are some.
    """
    if gated.is_stopped or preview is Preview.NONE or not gated.passed:
        return gated
    shown = gated.passed if preview is Preview.ALL else _sample(gated.passed, sample)
    foretold = sender.amazon.forecast.calls(_OPERATION, len(shown)).seconds
    findings: list[Finding] = []
    for done, change in enumerate(shown, start=1):
        findings += _opinion(change, sender)
        sender.progress.show("listings previewed", done, len(shown))
    refused = {one.key for one in findings if one.weight is Weight.HOLD}
    return _without_orphans(gated.with_findings(tuple(findings)), sender).noting(
        f"Amazon was shown {len(shown)} of {len(gated.passed)} listings beforehand "
        f"({foretold:,.0f} s at its quota) and would refuse {len(refused)}."
    )


def _without_orphans(gated: Gated, sender: Sender) -> Gated:
    """Where a parent would be refused, its children wait."""
    parents = {change.after.get("parent_sku", "") for change in gated.passed} - {""}
    with sender.units() as work:
        known = work.listings.named(sender.account, sender.marketplace_id, sorted(parents))
    return hold_orphans(gated, known.values())


def _sample(changes: Sequence[Change], size: int) -> list[Change]:
    by_type: dict[str, list[Change]] = {}
    for change in changes:
        by_type.setdefault(change.after["product_type"], []).append(change)
    in_turn = chain.from_iterable(zip_longest(*by_type.values()))
    return list(islice((change for change in in_turn if change is not None), size))


def _opinion(change: Change, sender: Sender) -> Iterator[Finding]:
    try:
        answer = sender.amazon.listings.preview(change)
    except Refused as refused:
        yield _finding(change, Issue("", refused.what, Severity.ERROR))
        return
    yield from (_finding(change, issue) for issue in answer.issues)
    has_error = any(issue.severity is Severity.ERROR for issue in answer.issues)
    if answer.status is SubmissionStatus.INVALID and not has_error:
        yield _finding(change, _REFUSED)
    elif not answer.issues:
        yield Finding(change.key, Reason.PREVIEWED, _TAKEN, weight=Weight.WARN)


def _finding(change: Change, issue: Issue) -> Finding:
    """An error holds; a warning of Amazon's is told."""
    return Finding(
        key=change.key,
        reason=Reason.PREVIEWED,
        message=issue.text(),
        field=issue.attribute_names[0] if issue.attribute_names else "",
        weight=Weight.HOLD if issue.severity is Severity.ERROR else Weight.WARN,
    )
