"""How a marketplace is shown: by its country."""

from __future__ import annotations

from affluent.domain.marketplace import find_marketplace


def country_of(marketplace_id: str) -> str:
    """The marketplace's country code, or the id itself where it is none of the known ones."""
    found = find_marketplace(marketplace_id)
    return found.country if found else marketplace_id
