"""`python -m sandbox`: start both vendors, say where they are, and serve until told to end."""

from __future__ import annotations

import json
import sys
from typing import Any

from sandbox.catalog import UnreadableCatalog
from sandbox.faults import InvalidFault
from sandbox.options import parse_options
from sandbox.process import run_sandbox


def main() -> None:
    """Run a sandbox as the command line asks."""
    options = parse_options(sys.argv[1:])
    try:
        run_sandbox(options, _announce)
    except (OSError, UnreadableCatalog, InvalidFault) as error:
        sys.exit(f"sandbox: {error}")


def _announce(ready: dict[str, Any]) -> None:
    print(json.dumps(ready), flush=True)


if __name__ == "__main__":
    main()
