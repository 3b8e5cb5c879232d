"""No child before its parent: a child is sent once Amazon shows what it belongs to. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from affluent.domain.issue import Finding, Reason
from affluent.domain.listing import Listing, ListingStatus
from affluent.domain.plan import Change, Gated, Held
from affluent.domain.variation import Parentage


def is_parent(change: Change) -> bool:
    """Whether the change is for a page that nobody can buy from."""
    return change.after.get("parentage") == Parentage.PARENT


def hold_orphans(gated: Gated, known: Iterable[Listing]) -> Gated:
    """Hold the children whose parent neither stands on Amazon nor is sent with them."""
    listings = {one.sku: one for one in known}
    sent = {change.key for change in gated.passed if is_parent(change)}
    reasons = {held.change.key: held.findings[0].message for held in gated.held}
    waiting = [
        Held(change, (_finding(change, reasons.get(parent) or _why(listings.get(parent))),))
        for change in gated.passed
        for parent in [change.after.get("parent_sku", "")]
        if parent and parent not in sent and not _stands(listings.get(parent))
    ]
    kept = {one.change.key for one in waiting}
    passed = tuple(change for change in gated.passed if change.key not in kept)
    return replace(gated, passed=passed, held=(*gated.held, *waiting))


def in_waves(
    changes: Sequence[Change], known: Mapping[str, Listing]
) -> tuple[list[Change], list[Change]]:
    """What can be sent now, and the children whose parent does not stand yet."""
    first: list[Change] = []
    waiting: list[Change] = []
    for change in changes:
        parent = change.after.get("parent_sku", "")
        (waiting if parent and not _stands(known.get(parent)) else first).append(change)
    return first, waiting


def part_by_parent(
    children: Sequence[Change], known: Mapping[str, Listing]
) -> tuple[list[Change], list[Held]]:
    """The children whose parents Amazon shows by now, and the others with what they wait for."""
    ready = [one for one in children if _stands(known.get(one.after["parent_sku"]))]
    waiting = [
        Held(one, (_finding(one, _why(known.get(one.after["parent_sku"]))),))
        for one in children
        if not _stands(known.get(one.after["parent_sku"]))
    ]
    return ready, waiting


def _stands(parent: Listing | None) -> bool:
    return parent is not None and parent.status is ListingStatus.LINKED


def _why(parent: Listing | None) -> str:
    if parent is not None and parent.reasons:
        return parent.reasons[0]
    return "Amazon does not show it yet."


def _finding(child: Change, why: str) -> Finding:
    parent = child.after["parent_sku"]
    words = f"It waits for its parent {parent}: {why}"
    return Finding(child.key, Reason.WAITS_FOR_PARENT, words, "parent_sku", parent)
