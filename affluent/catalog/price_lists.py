"""From the store's price lists to our own store: those that an account names, page by page."""

from __future__ import annotations

from collections.abc import Iterable

from affluent.catalog.belief import believe
from affluent.catalog.extract import OVERLAP, Extracted
from affluent.domain.errors import ConfigurationError, NotFound
from affluent.domain.price_list import PriceList
from affluent.ports.bigcommerce import StorePriceListsPort
from affluent.ports.clock import Clock
from affluent.ports.storage import UnitsOfWork


def extract_price_lists(
    store: StorePriceListsPort,
    price_lists: Iterable[PriceList],
    units: UnitsOfWork,
    clock: Clock,
    *,
    full: bool,
    may_shrink: bool,
) -> Extracted:
    """Read the lists whole, or what was modified in them since the last reading.

    Raises ConfigurationError for a list that the store does not have, and BatchStopped where a
    whole one has lost more than half of its prices, unless `may_shrink`.
    """
    found = [
        _extract(store, price_list, units, clock, full=full, may_shrink=may_shrink)
        for price_list in price_lists
    ]
    return Extracted(
        read=sum(one.read for one in found),
        changed=sum(one.changed for one in found),
        gone=sum(one.gone for one in found),
    )


def _extract(
    store: StorePriceListsPort,
    price_list: PriceList,
    units: UnitsOfWork,
    clock: Clock,
    *,
    full: bool,
    may_shrink: bool,
) -> Extracted:
    began = clock.now()
    key = (price_list.price_list_id, price_list.currency)
    name = f"price list {price_list.price_list_id} {price_list.currency}"
    with units() as work:
        known, cursor = work.price_lists.count(*key), work.cursors.get(name)
    since = None if full or cursor is None else cursor - OVERLAP
    read = changed = gone = 0
    try:
        for page in store.records(*key, since):
            with units() as work:
                changed += work.price_lists.save(*key, page, clock.now())
                work.commit()
            read += len(page)
    except NotFound as error:
        raise _unknown(price_list) from error
    if since is None:
        believe(read, known, f"prices of {name}", may_shrink=may_shrink)
    with units() as work:
        if since is None:
            gone = work.price_lists.mark_gone(*key, began, clock.now())
        work.cursors.set(name, began)
        work.commit()
    return Extracted(read, changed, gone)


def _unknown(price_list: PriceList) -> ConfigurationError:
    return ConfigurationError(
        f"The store has no price list {price_list.price_list_id}.",
        why="An account names it as its price_list_id, and BigCommerce answers 404.",
        fix="Correct price_list_id in the settings, or remove it to sell at the catalog's prices.",
    )
