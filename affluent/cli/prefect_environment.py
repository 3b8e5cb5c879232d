"""Prefect's own settings for runs in this process; whatever the environment says already stays."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager
from typing import Any, Final

_SETTINGS: Final = {
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    # A fresh database takes a busy machine longer than Prefect's 20 seconds.
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",
    "DO_NOT_TRACK": "1",
    "GX_ANALYTICS_ENABLED": "false",
}


def prepare_prefect(**settings: str) -> None:
    """Set what Prefect reads when it is first imported."""
    for name, value in (_SETTINGS | settings).items():
        os.environ.setdefault(name, value)


def without_heartbeats() -> AbstractContextManager[Any]:
    """Prefect's settings for a run that ends with this process, so that nobody listens for it.

    Each run would wait up to a second for the thread that beats, and no variable of the
    environment means never.
    """
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

    return temporary_settings(set_defaults={PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None})
