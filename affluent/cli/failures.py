"""How an expected failure is told: what happened, why, and what to do."""

from __future__ import annotations

from typing import Final

from rich.console import Console
from rich.text import Text

from affluent.domain.errors import AffluentError, ConfigurationError

#: A person must change a setting, a permission or a credential.
MUST_ACT: Final = 2
#: Anything else that went wrong, or nothing was found.
FAILED: Final = 1


def report_failure(error: AffluentError) -> int:
    """Print the failure to stderr; answers the exit status."""
    console = Console(stderr=True, soft_wrap=True)
    console.print(Text(error.what, "bold red"))
    for name, sentence in (("why", error.why), ("fix", error.fix)):
        if sentence:
            console.print(Text.assemble((f"{name}: ", "bold"), sentence))
    return MUST_ACT if isinstance(error, ConfigurationError) else FAILED
