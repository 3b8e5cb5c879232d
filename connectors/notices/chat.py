"""Any channel that apprise knows, by one address: a chat, a pager, a webhook, a phone."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Final

import apprise

from affluent.domain.errors import ConfigurationError, Retryable
from affluent.ports.notices import Message

_VENDOR: Final = "apprise"

# Its lines name addresses, which hold tokens; what went wrong is told by our own errors.
logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)
# What it sends by writes every path into its log of debugging.
logging.getLogger("urllib3").setLevel(logging.WARNING)


class ChatChannel:
    """The NoticePort by apprise. The address is a secret: it is read when something is sent."""

    def __init__(self, name: str, address: Callable[[], str]) -> None:
        self._name = name
        self._address = address

    @property
    def name(self) -> str:
        """The channel's name in the settings."""
        return self._name

    def send(self, message: Message) -> None:
        """Deliver the text. Raises ConfigurationError where apprise does not know such an address,
        Retryable where it was not delivered; apprise does not say why."""
        service = apprise.Apprise()
        if not service.add(self._address()):
            raise ConfigurationError(
                f"The address of channel {self._name} is none that apprise knows.",
                fix="Write it as apprise's list of services has it, in the secret of that name.",
            )
        if not service.notify(title=message.subject, body=message.text, body_format="text"):
            raise Retryable(
                f"Channel {self._name} did not take the notice.",
                vendor=_VENDOR,
                operation="notify",
                fix="If it stays so, correct the address in its secret.",
            )
