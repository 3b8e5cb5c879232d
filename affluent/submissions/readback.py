"""What is now true on Amazon: ACCEPTED is a receipt, only a reading shows the effect.

What a reading shows is kept with the listing. What Amazon took and does not show in due time is
ignored by it, as far as anyone can tell: the next plan sends it again, as often as ignored.py says.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import Final

from affluent.domain.effect import Effect, EffectState, Resolution
from affluent.domain.listing import AmazonListing
from affluent.domain.plan import Operation
from affluent.ports.storage import History
from affluent.submissions.context import Sender
from affluent.submissions.judging import (
    ended,
    judge,
    judge_absence,
    seen,
    shown_offer,
    wanted_offer,
    with_terms,
)

#: Seconds from receipt to effect that are waited for: Amazon shows offers within minutes, and
#: most listings within a quarter of an hour.
PATIENCE: Final[Mapping[Operation, float]] = {
    Operation.PATCH_OFFER: 300.0,
    Operation.PUT_LISTING: 900.0,
    Operation.DELETE_LISTING: 300.0,
}
#: How the words begin of what was accepted and not shown while it was waited for.
RECEIPT: Final = "Amazon accepted"
_DEAD: Final = "The run that planned this ended early; a new plan takes its place."
_HAS_LEFT: Final = (
    EffectState.SENT,
    EffectState.ACCEPTED,
    EffectState.EFFECTIVE,
    EffectState.UNKNOWN,
    EffectState.IGNORED,
)
_FIRST_PAUSE: Final = 10.0
_LONGEST_PAUSE: Final = 60.0
_GROWTH: Final = 1.5


def settle(effects: Sequence[Effect], sender: Sender, patience_seconds: float) -> int:
    """Read back, at growing pauses, until every effect is effective or refused, or the patience is
    used up.

    Answers how many are still under way; they stay accepted, and the next run reads them again.
    """
    waiting = list(effects)
    waited, pause = 0.0, _FIRST_PAUSE
    while waiting:
        is_last = waited >= patience_seconds
        waiting, shown = _look(waiting, sender, is_last=is_last)
        sender.progress.show("read back", len(effects) - len(waiting), len(effects))
        if is_last:
            _note_time_is_up(waiting, shown, sender)
        if not waiting or is_last:
            break
        sender.clock.sleep(pause)
        waited += pause
        pause = min(pause * _GROWTH, _LONGEST_PAUSE)
    return len(waiting)


def _note_time_is_up(
    waiting: Sequence[Effect], shown: Mapping[str, AmazonListing], sender: Sender
) -> None:
    """They stay accepted, with words that say how long ago."""
    noted = [
        Resolution(
            effect.effect_id,
            EffectState.ACCEPTED,
            messages=(_not_shown(effect, shown.get(effect.key)),),
        )
        for effect in waiting
        if effect.state is EffectState.ACCEPTED
    ]
    with sender.units() as work:
        work.ledger.resolve(noted, sender.clock.now())
        work.commit()


def look_again(effects: Sequence[Effect], sender: Sender) -> None:
    """Resolve what earlier runs left behind: effective if Amazon shows it by now; superseded where
    a later write or plan takes its place; ignored where Amazon's time for it is up.

    What was accepted a moment ago, as when a feed has just ended, stays so: it may still show, and
    must then be seen.
    """
    planned = [effect for effect in effects if effect.state is EffectState.PLANNED]
    sent = [effect for effect in effects if effect.state is not EffectState.PLANNED]
    left, shown = _look(sent, sender, is_last=True)
    with sender.units() as work:
        overtaken = _overtaken(left, work.history, sender)
        over = [
            resolution
            for effect in left
            for resolution in [_last_word(effect, shown.get(effect.key), overtaken, sender)]
            if resolution is not None
        ]
        over += [_superseded(effect, _DEAD) for effect in planned]
        work.ledger.resolve(over, sender.clock.now())
        work.commit()


def _overtaken(left: Sequence[Effect], history: History, sender: Sender) -> frozenset[int]:
    """Of these effects those after which something else was written to the same listing."""
    keys = sorted({effect.key for effect in left})
    newest = {
        effect.key: effect.effect_id
        for effect in history.latest_writes(sender.account, sender.marketplace_id, keys)
        if effect.state in _HAS_LEFT
    }
    return frozenset(one.effect_id for one in left if newest[one.key] > one.effect_id)


def _last_word(
    effect: Effect, listing: AmazonListing | None, overtaken: Container[int], sender: Sender
) -> Resolution | None:
    """What becomes of an effect that Amazon does not show; None while it may still come."""
    if effect.state is not EffectState.ACCEPTED:
        return _superseded(effect, _DEAD)
    if effect.effect_id in overtaken:
        return _superseded(effect, "A later write has taken its place.")
    told = tuple(text for text in effect.messages if text.startswith(RECEIPT))
    age = (sender.clock.now() - effect.updated_at).total_seconds()
    if not told and age < PATIENCE[effect.operation]:
        return None
    words = told or (_not_shown(effect, listing),)
    return Resolution(effect.effect_id, EffectState.IGNORED, messages=words)


def _not_shown(effect: Effect, listing: AmazonListing | None) -> str:
    instead = f"shows {shown_offer(listing)}" if listing else "does not show the listing"
    receipt = f" (submission {effect.reference})" if effect.reference else ""
    return (
        f"{RECEIPT} {wanted_offer(effect.after)} at {effect.updated_at:%Y-%m-%d %H:%M:%S} UTC"
        f"{receipt} and {instead}."
    )


def _superseded(effect: Effect, words: str) -> Resolution:
    return Resolution(effect.effect_id, EffectState.SUPERSEDED, messages=(words,))


def _look(
    effects: Sequence[Effect], sender: Sender, *, is_last: bool
) -> tuple[list[Effect], dict[str, AmazonListing]]:
    """Read the effects' listings once; answers the effects of which nothing can be said yet, and
    what Amazon shows."""
    skus = sorted({effect.key for effect in effects})
    shown = {
        listing.sku: listing for listing in sender.amazon.listings.find(sender.marketplace_id, skus)
    }
    with sender.units() as work:
        known = work.listings.named(sender.account, sender.marketplace_id, skus)
    resolutions = {
        effect.effect_id: resolution
        for effect in effects
        for resolution in [
            judge(effect, shown[effect.key], known.get(effect.key), is_last=is_last)
            if effect.key in shown
            else judge_absence(effect)
        ]
        if resolution is not None
    }
    put = {
        effect.key
        for effect in effects
        if effect.effect_id in resolutions and effect.operation is Operation.PUT_LISTING
    }
    now = {
        sku: seen(known[sku], shown[sku], is_settled=sku in put) for sku in shown if sku in known
    }
    for effect in _effective(effects, resolutions):
        if effect.key in known:
            listing = now.get(effect.key, known[effect.key])
            now[effect.key] = ended(with_terms(listing, effect), effect)
    with sender.units() as work:
        work.ledger.resolve(list(resolutions.values()), sender.clock.now())
        work.listings.save(list(now.values()), sender.clock.now())
        work.commit()
    return [effect for effect in effects if effect.effect_id not in resolutions], shown


def _effective(effects: Sequence[Effect], resolutions: Mapping[int, Resolution]) -> list[Effect]:
    """Those that have just become effective, in the order in which they were recorded."""
    found = [
        effect
        for effect in effects
        if effect.effect_id in resolutions
        and resolutions[effect.effect_id].state is EffectState.EFFECTIVE
    ]
    return sorted(found, key=lambda one: one.effect_id)
