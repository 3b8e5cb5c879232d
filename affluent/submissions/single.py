"""Single calls: a chunk is marked as sent, sent in parallel, and resolved at once.

A chunk's rows say `sent` before its first request leaves; what a rush has overtaken by then does
not leave. What a crash leaves in that state is looked at on Amazon's side by the next run, before
anything is planned again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from affluent.domain.effect import Effect, EffectState, Resolution
from affluent.domain.errors import AffluentError, ConfigurationError, Refused
from affluent.domain.listing import Submission, SubmissionStatus
from affluent.domain.plan import Change, Operation
from affluent.submissions.context import Sender
from affluent.submissions.rush import in_turn

_CHUNK: Final = 40
_THREADS: Final = 8


def send_singly(waiting: Sequence[tuple[Effect, Change]], sender: Sender) -> None:
    """Put, patch or delete each planned change. Raises what a person must mend."""
    with ThreadPoolExecutor(_THREADS) as threads:
        for start in range(0, len(waiting), _CHUNK):
            _send_chunk(waiting[start : start + _CHUNK], sender, threads)
            sender.progress.show("sent singly", min(start + _CHUNK, len(waiting)), len(waiting))


def _send_chunk(
    chunk: Sequence[tuple[Effect, Change]], sender: Sender, threads: ThreadPoolExecutor
) -> None:
    with sender.units() as work:
        sent = [Resolution(effect.effect_id, EffectState.SENT) for effect, _ in chunk]
        work.ledger.resolve(sent, sender.clock.now())
        work.commit()
    ready = in_turn(chunk, sender)
    outcomes = list(threads.map(lambda pair: _send(pair[0], pair[1], sender), ready))
    with sender.units() as work:
        work.ledger.resolve([outcome for outcome, _ in outcomes], sender.clock.now())
        work.commit()
    for failure in _to_mend(outcomes):
        raise failure


def _send(
    effect: Effect, change: Change, sender: Sender
) -> tuple[Resolution, AffluentError | None]:
    try:
        submission = _call_of(change, sender)(change)
    except Refused as refusal:
        return (
            Resolution(
                effect.effect_id,
                EffectState.REFUSED,
                request_id=refusal.request_id,
                messages=(refusal.what,),
            ),
            None,
        )
    except AffluentError as failure:
        unknown = Resolution(effect.effect_id, EffectState.UNKNOWN, messages=(failure.what,))
        return unknown, failure
    accepted = submission.status is SubmissionStatus.ACCEPTED
    return (
        Resolution(
            effect.effect_id,
            EffectState.ACCEPTED if accepted else EffectState.REFUSED,
            reference=submission.submission_id,
            request_id=submission.request_id,
            issues=submission.issues,
            messages=tuple(issue.text() for issue in submission.issues),
        ),
        None,
    )


def _call_of(change: Change, sender: Sender) -> Callable[[Change], Submission]:
    listings = sender.amazon.listings
    match change.operation:
        case Operation.PUT_LISTING:
            return listings.put
        case Operation.DELETE_LISTING:
            return listings.delete
        case _:
            return listings.patch


def _to_mend(
    outcomes: Sequence[tuple[Resolution, AffluentError | None]],
) -> Iterator[ConfigurationError]:
    """The first failure that would befall every further request too."""
    return (failure for _, failure in outcomes if isinstance(failure, ConfigurationError))
