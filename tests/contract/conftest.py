"""The judge and the vendors' material that the contract tests are held against."""

from pathlib import Path

import pytest
from vendor_specifications import Judge

SHARED = Path(__file__).resolve().parents[3] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    if not (SHARED / "specs").is_dir():
        pytest.skip(f"the vendors' specifications are not here: {SHARED} is missing")
    return SHARED


@pytest.fixture(scope="session")
def judge(shared: Path) -> Judge:
    return Judge.load(shared)
