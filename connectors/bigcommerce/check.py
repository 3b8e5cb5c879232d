"""Whether the store accepts our access token, and for what.

That orders may be written cannot be tried out: the scope to read them is the same one.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from affluent.domain.account import AccountState
from affluent.domain.errors import CredentialsExpired
from affluent.ports.bigcommerce import StoreCheck
from connectors.bigcommerce.api import Query, StoreApi
from connectors.bigcommerce.fields import Record, text
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


def check_store(api: StoreApi) -> StoreCheck:
    """Active with the scopes that are missing, or Expired where the token is not known."""
    try:
        answers = {probe.operation: _ask(api, probe) for probe in _PROBES}
    except CredentialsExpired:
        return StoreCheck(AccountState.EXPIRED)
    store = answers["getStoreInformation"]
    facts: Record = store.read(dict) if store else {}
    return StoreCheck(
        AccountState.ACTIVE,
        name=text(facts, "name"),
        currency=text(facts, "currency"),
        missing_scopes=tuple(
            str(SCOPE_OF[operation]) for operation, answer in answers.items() if answer is None
        ),
    )


def _ask(api: StoreApi, probe: _Probe) -> Answer | None:
    try:
        return api.get(*probe)
    except Unauthorised:
        return None
