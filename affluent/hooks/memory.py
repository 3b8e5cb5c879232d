"""Whether an event has come before.

BigCommerce delivers an event at least once: it repeats a call that was not answered, and may fire
twice. A repeat is answered like the first call, for a refusal would make BigCommerce repeat it for
48 hours and then switch the hook off. The very same signed call, however, comes only from somebody
who has recorded it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from affluent.hooks.event import HookEvent
from affluent.hooks.refusal import CallRefused
from affluent.hooks.signature import Attempt
from affluent.ports.hooks import HookMemory

#: BigCommerce gives up 48 hours after the first call.
_KEPT: Final = timedelta(days=3)
_CONFLICT: Final = 409


def is_new(event: HookEvent, attempt: Attempt | None, memory: HookMemory, now: datetime) -> bool:
    """Whether neither the event nor its message has come before; from now on, they have.

    `attempt` is None where calls are not signed. Raises CallRefused where this very call has come.
    """
    keys = {_key("event", event.scope, event.hash)}
    call = ""
    if attempt is not None:
        call = _key("call", attempt.message_id, str(attempt.timestamp))
        keys |= {call, _key("message", attempt.message_id)}
    new = memory.remember(keys, now, now - _KEPT)
    if call and call not in new:
        raise CallRefused(_CONFLICT, "This very call has come before.")
    return new == keys


def _key(*parts: str) -> str:
    """Of one length, whatever a sender has written."""
    return sha256("\n".join(parts).encode(errors="surrogatepass")).hexdigest()
