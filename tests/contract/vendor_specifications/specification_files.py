"""Where the vendors' specification files stand, and the reading of them all."""

from functools import cache
from pathlib import Path

from .openapi import read_description
from .operations import Operation
from .swagger import read_model


@cache
def read_operations(specifications: Path) -> tuple[Operation, ...]:
    """The operations of every file; a schema is compiled only when a body comes to it.

    Raises FileNotFoundError where the folder holds no specification of a vendor.
    """
    models = sorted((specifications / "amazon/models").rglob("*.json"))
    descriptions = sorted((specifications / "bigcommerce").rglob("*.y*ml"))
    if not models or not descriptions:
        raise FileNotFoundError(f"no vendor specifications in {specifications}")
    return (
        *(operation for path in models for operation in read_model(path)),
        *(operation for path in descriptions for operation in read_description(path)),
    )
