"""Where each value came from that Amazon was ever sent of an attribute of a SKU."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from affluent.domain.offer import OFFER_PATHS
from affluent.domain.sent_value import SentValue
from affluent.ports.storage import UnitOfWork


def explain_attribute(sku: str, attribute: str, work: UnitOfWork) -> tuple[SentValue, ...]:
    """What was sent of it for every listing of the SKU, Amazon's or the store's; newest first.

    `attribute` is Amazon's name, that of a part ("item_dimensions.height"), or price, quantity or
    lead_time_days; of each value only the origins of that part are told.
    """
    path = OFFER_PATHS.get(attribute, attribute)
    skus = dict.fromkeys([sku, *(listing.sku for listing in work.listings.by_sku(sku))])
    values = (value for one in skus for value in work.origins.of_sku(one))
    return tuple(sorted(_about(values, path), key=lambda one: one.sent_at, reverse=True))


def _about(values: Iterator[SentValue], path: str) -> Iterator[SentValue]:
    for value in values:
        origins = tuple(one for one in value.origins if one.is_about(path))
        if origins:
            yield replace(value, origins=origins)
