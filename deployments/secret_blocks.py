"""The Secret blocks that affluent.yaml names, filled from the environment.

`{block: amazon-refresh-token}` is filled from the variable AMAZON_REFRESH_TOKEN.
"""

from __future__ import annotations

import os
from pathlib import Path

from prefect.blocks.system import Secret
from pydantic import SecretStr

from affluent.domain.errors import ConfigurationError
from affluent.settings.document import read_settings
from tasks.runtime import read_block


def fill_secret_blocks(config: Path) -> list[str]:
    """Save every block whose variable is set, and answer their names.

    Raises ConfigurationError with all blocks that neither exist nor have a variable.
    """
    references = {reference.block for _, reference in read_settings(config).secrets()}
    named = sorted(references - {""})
    filled = [name for name in named if os.environ.get(variable_of(name))]
    missing = [name for name in named if name not in filled and not _exists(name)]
    if missing:
        raise ConfigurationError(
            f"No secret is known for the Prefect blocks {', '.join(missing)}.",
            why=f"{config} names them, and they do not exist yet.",
            fix=f"Set {', '.join(map(variable_of, missing))} and run this again.",
        )
    for name in filled:
        Secret(value=SecretStr(os.environ[variable_of(name)])).save(name, overwrite=True)
    return filled


def variable_of(block: str) -> str:
    """The environment variable that a block is filled from."""
    return block.upper().replace("-", "_")


def _exists(block: str) -> bool:
    try:
        read_block(block)
    except ValueError:
        return False
    return True
