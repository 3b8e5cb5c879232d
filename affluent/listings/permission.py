"""Whether the account may list the pages that a plan offers on: asked before sending, and again
by itself where Amazon said no.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from affluent.domain import attributes as amazon
from affluent.domain.amazon_catalog import Restriction, RestrictionReason
from affluent.domain.before_sending import AskingPolicy, Permission, next_permission
from affluent.domain.errors import Refused
from affluent.domain.issue import Finding, Reason
from affluent.domain.listing import Listing, ListingStatus
from affluent.domain.plan import Change, Gated
from affluent.domain.restriction_words import restriction_message
from affluent.submissions.context import Sender

#: An ASIN, and the condition in which it is sold.
Page: TypeAlias = tuple[str, str]

#: So many answers are kept at once: what a run that ends early has asked, stays.
_PART: Final = 100
_OPERATION: Final = "getListingsRestrictions"
_STANDING: Final = (ListingStatus.LINKED, ListingStatus.PENDING)


@dataclass(frozen=True)
class Rechecked:
    """What came of asking again: what may be listed by now, and what still may not."""

    asked: int
    lifted: tuple[Permission, ...]
    refused: tuple[Permission, ...]


def check_permissions(
    gated: Gated,
    known: Mapping[str, Listing],
    policy: AskingPolicy,
    sender: Sender,
    *,
    again: bool = False,
) -> Gated:
    """Hold the new offers that Amazon does not let the account list, in Amazon's words.

    Asked are those whose answer is unknown or too old, and with `again` every refusal, up to the
    policy's number a run; the others pass, and Amazon itself judges them.
    """
    if gated.is_stopped or not policy.restrictions_a_run:
        return gated
    pages = dict(_new_offers(gated.passed, known))
    kept = _kept({asin for asin, _ in pages.values()}, sender)
    now = sender.clock.now()
    due = [
        page
        for page in dict.fromkeys(pages.values())
        if page not in kept or kept[page].is_due(now) or (again and not kept[page].is_given)
    ]
    answers = {**kept, **_ask(due[: policy.restrictions_a_run], kept, policy, sender)}
    findings = tuple(
        Finding(sku, Reason.RESTRICTED, restriction_message(one), "asin", page[0])
        for sku, page in pages.items()
        for one in (answers[page].restrictions if page in answers else ())
    )
    return gated.with_findings(findings).noting(*_notes(due, policy, sender))


def recheck_permissions(policy: AskingPolicy, sender: Sender, *, everything: bool) -> Rechecked:
    """Ask once more about what Amazon refused, where it is time to, or about all of it."""
    with sender.units() as work:
        refused = work.permissions.refused(sender.account, sender.marketplace_id)
    now = sender.clock.now()
    due = [(one.asin, one.condition) for one in refused if everything or one.is_due(now)]
    kept = {(one.asin, one.condition): one for one in refused}
    answers = _ask(due, kept, policy, sender)
    return Rechecked(
        asked=len(due),
        lifted=tuple(one for one in answers.values() if one.is_given),
        refused=tuple(one for one in {**kept, **answers}.values() if not one.is_given),
    )


def refusal_rows(found: Rechecked) -> Iterator[dict[str, str]]:
    """What Amazon still refuses, as an artifact shows it."""
    for permission in found.refused:
        for restriction in permission.restrictions:
            yield {
                "ASIN": permission.asin,
                "condition": permission.condition,
                "why": restriction_message(restriction),
                "asked": f"{permission.asked_at:%Y-%m-%d %H:%M} UTC",
                "asked again": f"{permission.ask_again_at:%Y-%m-%d %H:%M} UTC",
            }


def _new_offers(
    changes: Sequence[Change], known: Mapping[str, Listing]
) -> Iterator[tuple[str, Page]]:
    """The SKUs of offers on pages that exist, where nothing of ours stands yet."""
    for change in changes:
        listing = known.get(change.key)
        if change.after["asin"] and (listing is None or listing.status not in _STANDING):
            yield change.key, (change.after["asin"], _condition(change.payload["attributes"]))


def _condition(attributes: Mapping[str, Any]) -> str:
    [condition] = attributes[amazon.CONDITION]
    return str(condition["value"])


def _kept(asins: set[str], sender: Sender) -> dict[Page, Permission]:
    with sender.units() as work:
        return work.permissions.of(sender.account, sender.marketplace_id, sorted(asins))


def _ask(
    pages: Sequence[Page], kept: Mapping[Page, Permission], policy: AskingPolicy, sender: Sender
) -> dict[Page, Permission]:
    answers: dict[Page, Permission] = {}
    for start in range(0, len(pages), _PART):
        part = {
            page: next_permission(
                *page,
                _restrictions(page, sender),
                sender.clock.now(),
                policy.permission_days,
                kept.get(page),
            )
            for page in pages[start : start + _PART]
        }
        answers |= part
        with sender.units() as work:
            work.permissions.save(sender.account, sender.marketplace_id, list(part.values()))
            work.commit()
        sender.progress.show("permissions asked", len(answers), len(pages))
    return answers


def _restrictions(page: Page, sender: Sender) -> tuple[Restriction, ...]:
    """Amazon's answer; a page that it takes no question about holds its own item only."""
    try:
        return sender.amazon.restrictions.of(sender.marketplace_id, *page)
    except Refused as refused:
        reason = RestrictionReason.UNKNOWN
        return (Restriction(sender.marketplace_id, page[1], reason, refused.what),)


def _notes(due: Sequence[Page], policy: AskingPolicy, sender: Sender) -> tuple[str, ...]:
    most = policy.restrictions_a_run
    if len(due) <= most:
        return ()
    rest = len(due) - most
    seconds = sender.amazon.forecast.calls(_OPERATION, rest).seconds
    return (
        f"Of {rest} new offers Amazon was not asked whether you may list them: a run asks about "
        f"{most} at most (before_sending.restrictions_a_run), and the rest would take "
        f"{seconds:,.0f} s more.",
    )
