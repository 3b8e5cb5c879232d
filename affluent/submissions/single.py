"""Single puts and patches: a chunk is marked as sent, sent in parallel, and resolved at once.

A chunk's rows say `sent` before its first request leaves. What a crash leaves in that state is
looked at on Amazon's side by the next run, before anything is planned again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from affluent.domain.effect import Effect, EffectState, Resolution
from affluent.domain.errors import AffluentError, ConfigurationError, Refused
from affluent.domain.listing import SubmissionStatus
from affluent.domain.plan import Change, Operation
from affluent.submissions.context import Sender

_CHUNK: Final = 40
_THREADS: Final = 8


def send_singly(waiting: Sequence[tuple[Effect, Change]], sender: Sender) -> None:
    """Put or patch each planned change. Raises what a person must mend."""
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
    outcomes = list(threads.map(lambda pair: _send(pair[0], pair[1], sender), chunk))
    with sender.units() as work:
        work.ledger.resolve([outcome for outcome, _ in outcomes], sender.clock.now())
        work.commit()
    for failure in _to_mend(outcomes):
        raise failure


def _send(
    effect: Effect, change: Change, sender: Sender
) -> tuple[Resolution, AffluentError | None]:
    listings = sender.amazon.listings
    send = listings.put if change.operation is Operation.PUT_LISTING else listings.patch
    try:
        submission = send(change)
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


def _to_mend(
    outcomes: Sequence[tuple[Resolution, AffluentError | None]],
) -> Iterator[ConfigurationError]:
    """The first failure that would befall every further request too."""
    return (failure for _, failure in outcomes if isinstance(failure, ConfigurationError))
