"""Whether the store accepts our access token, and for what.

That orders may be written cannot be tried out: the scope to read them is the same one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from affluent.domain.account import AccountState
from affluent.domain.errors import CredentialsExpired
from affluent.ports.bigcommerce import NamedParts, StoreCheck
from connectors.bigcommerce.api import Query, StoreApi
from connectors.bigcommerce.fields import Record, text
from connectors.bigcommerce.named_parts import (
    missing_channel,
    missing_locations,
    missing_price_lists,
)
from connectors.bigcommerce.scopes import SCOPE_OF
from connectors.http.errors import Unauthorised
from connectors.http.exchange import Answer


class _Probe(NamedTuple):
    operation: str
    path: str
    query: Query


#: The cheapest read of every scope that we need.
_PROBES: Final = (
    _Probe("getStoreInformation", "/v2/store", {}),
    _Probe("getProducts", "/v3/catalog/products", {"limit": 1}),
    _Probe("get-inventory-items", "/v3/inventory/items", {"limit": 1}),
    _Probe("getOrders", "/v2/orders", {"limit": 1}),
)


_SEARCHES: Final = (missing_channel, missing_locations, missing_price_lists)


def check_store(api: StoreApi, parts: NamedParts) -> StoreCheck:
    """Active with what is missing, or Expired where the token is not known."""
    try:
        answers = {probe.operation: _ask(api, probe) for probe in _PROBES}
        searched = [_search(api, parts, search) for search in _SEARCHES]
    except CredentialsExpired:
        return StoreCheck(AccountState.EXPIRED)
    store = answers["getStoreInformation"]
    facts: Record = store.read(dict) if store else {}
    refused = [operation for operation, answer in answers.items() if answer is None]
    refused += [one.operation for one in searched if isinstance(one, Unauthorised)]
    return StoreCheck(
        AccountState.ACTIVE,
        name=text(facts, "name"),
        currency=text(facts, "currency"),
        missing_scopes=tuple(dict.fromkeys(str(SCOPE_OF[operation]) for operation in refused)),
        missing_parts=tuple(
            part for one in searched if not isinstance(one, Unauthorised) for part in one
        ),
    )


def _search(
    api: StoreApi, parts: NamedParts, search: Callable[[StoreApi, NamedParts], Iterator[str]]
) -> list[str] | Unauthorised:
    try:
        return list(search(api, parts))
    except Unauthorised as error:
        return error


def _ask(api: StoreApi, probe: _Probe) -> Answer | None:
    try:
        return api.get(*probe)
    except Unauthorised:
        return None
