"""The storefront paths that BigCommerce makes of names."""

from __future__ import annotations

import re

_NOT_IN_A_PATH = re.compile(r"[^a-z0-9]+")


def slug(name: str) -> str:
    """`1L Le Parfait Jar` -> `1l-le-parfait-jar`."""
    return _NOT_IN_A_PATH.sub("-", name.lower()).strip("-")
