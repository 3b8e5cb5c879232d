"""Which webhooks the store should have, against those that it has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from affluent.domain.errors import ConfigurationError
from affluent.ports.hooks import StoreHook

_HTTPS_PORT: Final = 443

#: What moves a price, a stock or a parcel.
_SCOPES: Final = (
    "store/product/created",
    "store/product/updated",
    "store/product/deleted",
    "store/product/inventory/updated",
    "store/product/inventory/order/updated",
    "store/sku/created",
    "store/sku/updated",
    "store/sku/deleted",
    "store/sku/inventory/updated",
    "store/sku/inventory/order/updated",
    "store/order/created",
    "store/order/statusUpdated",
    "store/order/refund/created",
    "store/shipment/created",
    "store/shipment/updated",
)


@dataclass(frozen=True, slots=True)
class HooksPlan:
    """What is to be done about the webhooks of one destination."""

    create: tuple[str, ...]
    renew: tuple[StoreHook, ...]
    unchanged: tuple[StoreHook, ...]


def useful_scopes(channel_id: int) -> tuple[str, ...]:
    """The scopes that ask for a flow run; stock is also told for each location of the channel."""
    return (*_SCOPES, f"store/channel/{channel_id}/inventory/product/stock_changed")


def plan_hooks(
    scopes: Iterable[str],
    destination: str,
    headers: Mapping[str, str],
    known: Iterable[StoreHook],
) -> HooksPlan:
    """Create what is missing; renew what was switched off, or sends other headers than these."""
    present = {hook.scope: hook for hook in known if hook.destination == destination}
    wanted = tuple(scopes)
    found = [present[scope] for scope in wanted if scope in present]
    stale = [hook for hook in found if not hook.is_active or hook.headers != headers]
    return HooksPlan(
        create=tuple(scope for scope in wanted if scope not in present),
        renew=tuple(stale),
        unchanged=tuple(hook for hook in found if hook not in stale),
    )


def check_destination(url: str) -> None:
    """Raise ConfigurationError where BigCommerce would not call this address."""
    if not _is_reached(url):
        raise ConfigurationError(
            f"BigCommerce does not call {url}.",
            why="It calls https addresses on port 443 only.",
            fix="Name the address of the proxy in front of `affluent serve-hooks`: https://…",
        )


def _is_reached(url: str) -> bool:
    try:
        address = urlsplit(url)
        port = address.port or _HTTPS_PORT
    except ValueError:
        return False
    return address.scheme == "https" and bool(address.hostname) and port == _HTTPS_PORT
